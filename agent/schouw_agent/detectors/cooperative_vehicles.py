"""Messages of vehicles to traffic lights and each other (C-ITS)."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED, NAMED_PERHAPS
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

# Fields and names of messages that vehicles send: CAM, DENM, SRM.
_OF_VEHICLES = word_set(
    "cam denm srm srmid bsm cits itspduheader itspdu camparameters basiccontainer "
    "referenceposition stationtype generationdeltatime requestor vehiclerole signalrequest "
    "srmmessage itsg5"
)
_PAIRS = (
    ("its", "pdu", "header"), ("generation", "delta", "time"), ("station", "type"),
    ("cam", "parameters"), ("signal", "request"), ("basic", "vehicle"), ("c", "its"),
    ("its", "station"), ("vehicle", "role"), ("high", "frequency", "container"),
)  # fmt: skip
# Road-side units say so: their signal phases and maps are no vehicle's.
_ROADSIDE = word_set("spat map mapem spatem rsu ivi roadside intersection")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    if not any(_is_station(leaf) for leaf in leaves):
        return []
    everything = message_words(leaves, context)
    told = not everything.isdisjoint(_OF_VEHICLES) or any(everything.issuperset(p) for p in _PAIRS)
    if not told:
        return []
    roadside = not everything.isdisjoint(_ROADSIDE)
    name = NAMED_PERHAPS if roadside and everything.isdisjoint(_OF_VEHICLES) else NAMED
    return [match(leaf, "cits_station_id", name, CONTEXT) for leaf in leaves if _is_station(leaf)]


def _is_station(leaf: Leaf) -> bool:
    if isinstance(leaf.value, (bool, float, list)) or leaf.value is None:
        return False
    own = own_words(leaf)
    return own >= {"station", "id"} or own >= {"stationid"} or own >= {"temporary", "id"}


DETECTOR = Detector(
    id="cooperative_vehicles",
    title="Station ids of cooperative vehicles",
    reference="ETSI EN 302 637-2, annex B (stationID); ETSI TS 103 301 (SREM)",
    categories=frozenset(("cits_station_id",)),
    values=False,
    detect=_detect,
)
