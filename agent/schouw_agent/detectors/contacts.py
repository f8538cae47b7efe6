"""People who write or are written about: addresses, telephone numbers, names, reports."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, message_words, own_words
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_PHONES = word_set(
    "phone telephone tel telefoon telefoonnummer mobile mobiel gsm msisdn phonenumber"
)
_NAMES = word_set(
    "voornaam achternaam surname firstname lastname fullname voorletters tussenvoegsel"
)
_NAME_PAIRS = (("first", "name"), ("last", "name"), ("full", "name"), ("naam", "melder"))
_REPORTS = word_set("melding klacht toelichting opmerking complaint meldtekst feedback")
_REPORTERS = word_set("melder reporter complainant meldpunt klager")
_TEXTS = word_set("omschrijving description tekst text comment bericht")
_OF_SUPPLIER = word_set("vendor manufacturer fabrikant supplier leverancier support")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    reported = not message_words(leaves, context).isdisjoint(_REPORTERS)
    for leaf in leaves:
        if isinstance(leaf.value, str):
            confidence, basis = _judge(leaf, reported)
            if confidence:
                found.append(match(leaf, "contact_or_report_text", confidence, *basis))
    return found


def _judge(leaf: Leaf, reported: bool) -> tuple[float, tuple[str, ...]]:
    kind = look(leaf.value)
    own, words = own_words(leaf), all_words(leaf)
    if kind == "email":
        return (0.6 if words & _OF_SUPPLIER else 0.85), ("value_structure",)
    numbered = kind == "phone" or kind.startswith("digits")
    if numbered and own & _PHONES:
        return (0.88 if kind == "phone" else 0.7), ("value_structure", "field_name")
    named = own & _NAMES or any(words.issuperset(pair) for pair in _NAME_PAIRS)
    if named and kind in ("", "short", "text short", "text"):
        return 0.85, ("field_name",)
    told = own & _REPORTS or (reported and own & _TEXTS)
    if told and kind in ("text", "text long"):
        return 0.65, ("field_name", "value_structure")
    return 0.0, ()


DETECTOR = Detector(
    id="contacts",
    title="E-mail, telephone, names and reports",
    reference="RFC 5321, 4.1.2 (mailbox); ITU-T E.164",
    categories=frozenset(("contact_or_report_text",)),
    values=False,
    detect=_detect,
)
