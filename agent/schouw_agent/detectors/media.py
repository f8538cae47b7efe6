"""Pictures, sound and video that are in the traffic themselves."""

from collections.abc import Sequence

from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match

_CATEGORIES = {"image": "still_image", "audio": "audio_stream", "video": "video_stream"}


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    if context.medium is None or context.medium.kind not in _CATEGORIES:
        return []
    category = _CATEGORIES[context.medium.kind]
    return [Match("", category, 0.97, ("media_signature",), context.medium.form)]


DETECTOR = Detector(
    id="media",
    title="Images, sound and video",
    reference="the format that opened it",
    categories=frozenset(_CATEGORIES.values()),
    values=False,
    detect=_detect,
)
