"""One direction of an MQTT connection while it is read."""

from typing import Any

from schouw_agent.protocols import mqtt_publish
from schouw_agent.protocols.mqtt_chain import SEARCH_LIMIT

_KNOWN = 256
"""Sets of fields that are remembered of one direction."""
_KNOWN_OCTETS = 160


class Direction:
    """What is known of the packets that one side sends."""

    __slots__ = (
        *("aliases", "amid", "chunks", "held", "known", "lost"),
        *("need", "position", "search_until", "seen", "told"),
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
        self.forget()
        self.aliases = mqtt_publish.TopicAliases()

    def lose(self, fed: int) -> None:
        """Note a gap that ends after this many octets."""
        held_end = self.position + self.held
        next_packet = max(held_end, self.position + self.need)
        if self.lost or self.held == 0 or self.need <= 5:
            next_packet = held_end
        self.chunks, self.held, self.need = [], 0, 0
        # A gap within one packet leaves the start of the next one known.
        self.lost = self.lost or next_packet < fed
        self.position = max(next_packet, fed)
        self.search_until = self.position + SEARCH_LIMIT
        self.seen = True

    def forget(self) -> None:
        """Forget all fields that are known."""
        self.known: dict[int, dict[bytes, int]] = {}
        """Which of `told` a PUBLISH has, by first octet, then topic and properties."""
        self.told: list[dict[str, Any]] = []
        """Fields of a PUBLISH: they repeat."""

    def learn(self, first: int, key: bytes, fields: dict[str, Any]) -> None:
        """Remember the fields of a PUBLISH by its first octet, and its topic and properties."""
        if len(key) >= _KNOWN_OCTETS:
            return
        if len(self.told) >= _KNOWN:
            self.forget()
        self.known.setdefault(first, {})[key] = len(self.told)
        self.told.append(fields)


def with_properties(
    known: dict[bytes, int],
    data: bytes,
    body: int,
    name_end: int,
    skipped: int,
    end: int,
) -> tuple[int | None, int]:
    """Return which fields a PUBLISH of MQTT 5 is known to have, and where its payload starts."""
    start = name_end + skipped
    count = data[start] if start < end else 128
    payload = start + 1 + count
    key = data[body:name_end] + data[start:payload] if count else data[body:name_end]
    return known.get(key), payload
