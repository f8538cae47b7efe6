"""Traffic as numbers: vehicles, bicycles, speed, travel time."""

from collections.abc import Sequence

from schouw_agent.detectors.movement import is_own_speed
from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = frozenset(
    (
        "vehicle_count",
        "bicycle_count",
        "traffic_speed",
        "travel_time_aggregate",
    )
)

_by_name = by_name(_CATEGORIES)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    own = {leaf.path for leaf in leaves if is_own_speed(leaf, leaves, context)}
    return [
        found
        for found in _by_name(leaves, context)
        if found.category != "traffic_speed" or found.path not in own
    ]


DETECTOR = Detector(
    id="traffic",
    title="Traffic counted",
    reference="Smart Data Models: TrafficFlowObserved; NDW DATEX II profile",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
