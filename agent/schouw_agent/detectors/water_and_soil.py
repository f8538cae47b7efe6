"""Water and soil: level, quality and flow, moisture."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "water_level",
        "water_quality",
        "water_flow",
        "soil_condition",
    )
)

DETECTOR = Detector(
    id="water_and_soil",
    title="Water and soil",
    reference="INSPIRE Environmental Monitoring Facilities; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
