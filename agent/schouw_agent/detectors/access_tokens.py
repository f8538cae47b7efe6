"""Cards, tags and passes that people hold against a reader."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    AGAINST,
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    NAMED_SURELY,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CARDS = word_set(
    "card pas badge rfid nfc kaart milieupas afvalpas toegangspas pasnummer pasnr passnummer "
    "kaartnummer cardid cardnumber carduid badgeid idtag keyfob fob transponder pasid paskaart "
    "cardno laadpas stadspas karte kartennummer ladekarte chipkarte carte badgenummer tarjeta "
    "numerotarjeta evcoid emaid"
)
_READERS = word_set("nfc rfid reader lezer kaartlezer leser kartenleser lecteur lector")
_OF_A_CARD = word_set("tag token chip etiqueta étiquette")
_NUMBERS = word_set("id uid nummer nr number no code serial hash token numéro número kennung")
_NOT = word_set(
    "sim sd memory network smart graphics sound video count aantal reader type status lezer time "
    "timestamp version present enabled valid result granted model firmware state battery "
    "iccid product electronic map menu menú postal blanche"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    read = not message_words(leaves, context).isdisjoint(_READERS)
    for leaf in leaves:
        evidence = _judge(leaf, read) if _may_be_number(leaf.value) else ()
        if evidence:
            # A small number may be a slot and not a card.
            small = (AGAINST,) if isinstance(leaf.value, int) else ()
            found.append(match(leaf, "access_token_id", *evidence, *small))
    return found


def _judge(leaf: Leaf, read: bool) -> tuple[Evidence, ...]:
    own, words = own_words(leaf), all_words(leaf)
    if words & _NOT:
        return ()
    if own & _CARDS:
        return (NAMED_SURELY,)
    if (words & _CARDS and own & _NUMBERS) or own == {"id", "tag"}:
        return (NAMED,)
    if own & _OF_A_CARD:
        if read:
            return (NAMED_PERHAPS, CONTEXT)
        return (NAMED_PERHAPS,) if own & (_NUMBERS - {"token"}) else ()
    return ()


def _may_be_number(value: object) -> bool:
    if isinstance(value, str):
        kind = look(value)
        return bool(kind) and not kind.startswith(
            ("word", "time", "text", "url", "short", "email", "masked", "nested", "address")
        )
    return isinstance(value, int) and not isinstance(value, bool)


DETECTOR = Detector(
    id="access_tokens",
    title="Card, tag and pass numbers",
    reference="ISO/IEC 14443-3, 6.4 (UID); OCPP 1.6, IdToken",
    categories=frozenset(("access_token_id",)),
    values=False,
    detect=_detect,
)
