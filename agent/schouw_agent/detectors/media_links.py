"""References to pictures, sound or video that lie elsewhere."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    NAMED,
    NAMED_FAINTLY,
    SAID,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_MEDIA = word_set(
    "image images img picture photo foto snapshot thumbnail thumb video clip clips stream "
    "media footage recording opname beeld beelden mediaurl imageurl imageurls still rtsp hls "
    "bild bilder aufnahme vidéo enregistrement imagen fotografía vídeo grabación"
)
_NOT = word_set("logo icon icons avatar firmware docker banner brand documentation base os")
_STREAMS = frozenset(("rtsp", "onvif", "hls", "rtmp", "mjpeg", "webrtc"))
_CAMERAS = word_set("camera cameras kamera caméra cámara nvr webcam")
_OFFERED = word_set("server stream status active running enabled streaming url")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    camera = not message_words(leaves, context).isdisjoint(_CAMERAS)
    found = []
    for leaf in leaves:
        evidence = _judge(leaf, camera)
        if evidence:
            found.append(match(leaf, "media_reference", *evidence))
    return found


def _judge(leaf: Leaf, camera: bool) -> tuple[Evidence, ...]:
    words = all_words(leaf)
    if words & _NOT:
        return ()
    if isinstance(leaf.value, bool):
        # A camera that has a server of streams, whether it runs at this moment or not.
        offered = camera and own_words(leaf) & _STREAMS and words & _OFFERED
        return (SAID, NAMED_FAINTLY, CONTEXT) if offered else ()
    kind = look(leaf.value) if isinstance(leaf.value, str) else ""
    if kind in ("url media", "path media"):
        return (SHAPE_TELLS, SHAPE_FITS) if words & _MEDIA else (SHAPE_TELLS,)
    if kind.startswith("url") and words & _MEDIA:
        return (NAMED, SHAPE_FITS)
    return ()


DETECTOR = Detector(
    id="media_links",
    title="Links to images, sound and video",
    reference="Smart Data Models: AnprFlowObserved, refImages",
    categories=frozenset(("media_reference",)),
    values=False,
    detect=_detect,
)
