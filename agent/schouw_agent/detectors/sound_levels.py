"""Sound as levels: what a meter reports, not what it hears."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "sound_level",
        "sound_event_class",
    )
)

DETECTOR = Detector(
    id="sound_levels",
    title="Sound levels",
    reference="IEC 61672-1, 3; EN ISO 1996-1",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
