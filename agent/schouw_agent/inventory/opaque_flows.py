"""What flows that nobody can read still show: to whom, by what program, how much, in what shape."""

import re
from collections.abc import Iterable

from schouw_agent.inventory.emissions import EmissionKey
from schouw_agent.inventory.flow_groups import FlowGroup
from schouw_agent.inventory.stations import StationKey
from schouw_agent.inventory.stream_shape import Shapes, consistent_with
from schouw_agent.privacy.minimise import minimise_host
from schouw_agent.records import Delivery
from schouw_agent.report import Emission

MOST_KEPT = 16_384
MOST_SHOWN = 8
"""Fingerprints, or names in certificates, of one client at one server."""
_HOST = re.compile(r"[\w*-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]+")
"""A name and no address."""
Way = tuple[StationKey, str, int]
"""Client, and address and port of the server."""


class Opaque:
    """What the flows of one opaque emission show besides what every emission does."""

    __slots__ = ("returned", "shapes")

    def __init__(self) -> None:
        self.returned = 0
        """Octets that came back."""
        self.shapes: dict[str, list[int]] = {}
        """What flows resemble → octets and nanoseconds of those."""


class OpaqueFlows:
    """What every machine's opaque flows show, within bounds."""

    def __init__(self) -> None:
        self._of: dict[tuple[StationKey, EmissionKey], Opaque] = {}
        self._fingerprints: dict[Way, dict[str, None]] = {}
        self._certificates: dict[Way, dict[str, None]] = {}

    def handshake(self, delivery: Delivery) -> None:
        """Note what the beginning of an encrypted connection shows in clear."""
        message, flow = delivery.message, delivery.flow
        way = (StationKey(flow.orig.mac, flow.orig.address), flow.resp.address, flow.resp.port)
        if message.kind == "client_hello":
            _note(self._fingerprints, way, (str(message.fields.get("ja4", "")),))
        elif message.kind == "certificate" and message.fields["of"] == "server":
            names = (message.fields["subject"], *message.fields["names"])
            hosts = (name.removeprefix("*.") for name in names if _HOST.fullmatch(name))
            _note(self._certificates, way, map(minimise_host, hosts))

    def add(self, sender: StationKey, key: EmissionKey, group: FlowGroup, shapes: Shapes) -> None:
        """Note what flows show; `key` says of which direction, `shapes` what some resemble."""
        own = self._of.get((sender, key))
        if own is None:
            if len(self._of) >= MOST_KEPT:
                return  # the emission itself is counted; only its shape stays unknown
            own = self._of[sender, key] = Opaque()
        flow = group.flow
        own.returned += flow.resp_octets if key.direction == "sent" else flow.orig_octets
        if not shapes:
            return
        for shape, octets, length in filter(None, map(shapes.get, group.places)):
            row = own.shapes.setdefault(shape, [0, 0])
            row[0] += octets
            row[1] += length

    def told(
        self, emission: Emission, key: EmissionKey, stations: Iterable[StationKey]
    ) -> Emission:
        """Return an opaque emission of a machine with what its flows show."""
        both = Opaque()
        fingerprints: dict[str, None] = {}
        certificates: dict[str, None] = {}
        for station in stations:
            own = self._of.get((station, key))
            if own is None:
                continue
            both.returned += own.returned
            for shape, row in own.shapes.items():
                sums = both.shapes.setdefault(shape, [0, 0])
                sums[0] += row[0]
                sums[1] += row[1]
            way = (station, key.address, key.port)
            fingerprints |= self._fingerprints.get(way, {})
            certificates |= self._certificates.get(way, {})
        return emission.model_copy(
            update={
                "returned_octets": both.returned,
                "fingerprints": tuple(fingerprints)[:MOST_SHOWN],
                "certificate_names": tuple(certificates)[:MOST_SHOWN],
                "consistent_with": consistent_with(emission, both.shapes),
            }
        )


def _note(kept: dict[Way, dict[str, None]], way: Way, texts: Iterable[str]) -> None:
    own = kept.get(way)
    if own is None:
        if len(kept) >= MOST_KEPT:
            return
        own = kept[way] = {}
    for text in texts:
        if text and len(own) < MOST_SHOWN:
            own[text] = None
