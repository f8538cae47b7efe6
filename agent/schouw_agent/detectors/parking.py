"""Parking bays: free or occupied, also where only the surroundings say that it is a bay."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED_PERHAPS
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_STATES = word_set(
    "occupied status state occupancy bezet bezetting status1 occupy vacant free vrij belegt frei "
    "belegung occupé occupée libre occupation ocupado ocupada ocupación"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    in_parking = is_about(message_words(leaves, context), "parking")
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category == "parking_bay_occupancy":
            found.append(match(leaf, said.category, *said.evidence))
        elif in_parking and own_words(leaf) & _STATES and _is_state(leaf.value):
            found.append(match(leaf, "parking_bay_occupancy", NAMED_PERHAPS, CONTEXT))
    return found


def _is_state(value: object) -> bool:
    return isinstance(value, (bool, int, str)) and value is not None


DETECTOR = Detector(
    id="parking",
    title="Parking bay occupancy",
    reference="Smart Data Models: ParkingSpot, OnStreetParking",
    categories=frozenset(("parking_bay_occupancy",)),
    values=False,
    detect=_detect,
)
