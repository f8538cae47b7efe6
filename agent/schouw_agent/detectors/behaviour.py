"""What somebody does: events of behaviour, and how close people stand."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(("behaviour_anomaly", "group_distance"))

DETECTOR = Detector(
    id="behaviour",
    title="Behaviour of people",
    reference="EDPB Guidelines 3/2019, 5 (processing of video that shows behaviour)",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES, about="person"),
)
