"""Air quality: particles, gases, odour and the indices made of them."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "particulate_matter",
        "reactive_gases",
        "carbon_dioxide",
        "voc_odour",
        "air_quality_index",
        "smoke_fire_alarm",
        "ionising_radiation",
    )
)

DETECTOR = Detector(
    id="air_quality",
    title="Air quality",
    reference="Directive (EU) 2024/2881, annex I; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
