"""One direction of an MQTT connection while it is read."""

from typing import Any

from schouw_agent.protocols import mqtt_publish


class Direction:
    """What is known of the packets that one side sends."""

    __slots__ = (
        *("aliases", "amid", "chunks", "held", "known", "lost"),
        *("need", "position", "search_until", "seen"),
    )

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.held = 0
        """Octets in `chunks`."""
        self.need = 0
        """Octets that must be held before reading makes sense."""
        self.position = 0
        """Octets of this direction before those held; beyond what was fed while skipping."""
        self.lost = False
        """Looking for the start of a packet after a gap."""
        self.search_until = 0
        self.seen = False
        """A packet was read, or looked for."""
        self.amid = False
        """Nothing was understood yet: what was captured started amid a packet, or is no MQTT."""
        self.known: dict[int, dict[bytes, dict[str, Any]]] = {}
        """Fields of a PUBLISH by first octet, then topic and properties: they repeat."""
        self.aliases = mqtt_publish.TopicAliases()
