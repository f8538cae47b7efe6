"""Households and what people write: profiles by address, posts on social media."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(("household_profile", "social_media_content"))

DETECTOR = Detector(
    id="households",
    title="Household profiles and posts on social media",
    reference="GDPR, art. 4(4) (profiling)",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
