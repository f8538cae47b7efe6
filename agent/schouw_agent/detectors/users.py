"""IP addresses and sessions of people who use a network or a service."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_ADDRESSES = word_set("ip ipv4 ipv6 address addr adres adresse dirección host remote ipaddress")
_USERS = word_set(
    "client clients stations user users visitor visitors guest guests bezoeker bezoekers gast "
    "gasten gebruiker gebruikers kunde kunden nutzer utilisateur utilisateurs visiteur "
    "visiteurs usuario usuarios visitante visitantes customer klant subscriber leases lease "
    "passenger viewer employee inwoner burger citizen"
)
_SESSIONS = word_set("session sessie sitzung sesión sessionid")
_NUMBERS = word_set("id uuid token key sessionid nummer number")
# A client that is itself a machine of the sender's network.
_MACHINES = word_set(
    "server broker mqtt ntp dns gateway syslog device devices sensor own local config static "
    "controller mesh lan wan subnet netmask gw host_ip camera cameras node nodes"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    # A client id is the number of a program, and a client is somebody only in a list of them.
    of_users = not everything.isdisjoint(_USERS - {"client"})
    found = []
    for leaf in leaves:
        if not isinstance(leaf.value, str):
            continue
        evidence = _judge(leaf, of_users)
        if evidence:
            found.append(match(leaf, "ip_address_user", *evidence))
    return found


def _judge(leaf: Leaf, of_users: bool) -> tuple[Evidence, ...]:
    own, words = own_words(leaf), all_words(leaf)
    if words & _MACHINES or is_about(words, "infrastructure"):
        return ()
    kind = look(leaf.value)
    if kind == "address":
        if not words & _USERS:
            return ()
        listed = (LISTED,) if "[]" in leaf.path else ()
        return (NAMED_PERHAPS if own & _ADDRESSES else CONTEXT, SHAPE_TELLS, *listed)
    session = own & _SESSIONS and (own & _NUMBERS or own <= _SESSIONS)
    if session and of_users and kind.startswith(("uuid", "hex", "base64", "slug", "digits")):
        return (NAMED, CONTEXT) if words & _USERS else (NAMED_PERHAPS, CONTEXT)
    return ()


DETECTOR = Detector(
    id="users",
    title="IP addresses and sessions of users",
    reference="CJEU C-582/14 (Breyer), 49",
    categories=frozenset(("ip_address_user",)),
    values=False,
    detect=_detect,
)
