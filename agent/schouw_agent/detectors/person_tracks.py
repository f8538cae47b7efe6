"""Numbers under which one person is followed through the view of a sensor."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_FAINTLY,
    NAMED_PERHAPS,
    NAMED_SURELY,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import (
    all_words,
    any_look,
    is_about,
    message_words,
    own_words,
)
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_TRACKS = word_set(
    "track tracks tracking tracked trackid tracklet trajectory traject object target blob spur "
    "objekt piste objet objeto"
)
_PEOPLE = word_set(
    "person persoon pedestrian voetganger visitor bezoeker human besucher fußgänger personne "
    "piéton persona peatón"
)
_NUMBERS = word_set("id ids nummer nr number uuid uid volgnummer no nummer numéro número kennung")
_GLUED = word_set("trackid trackerid personid tid objectid")
_SEEN = word_set("detection detections detecties detecciones détections after before")
_LISTS = word_set("objects tracks targets objecten objekte objets objetos")
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
        evidence = _judge(leaf, person_seen, vehicle_seen)
        if evidence:
            found.append(match(leaf, "person_track_id", *evidence))
    return found


def _judge(leaf: Leaf, person_seen: bool, vehicle_seen: bool) -> tuple[Evidence, ...]:
    own, words = own_words(leaf), all_words(leaf)
    if words & _NOT:
        return ()
    if person_seen and own & _SEEN and leaf.path.endswith("[]") and _is_code(leaf.value):
        return (NAMED_FAINTLY, CONTEXT, LISTED)  # a list of what was seen, each by its number
    if not own & _NUMBERS and own.isdisjoint(_GLUED):
        return ()
    followed = words & _TRACKS or own & _GLUED
    if followed and words & _PEOPLE:
        return (NAMED_SURELY,)
    if followed and person_seen:
        surely = own & (_TRACKS - {"object"} | _GLUED)
        return (NAMED,) if surely else (NAMED_PERHAPS, LISTED)
    if own & _PEOPLE or ("[]" in leaf.path and words & _PEOPLE):
        return (NAMED_PERHAPS, LISTED)
    if person_seen and not vehicle_seen and own == {"id"} and words & (_SEEN | _LISTS):
        return (NAMED_PERHAPS,)
    return ()


def _is_code(value: object) -> bool:
    return isinstance(value, str) and look(value).startswith(("slug", "uuid", "hex", "digits"))


DETECTOR = Detector(
    id="person_tracks",
    title="Track numbers of persons",
    reference="ONVIF Analytics Service 22.06, Object@ObjectId",
    categories=frozenset(("person_track_id",)),
    values=False,
    detect=_detect,
)
