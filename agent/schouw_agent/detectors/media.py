"""Pictures, sound and video that are in the traffic themselves."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import SIGNATURE, weigh
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set
from schouw_agent.vocabulary.topics import topic_words

_CATEGORIES = {"image": "still_image", "audio": "audio_stream", "video": "video_stream"}
_AERIAL = word_set(
    "drone drones uav uas aerial luchtfoto luchtbeeld quadcopter mavic orthophoto drohne "
    "luftbild aérien aérienne aérea dron"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    if context.medium is None or context.medium.kind not in _CATEGORIES:
        return []
    category = _CATEGORIES[context.medium.kind]
    told = topic_words(context.topic)
    if category != "audio_stream" and told & _AERIAL:
        category = "aerial_imagery"
    elif category == "still_image" and told & word_list("face"):
        category = "face_image"
    return [Match("", category, *weigh(SIGNATURE), context.medium.form)]


DETECTOR = Detector(
    id="media",
    title="Images, sound and video",
    reference="the format that opened it",
    categories=frozenset(_CATEGORIES.values()) | {"aerial_imagery", "face_image"},
    values=False,
    detect=_detect,
)
