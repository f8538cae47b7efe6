"""Numbers under which one person is followed through the view of a sensor."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import (
    all_words,
    any_look,
    is_about,
    message_words,
    own_words,
)
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_TRACKS = word_set(
    "track tracks tracking tracked trackid tracklet trajectory traject object target blob"
)
_PEOPLE = word_set("person persoon pedestrian voetganger visitor bezoeker human")
_NUMBERS = word_set("id ids nummer nr number uuid uid volgnummer no")
_GLUED = word_set("trackid trackerid personid tid objectid")
_NOT = word_set("music audio song gps race train sensor device camera asset count class type")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    person_seen = any_look(leaves, "word person") or is_about(everything, "person")
    vehicle_seen = any_look(leaves, "word vehicle", "word bicycle")
    found = []
    for leaf in leaves:
        if isinstance(leaf.value, (bool, list)) or leaf.value is None:
            continue
        if isinstance(leaf.value, str) and look(leaf.value) in ("time", "text", "word flag"):
            continue
        confidence = _judge(leaf, person_seen, vehicle_seen)
        if confidence:
            found.append(match(leaf, "person_track_id", confidence, "field_name"))
    return found


def _judge(leaf: Leaf, person_seen: bool, vehicle_seen: bool) -> float:
    own, words = own_words(leaf), all_words(leaf)
    if words & _NOT:
        return 0.0
    numbered = bool(own & _NUMBERS) or not own.isdisjoint(_GLUED)
    if not numbered:
        return 0.0
    followed = words & _TRACKS or own & _GLUED
    if followed and words & _PEOPLE:
        return 0.9
    if followed and person_seen:
        return 0.85 if own & (_TRACKS - {"object"} | _GLUED) else 0.65
    if own & _PEOPLE or ("[]" in leaf.path and words & _PEOPLE):
        return 0.7
    if own & (_TRACKS - {"object", "target"}) and not vehicle_seen:
        return 0.5
    if person_seen and not vehicle_seen and own == {"id"} and words & {"detection", "after"}:
        return 0.6
    return 0.0


DETECTOR = Detector(
    id="person_tracks",
    title="Track numbers of persons",
    reference="ONVIF Analytics Service 22.06, Object@ObjectId",
    categories=frozenset(("person_track_id",)),
    values=False,
    detect=_detect,
)
