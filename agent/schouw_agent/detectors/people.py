"""People as numbers: counts, flow, density, presence, and the devices that they carry."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "people_count",
        "pedestrian_flow",
        "crowd_density",
        "presence_binary",
        "observed_device_count",
    )
)

DETECTOR = Detector(
    id="people",
    title="People counted",
    reference="Smart Data Models: CrowdFlowObserved",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
