"""Passwords and keys in clear: that they are there, never what they are."""

from collections.abc import Sequence

from schouw_agent.detectors.surroundings import all_words, own_words
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_SURE = word_set(
    "password passwd pwd wachtwoord secret passphrase psk apikey authtoken accesstoken "
    "clientsecret privatekey appkey appskey nwkskey"
)
_PAIRS = (
    ("api", "key"), ("auth", "token"), ("access", "token"), ("private", "key"), ("app", "key"),
    ("bearer", "token"), ("session", "token"), ("refresh", "token"), ("app", "s", "key"),
    ("nwk", "s", "key"), ("access", "key"), ("api", "token"), ("wifi", "pass"),
)  # fmt: skip
_NOT = word_set(
    "hash card pas badge rfid count length expires expiry type set changed enabled policy url "
    "id name required strength reset"
)
_IN_CLEAR = {
    "password": "password of the connection",
    "basic": "HTTP Basic authentication",
    "bearer": "HTTP Bearer token",
    "community": "SNMP community name",
}


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    scheme = (context.fields or {}).get("credentials", "")
    if scheme in _IN_CLEAR:
        found.append(Match("", "credential", 0.95, ("value_structure",), _IN_CLEAR[scheme]))
    for leaf in leaves:
        confidence = _judge(leaf)
        if confidence:
            found.append(
                Match(leaf.path, "credential", confidence, ("field_name",), "text", leaf.subject)
            )
    return found


def _judge(leaf: Leaf) -> float:
    if not isinstance(leaf.value, str):
        return 0.0
    kind = look(leaf.value)
    if not kind or kind.startswith(("word", "masked", "time", "text", "url")):
        return 0.0
    own = own_words(leaf)
    if all_words(leaf) & _NOT:
        return 0.0
    if own & _SURE or any(own.issuperset(pair) for pair in _PAIRS):
        return 0.9
    return 0.6 if own == {"token"} else 0.0


DETECTOR = Detector(
    id="credentials",
    title="Passwords and keys in clear",
    reference="GDPR, art. 32; RFC 7617 and RFC 6750 (HTTP); OASIS MQTT 5.0, 3.1.3.6",
    categories=frozenset(("credential",)),
    values=False,
    detect=_detect,
)
