"""References to pictures, sound or video that lie elsewhere."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_MEDIA = word_set(
    "image images img picture photo foto snapshot thumbnail thumb video clip clips stream "
    "media footage recording opname beeld beelden mediaurl imageurl imageurls still rtsp hls"
)
_NOT = word_set("logo icon avatar firmware docker banner brand documentation base os")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    found = []
    for leaf in leaves:
        kind = look(leaf.value) if isinstance(leaf.value, str) else ""
        if not kind.startswith(("url", "path media")):
            continue
        words = all_words(leaf)
        if words & _NOT:
            continue
        if kind in ("url media", "path media"):
            confidence = 0.88 if words & _MEDIA else 0.8
            found.append(match(leaf, "media_reference", confidence, "value_structure"))
        elif words & _MEDIA:
            found.append(match(leaf, "media_reference", 0.8, "field_name", "value_structure"))
    return found


DETECTOR = Detector(
    id="media_links",
    title="Links to images, sound and video",
    reference="Smart Data Models: AnprFlowObserved, refImages",
    categories=frozenset(("media_reference",)),
    values=False,
    detect=_detect,
)
