"""The body: temperature, heart and breath of a person."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(("body_temperature_health",))

DETECTOR = Detector(
    id="health",
    title="Bodies: temperature, heart and breath",
    reference="GDPR, art. 4(15) and 9(1); IEEE 11073-10101 (names of vital signs)",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES, about="body"),
)
