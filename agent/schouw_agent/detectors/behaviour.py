"""What somebody does: events of behaviour, and how close people stand."""

from collections.abc import Sequence

from schouw_agent.detectors.happenings import happenings
from schouw_agent.detectors.naming import by_name, match
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = frozenset(("behaviour_anomaly", "group_distance"))

_by_name = by_name(_CATEGORIES, about="person")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    said = [match(leaf, what, *how) for leaf, what, how in happenings(leaves, _CATEGORIES)]
    return _by_name(leaves, context) + said


DETECTOR = Detector(
    id="behaviour",
    title="Behaviour of people",
    reference="EDPB Guidelines 3/2019, 5 (processing of video that shows behaviour)",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
