"""Commands to and states of lights, signs and scent: what acts on people."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "actuation_light_level",
        "actuation_light_colour",
        "actuation_scent",
        "actuation_message",
    )
)

DETECTOR = Detector(
    id="lighting",
    title="Lighting and other actuation",
    reference="TALQ 2.6, lamp actuator function",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
