"""Numbers that a government or a bank gave to a person, told by name and check digits."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CHECK_DIGIT,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_BSN = word_set("bsn burgerservicenummer sofinummer sofi")
_BANK = word_set("iban bank rekening rekeningnummer account bankrekening konto compte cuenta")
_OTHERS = word_set(
    "paspoortnummer passportnumber passeport pasaporte reisepassnummer rijbewijsnummer "
    "rijksregisternummer ssn personalausweisnummer steueridentifikationsnummer steuerid "
    "dni nie nir insz niss führerscheinnummer driverslicence driverslicense identiteitskaartnummer"
)
_OTHER_PAIRS = (
    ("passport", "number"), ("passport", "no"), ("paspoort", "nummer"), ("social", "security"),
    ("national", "id"), ("rijbewijs", "nummer"), ("identity", "card", "number"),
    ("sécurité", "sociale"), ("securite", "sociale"), ("numero", "pasaporte"),
    ("numero", "passeport"), ("id", "card", "number"), ("drivers", "licence", "number"),
)  # fmt: skip


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    found = []
    for leaf in leaves:
        if isinstance(leaf.value, (bool, float)):
            continue
        evidence = _judge(look(leaf.value), own_words(leaf))
        if evidence:
            found.append(match(leaf, "government_identifier", *evidence))
    return found


def _judge(kind: str, own: frozenset[str]) -> tuple[Evidence, ...]:
    if kind == "iban":
        return (CHECK_DIGIT, NAMED) if own & _BANK else (CHECK_DIGIT,)
    if kind == "digits 9 eleven":
        # One in eleven of all numbers passes the test: the name must say so too.
        return (CHECK_DIGIT, NAMED) if own & _BSN else ()
    if own & _OTHERS or any(own.issuperset(pair) for pair in _OTHER_PAIRS):
        return (NAMED_PERHAPS, SHAPE_FITS) if _is_code(kind) else ()
    return ()


def _is_code(kind: str) -> bool:
    return kind.startswith(("digits", "slug", "plate", "hex"))


DETECTOR = Detector(
    id="government_identifiers",
    title="Citizen service numbers and bank accounts",
    reference="Wet algemene bepalingen burgerservicenummer (eleven-test); ISO 13616-1 (IBAN)",
    categories=frozenset(("government_identifier",)),
    values=False,
    detect=_detect,
)
