"""What is made of a face or a body: templates, age, gender, emotion."""

import math
from collections.abc import Sequence

from schouw_agent.detectors.naming import is_number, match
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

_CATEGORIES = frozenset(
    (
        "face_template", "face_match", "person_identity", "age_estimate", "gender_estimate",
        "emotion_mood",
    )
)  # fmt: skip
_LENGTHS = frozenset((128, 192, 256, 512, 1024))
_VECTORS = word_set("embedding embeddings descriptor vector feature features template")
_UNIT_NORM = 0.05
_AGES = word_set("age leeftijd agegroup leeftijdsgroep leeftijdscategorie")
_NOT_OF_PEOPLE = word_set(
    "battery batterij accu device apparaat fix gps location data message seconds sec ms uptime "
    "cache firmware sensor position packet last max head tank tree"
)
_GENDERS = word_set("gender geslacht sex")
_MATCHES = word_set("similarity gelijkenis matchscore watchlist")
_NAMED = word_set("personname persoonsnaam identity recognizedname")
_EMOTIONS = word_set("emotion emotions mood emotie emoties stemming gemoedstoestand")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    of_people = is_about(everything, "person") or not everything.isdisjoint(_GENDERS)
    person_seen = any_look(leaves, "word person", "word face") or is_about(everything, "face")
    found = []
    for leaf in leaves:
        category, confidence = _judge(leaf, everything, of_people, person_seen)
        if category:
            found.append(match(leaf, category, confidence, "field_name", "value_structure"))
    return found


def _judge(
    leaf: Leaf, everything: frozenset[str], of_people: bool, person_seen: bool
) -> tuple[str, float]:
    own, words = own_words(leaf), all_words(leaf)
    value = leaf.value
    if isinstance(value, list):
        return _vector(value, words, everything)
    if own & _AGES and of_people and not words & _NOT_OF_PEOPLE and _is_age(value):
        return "age_estimate", 0.85
    if own & _GENDERS and isinstance(value, str) and look(value) in ("word male", "", "short"):
        return "gender_estimate", 0.88 if of_people else 0.8
    if own & _MATCHES and is_about(everything, "face") and is_number(value):
        return "face_match", 0.82
    if (own >= {"sub", "label"} or own & _NAMED) and person_seen and _is_name(value):
        return "person_identity", 0.7
    if own & _EMOTIONS and of_people and isinstance(value, (str, float)):
        return "emotion_mood", 0.85
    return "", 0.0


def _is_name(value: object) -> bool:
    return isinstance(value, str) and look(value) in ("", "short", "text short")


def _is_age(value: object) -> bool:
    if isinstance(value, str):
        return look(value) in ("", "number", "short", "slug")
    return is_number(value)


def _vector(
    value: list[float], words: frozenset[str], everything: frozenset[str]
) -> tuple[str, float]:
    if len(value) not in _LENGTHS or all(isinstance(x, int) for x in value):
        return "", 0.0
    of_face = is_about(words, "face")
    if not of_face and not (words & _VECTORS and is_about(everything, "face")):
        return "", 0.0
    norm = math.sqrt(sum(x * x for x in value))
    return "face_template", 0.93 if abs(norm - 1) < _UNIT_NORM else 0.85


DETECTOR = Detector(
    id="faces",
    title="Faces: templates, matches, age, gender and emotion",
    reference="GDPR, art. 4(14) and 9(1); ISO/IEC 19794-5",
    categories=_CATEGORIES,
    values=True,
    detect=_detect,
)
