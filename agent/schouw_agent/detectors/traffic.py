"""Traffic as numbers: vehicles, bicycles, speed, travel time."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "vehicle_count",
        "bicycle_count",
        "traffic_speed",
        "travel_time_aggregate",
    )
)

DETECTOR = Detector(
    id="traffic",
    title="Traffic counted",
    reference="Smart Data Models: TrafficFlowObserved; NDW DATEX II profile",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
