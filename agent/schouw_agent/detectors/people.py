"""People as numbers: counts, flow, density, presence, and the devices that they carry."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(
    (
        "people_count", "pedestrian_flow", "crowd_density", "presence_binary",
        "observed_device_count",
    )
)  # fmt: skip
_ROADS = word_set(
    "lane lanes traffic intensity rijstrook verkeer verkeerslus fahrstreifen verkehr voie trafic "
    "carril tráfico headway"
)
_OCCUPIED = word_set("occupancy occupied bezetting bezet belegung belegt occupation ocupación")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    of_parking = is_about(everything, "parking")
    of_traffic = not everything.isdisjoint(_ROADS)
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category not in _CATEGORIES:
            continue
        if said.category == "presence_binary" and (
            of_parking or (of_traffic and own_words(leaf) & _OCCUPIED)
        ):
            continue  # what is present in a bay or on a lane is a vehicle
        found.append(match(leaf, said.category, *said.evidence))
    return found


DETECTOR = Detector(
    id="people",
    title="People counted",
    reference="Smart Data Models: CrowdFlowObserved",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
