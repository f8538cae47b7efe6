"""Numbers of somebody's telephone and subscription: IMSI, IMEI, MSISDN, ICCID."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CHECK_DIGIT,
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, observed_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_EQUIPMENT = word_set("imei imeisv")
_SUBSCRIPTIONS = word_set("imsi msisdn supi tmsi")
_CARDS = word_set("iccid")
# Words that say that the number is of whom a cell or a catcher saw, not of the sender's modem.
_OBSERVED = word_set(
    "subscriber subscribers abonnee abonnees teilnehmer abonné abonnés abonado abonados ue ues "
    "handset handsets catcher paging attach caller calling called roamer roamers"
)
_MILD = word_set("source src devices tags detections detected detectie detecties peer peers scan")
_OWN = word_set("modem gsm lte nbiot sim device tracker module own apparaat gerät unit gateway")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:  # noqa: ARG001
    found = []
    for leaf in leaves:
        if isinstance(leaf.value, (bool, float, list)) or leaf.value is None:
            continue
        evidence = _judge(leaf)
        if evidence:
            found.append(match(leaf, "mobile_subscriber_id", *evidence))
    return found


def _judge(leaf: Leaf) -> tuple[Evidence, ...]:
    own, words = own_words(leaf), all_words(leaf)
    if not own & (_EQUIPMENT | _SUBSCRIPTIONS | _CARDS) or own & _OWN:
        return ()
    observed = words & _OBSERVED or observed_words(leaf) - _MILD
    if not observed or is_about(words, "infrastructure"):
        return ()
    listed = (LISTED,) if "[]" in leaf.path else ()
    kind = look(leaf.value)
    if kind.startswith(("hex", "base64")):
        return (NAMED_PERHAPS, CONTEXT, SHAPE_FITS)
    if kind in ("digits 15 luhn", "digits 15 imsi", "digits card"):
        return (NAMED, CONTEXT, CHECK_DIGIT, *listed)
    if kind.startswith("digits") or kind == "phone":
        return (NAMED, CONTEXT, *listed)
    return ()


DETECTOR = Detector(
    id="mobile_subscribers",
    title="Telephones and subscriptions that were observed",
    reference="3GPP TS 23.003, 2.2 (IMSI) and 6.2 (IMEI); ITU-T E.118 (ICCID), E.164 (MSISDN)",
    categories=frozenset(("mobile_subscriber_id",)),
    values=False,
    detect=_detect,
)
