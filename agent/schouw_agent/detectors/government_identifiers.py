"""Numbers that a government or a bank gave to a person, told by their check digits."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import own_words
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_BSN = word_set("bsn burgerservicenummer sofinummer sofi")
_BANK = word_set("iban bank rekening rekeningnummer account bankrekening")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    found = []
    for leaf in leaves:
        if isinstance(leaf.value, (bool, float)):
            continue
        kind = look(leaf.value)
        own = own_words(leaf)
        if kind == "digits 9 eleven" and own & _BSN:
            basis = ("check_digit", "field_name")
            found.append(match(leaf, "government_identifier", 0.95, *basis))
        elif kind == "iban":
            confidence = 0.95 if own & _BANK else 0.85
            found.append(match(leaf, "government_identifier", confidence, "check_digit"))
    return found


DETECTOR = Detector(
    id="government_identifiers",
    title="Citizen service numbers and bank accounts",
    reference="Wet algemene bepalingen burgerservicenummer (eleven-test); ISO 13616-1 (IBAN)",
    categories=frozenset(("government_identifier",)),
    values=False,
    detect=_detect,
)
