"""What is made of a voice: text, aggression, a print."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED, NAMED_PERHAPS, SHAPE_FITS, SHAPE_TELLS
from schouw_agent.detectors.happenings import happenings
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.detectors.vectors import VECTORS, is_embedding
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_BY_NAME = frozenset(("speech_content", "voice_aggression_event"))
_EVENTS = frozenset(("voice_aggression_event",))
_PRINTS = word_set("voiceprint voiceid xvector dvector stemprofiel stimmabdruck")
_SPEAKERS = word_set("speaker spreker sprecher locuteur hablante")
_NUMBERS = word_set("id name naam label identity embedding print")
_SENTENCE = ("text", "text long")
_LOUDSPEAKER = word_set("volume mute mode type model zone firmware gain level status state")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = [match(leaf, what, *how) for leaf, what, how in happenings(leaves, _EVENTS)]
    voiced = is_about(message_words(leaves, context), "voice")
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category in _BY_NAME:
            if said.category != "speech_content" or look(leaf.value) in _SENTENCE:
                found.append(match(leaf, said.category, *said.evidence))
            continue
        found.extend(_print(leaf, voiced))
    return found


def _print(leaf: Leaf, voiced: bool) -> list[Match]:
    own, words = own_words(leaf), all_words(leaf)
    if isinstance(leaf.value, list):
        if not is_embedding(leaf.value) or not voiced:
            return []
        if words & _PRINTS or (words & VECTORS and is_about(words, "voice")):
            return [match(leaf, "voice_print", NAMED, SHAPE_TELLS)]
        return [match(leaf, "voice_print", NAMED_PERHAPS, SHAPE_FITS)] if words & VECTORS else []
    if isinstance(leaf.value, (bool, float)) or leaf.value is None or words & _LOUDSPEAKER:
        return []
    if own & _PRINTS or {"voice", "print"} <= own:
        return [match(leaf, "voice_print", NAMED)]
    if own & _SPEAKERS and own & _NUMBERS and voiced:
        return [match(leaf, "voice_print", NAMED_PERHAPS, CONTEXT)]
    return []


DETECTOR = Detector(
    id="voices",
    title="Voices: text, aggression and prints",
    reference="GDPR, art. 4(14) and 9(1); Wetboek van Strafrecht, 139a",
    categories=_BY_NAME | {"voice_print"},
    values=True,
    detect=_detect,
)
