"""Commands to and states of lights, signs and scent: what acts on people."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED_PERHAPS, SHAPE_FITS
from schouw_agent.detectors.lamps import is_of_a_lamp
from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import is_about, message_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = frozenset(
    ("actuation_light_level", "actuation_light_colour", "actuation_scent", "actuation_message")
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, Context())  # a lamp may stand in a passage
    seen = any(is_about(everything, name) for name in ("plate", "vehicle", "clothing"))
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category not in _CATEGORIES:
            if is_number(leaf.value) and is_of_a_lamp(leaf, leaves, context):
                how = (NAMED_PERHAPS, CONTEXT, SHAPE_FITS)
                found.append(match(leaf, "actuation_light_level", *how))
            continue
        if seen and said.category == "actuation_light_colour":
            continue  # the colour of what a camera saw
        found.append(match(leaf, said.category, *said.evidence))
    return found


DETECTOR = Detector(
    id="lighting",
    title="Lighting and other actuation",
    reference="TALQ 2.6, lamp actuator function",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
