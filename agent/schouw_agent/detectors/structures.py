"""Structures: tilt, vibration, distance, weight and fields."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "structural_movement",
        "distance_range",
        "mass_weight",
        "electromagnetic_field",
        "wildlife_count",
    )
)

DETECTOR = Detector(
    id="structures",
    title="Structures, distance and weight",
    reference="SBR Trillingsrichtlijn A; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
