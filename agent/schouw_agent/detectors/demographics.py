"""What a camera estimates of a person: age, gender, emotion, looks, attention, origin."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    AGAINST,
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    Evidence,
)
from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set

_BY_NAME = frozenset(("gaze_attention", "appearance_attributes", "ethnicity_inference"))
_AGES = word_list("age")
# The age of a fix, a message or a battery is a time, and no years of a person.
_NOT_OF_PEOPLE = word_set(
    "battery batterij accu device apparaat fix gps location data message seconds sec ms uptime "
    "cache firmware sensor position packet last max head tank tree water asset lamp cert report "
    "sample reading record gnss update s min hours days minutes"
)
_GENDERS = word_list("gender")
_EMOTIONS = word_list("emotion")
# How many of either: both stand in the message, each under its own name.
_EITHER = (
    word_set("men male males man mannen männer hommes hombres masculin masculino masculine"),
    word_set("women female females vrouw vrouwen frauen femmes mujeres feminin femenino feminine"),
)
_LIGHT = word_set("light lamp led scene licht lighting colour color kleur ambiance")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    if is_about(everything, "animal") and not is_about(everything, "person"):
        return []  # cattle have an age, a sex and a breed as well
    of_people = is_about(everything, "person") or not everything.isdisjoint(_GENDERS)
    either = all(not everything.isdisjoint(words) for words in _EITHER)
    around = (CONTEXT,) if of_people else ()
    lit = not everything.isdisjoint(_LIGHT)
    found = []
    for leaf in leaves:
        category, evidence = _judge(leaf, of_people, lit)
        if category:
            found.append(match(leaf, category, *evidence, *around))
            continue
        if either and is_number(leaf.value) and any(own_words(leaf) & words for words in _EITHER):
            found.append(match(leaf, "gender_estimate", NAMED_PERHAPS, SHAPE_FITS))
            continue
        said = named(leaf, context)
        if said is not None and said.category in _BY_NAME:
            found.append(match(leaf, said.category, *said.evidence, *around))
    return found


def _judge(leaf: Leaf, of_people: bool, lit: bool) -> tuple[str, tuple[Evidence, ...]]:
    own, words = own_words(leaf), all_words(leaf)
    value = leaf.value
    if value is None or isinstance(value, list):
        return "", ()
    # A container that is called data says nothing of whose age it is; a name of data does.
    telling = own | words - word_list("container")
    if own & _AGES and of_people and not telling & _NOT_OF_PEOPLE and _is_age(value):
        return "age_estimate", (NAMED_PERHAPS, SHAPE_FITS)
    if own & _GENDERS and _is_gender(value):
        return "gender_estimate", (NAMED,)
    if own & _EMOTIONS and not isinstance(value, bool):
        return "emotion_mood", (NAMED_PERHAPS, AGAINST) if lit else (NAMED_PERHAPS, SHAPE_FITS)
    return "", ()


def _is_gender(value: object) -> bool:
    return is_number(value) or (
        isinstance(value, str) and look(value) in ("word male", "", "short")
    )


def _is_age(value: object) -> bool:
    if isinstance(value, str):
        return look(value) in ("", "number", "short", "slug")
    return is_number(value)


DETECTOR = Detector(
    id="demographics",
    title="Estimates of people: age, gender, emotion, looks and attention",
    reference="GDPR, art. 4(4) and 9(1); Regulation (EU) 2024/1689, annex III, 1(b) and (c)",
    categories=_BY_NAME | {"age_estimate", "gender_estimate", "emotion_mood"},
    values=False,
    detect=_detect,
)
