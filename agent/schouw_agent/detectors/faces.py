"""What is made of a face or a body: templates, matches, names, crops, gait."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import (
    all_words,
    any_look,
    is_about,
    message_words,
    own_words,
)
from schouw_agent.detectors.vectors import VECTORS, has_unit_norm, is_embedding
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(
    ("face_template", "face_match", "face_image", "person_identity", "gait_signature")
)
_SCORES = word_list("likeness") - {"match"}
_SCORE_PAIRS = (("match", "score"), ("face", "match"), ("face", "score", "recognition"))
_NAMED = word_set(
    "personname persoonsnaam identity recognizedname recognisedname identiteit identität identité "
    "identidad sublabel"
)
_NAME_PAIRS = (
    ("sub", "label"), ("sub", "labels"), ("person", "name"), ("face", "name"),
    ("recognized", "name"), ("recognised", "name"), ("matched", "name"), ("persoon", "naam"),
    ("personen", "name"), ("nom", "personne"), ("nombre", "persona"),
)  # fmt: skip
_NOT_NAMES = word_set("device sensor camera server model zone source host file lens id")
_PICTURES = word_list("picture")
_OCTETS = ("base64", "base64 long", "data uri")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    face_seen = is_about(everything, "face")
    person_seen = face_seen or any_look(leaves, "word person", "word face")
    found = []
    for leaf in leaves:
        category, evidence = _judge(leaf, face_seen, person_seen)
        if category:
            found.append(match(leaf, category, *evidence))
            continue
        said = named(leaf, context)
        if said is not None and said.category == "gait_signature":
            found.append(match(leaf, said.category, *said.evidence))
    return found


def _judge(leaf: Leaf, face_seen: bool, person_seen: bool) -> tuple[str, tuple[Evidence, ...]]:
    own, words = own_words(leaf), all_words(leaf)
    value = leaf.value
    if isinstance(value, list):
        return _vector(value, words, face_seen)
    if face_seen and is_number(value) and _is_score(own):
        return "face_match", (NAMED, CONTEXT)
    if isinstance(value, str):
        if is_about(words, "face") and look(value) in _OCTETS and own & _PICTURES:
            return "face_image", (NAMED, SHAPE_FITS)
        named_so = own & _NAMED or any(own.issuperset(pair) for pair in _NAME_PAIRS)
        if named_so and person_seen and not own & _NOT_NAMES and _is_name(value):
            return "person_identity", (NAMED_PERHAPS, CONTEXT)
    return "", ()


def _is_score(own: frozenset[str]) -> bool:
    return bool(own & _SCORES) or any(own.issuperset(pair) for pair in _SCORE_PAIRS)


def _is_name(value: str) -> bool:
    return look(value) in ("", "short", "text short") and value != ""


def _vector(
    value: list[float], words: frozenset[str], face_seen: bool
) -> tuple[str, tuple[Evidence, ...]]:
    of_vectors = bool(words & VECTORS)
    of_face = is_about(words, "face")
    if not (of_face or (of_vectors and face_seen)) or not is_embedding(value):
        return "", ()
    shape = SHAPE_TELLS if has_unit_norm(value) else SHAPE_FITS
    return "face_template", (NAMED, shape) if of_face or of_vectors else (NAMED_PERHAPS, shape)


DETECTOR = Detector(
    id="faces",
    title="Faces: templates, matches, crops and names; gait",
    reference="GDPR, art. 4(14) and 9(1); ISO/IEC 19794-5",
    categories=_CATEGORIES,
    values=True,
    detect=_detect,
)
