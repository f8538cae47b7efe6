"""Passwords and keys in clear: that they are there, never what they are."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    NAMED,
    NAMED_PERHAPS,
    NAMED_SURELY,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
    weigh,
)
from schouw_agent.detectors.surroundings import all_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_SURE = word_set(
    "password passwd pwd wachtwoord secret passphrase psk apikey authtoken accesstoken "
    "clientsecret privatekey appkey appskey nwkskey passwort kennwort contraseña motdepasse "
    "authorization jwt"
)
_PAIRS = (
    ("api", "key"), ("auth", "token"), ("access", "token"), ("private", "key"), ("app", "key"),
    ("bearer", "token"), ("session", "token"), ("refresh", "token"), ("app", "s", "key"),
    ("nwk", "s", "key"), ("access", "key"), ("api", "token"), ("wifi", "pass"),
    ("mot", "passe"), ("zugangs", "code"), ("clave", "acceso"), ("netwerk", "sleutel"),
)  # fmt: skip
_TOKENS = word_set("token jwt authorization bearer auth")
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
        sure = weigh(SHAPE_TELLS, SHAPE_FITS, SHAPE_FITS)
        found.append(Match("", "credential", *sure, _IN_CLEAR[scheme]))
    for leaf in leaves:
        evidence = _judge(leaf)
        if evidence:
            # Not even the form: how long a password is helps to guess it.
            judged = weigh(*evidence)
            found.append(Match(leaf.path, "credential", *judged, "text", leaf.subject))
    return found


def _judge(leaf: Leaf) -> tuple[Evidence, ...]:
    if not isinstance(leaf.value, str):
        return ()
    kind = look(leaf.value)
    if not kind or kind.startswith(("word", "masked", "time", "text", "url")):
        return ()
    if kind == "token":
        return (SHAPE_TELLS, NAMED) if own_words(leaf) & _TOKENS else (SHAPE_TELLS,)
    own = own_words(leaf)
    if all_words(leaf) & _NOT:
        return ()
    if own & _SURE or any(own.issuperset(pair) for pair in _PAIRS):
        return (NAMED_SURELY,)
    return (NAMED_PERHAPS,) if own == {"token"} else ()


DETECTOR = Detector(
    id="credentials",
    title="Passwords and keys in clear",
    reference="GDPR, art. 32; RFC 7617 and RFC 6750 (HTTP); OASIS MQTT 5.0, 3.1.3.6",
    categories=frozenset(("credential",)),
    values=False,
    detect=_detect,
)
