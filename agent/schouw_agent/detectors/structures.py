"""Structures: tilt, vibration, distance, weight and fields."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED_FAINTLY
from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = frozenset(
    (
        "structural_movement", "distance_range", "mass_weight", "electromagnetic_field",
        "wildlife_count",
    )
)  # fmt: skip
_ACCURACY = frozenset(("acc",))
_POSITIONS = frozenset(("lat", "lon", "latitude", "longitude"))
_COURSE = frozenset(("heading", "bearing"))
_DRIVING = _POSITIONS | {"speed"}
_AXES = frozenset("xyz")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    axes: list[Leaf] = []
    everything = message_words(leaves, context)
    positioned = not everything.isdisjoint(_POSITIONS)
    driving = not everything.isdisjoint(_DRIVING)
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category in _CATEGORIES:
            if positioned and own_words(leaf) <= _ACCURACY:
                continue  # how exact the position beside it is
            if driving and own_words(leaf) <= _COURSE:
                continue  # where something goes
            found.append(match(leaf, said.category, *said.evidence))
        elif leaf.path in _AXES and said is None and is_number(leaf.value):
            axes.append(leaf)
    # Three bare axes: what moves is most often an accelerometer.
    if len(axes) == len(_AXES):
        found.extend(match(leaf, "structural_movement", NAMED_FAINTLY, CONTEXT) for leaf in axes)
    return found


DETECTOR = Detector(
    id="structures",
    title="Structures, distance and weight",
    reference="SBR Trillingsrichtlijn A; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
