"""People as numbers: counts, flow, density, presence, and the devices that they carry."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import is_about, message_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = frozenset(
    (
        "people_count", "pedestrian_flow", "crowd_density", "presence_binary",
        "observed_device_count",
    )
)  # fmt: skip


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    of_parking = is_about(message_words(leaves, context), "parking")
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category not in _CATEGORIES:
            continue
        if of_parking and said.category == "presence_binary":
            continue  # what is present in a bay is a vehicle
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
