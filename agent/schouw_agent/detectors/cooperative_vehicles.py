"""Messages of vehicles to traffic lights and each other (C-ITS)."""

from collections.abc import Sequence

from schouw_agent.detectors.cooperative import is_cooperative, is_station_id
from schouw_agent.detectors.evidence import CONTEXT, NAMED
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    stations = [leaf for leaf in leaves if _is_station(leaf)]
    if not stations or not is_cooperative(leaves, context):
        return []
    return [match(leaf, "cits_station_id", NAMED, CONTEXT) for leaf in stations]


def _is_station(leaf: Leaf) -> bool:
    if isinstance(leaf.value, (bool, float, list)) or leaf.value is None:
        return False
    return is_station_id(own_words(leaf))


DETECTOR = Detector(
    id="cooperative_vehicles",
    title="Station ids of cooperative vehicles",
    reference="ETSI EN 302 637-2, annex B (stationID); ETSI TS 103 301 (SREM)",
    categories=frozenset(("cits_station_id",)),
    values=False,
    detect=_detect,
)
