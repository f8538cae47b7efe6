"""Network addresses and what is made of them: whose they are, and in what state."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schouw_agent.detectors.evidence import (
    AGAINST,
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import (
    all_words,
    is_about,
    message_words,
    observed_words,
    own_words,
    parent,
)
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import segments, word_set
from schouw_agent.vocabulary.topics import topic_words

# Words that say that somebody's device was seen; `devices` may be the sender's own sensors.
_MILD = word_set(
    "devices apparaten source src user users people person persons personen detected detections "
    "detectie detecties tags peer peers mobile scan scans mobiel erkannt erkannte détecté détectés "
    "detectado detectados móvil móviles vu vus visto vistos"
)
_OF_WIFI = word_set("wifi wi wlan ssid probe station sta client clients dot11 80211")
_DIGESTS = frozenset(
    f"hex {n}" for n in (16, 20, 24, 28, 32, 40, 48, 56, 60, 61, 62, 63, 64, 96, 128)
) | frozenset(f"base64 {n}" for n in (16, 20, 32, 64))
_MACS = frozenset(("mac global", "mac local", "hex 12 global", "hex 12 local"))
_NUMBERED = frozenset(("integer 48", "integer 48 local", "slug 8"))
"""Looks of an address as one integer or in base64: believed under the name of an address alone."""
_OCTETS = 6
_ITS_NAME = word_set("name local device complete short shortened")
_STRENGTH = word_set("rssi signal signaalsterkte dbm signalstärke señal")
_NUMBERS = word_set("id uid eui serial device sensor node chip dev sn")
_ELSEWHERE = word_set(
    "kenteken plate licence license card pas badge rfid face gezicht password wachtwoord "
    "kennzeichen plaque matrícula karte carte tarjeta imsi imei session"
)
_OBSERVED_SURELY = (NAMED, SHAPE_FITS)
_OBSERVED_LISTED = (NAMED_PERHAPS, CONTEXT, LISTED)
_OBSERVED_PERHAPS = (NAMED_PERHAPS,)


class _Around(NamedTuple):
    """What the message says around its identifiers."""

    topic: frozenset[str]
    everything: frozenset[str]
    """Words of the whole message."""
    beside: Mapping[str, set[str]]
    """Own words of the keys of each object, by its path."""


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    beside: dict[str, set[str]] = {}
    for leaf in leaves:
        beside.setdefault(parent(leaf.path), set()).update(own_words(leaf))
    around = _Around(topic_words(context.topic), message_words(leaves, context), beside)
    found = []
    for leaf in leaves:
        key = _address_in_key(leaf.path)
        if key:
            found.append(_of_mac(leaf, key, around, in_key=True))
        kind = _octets(leaf) or look(leaf.value)
        if kind in _MACS:
            found.append(_of_mac(leaf, kind, around, in_key=False))
        elif kind in _DIGESTS:
            found.append(_of_digest(leaf, around))
        elif kind == "eui64":
            found.append(match(leaf, "device_identity", SHAPE_TELLS))
        elif _is_name_of_telephone(leaf, around):
            found.append(match(leaf, "bluetooth_id_raw", NAMED_PERHAPS, LISTED))
        elif kind in _NUMBERED and is_about(own_words(leaf), "network_address"):
            found.append(_of_mac(leaf, kind, around, in_key=False))
    return [m for m in found if m is not None]


def _is_name_of_telephone(leaf: Leaf, around: _Around) -> bool:
    """Return whether a leaf is the name that a listed Bluetooth device gives itself."""
    own = own_words(leaf)
    if "name" not in own or not own <= _ITS_NAME or not isinstance(leaf.value, str):
        return False
    beside = around.beside.get(parent(leaf.path), set())
    listed = "[]" in parent(leaf.path) and not beside.isdisjoint(_STRENGTH)
    return (
        listed
        and is_about(all_words(leaf), "bluetooth")
        and not is_about(frozenset(beside), "measured")
        and not is_about(all_words(leaf), "infrastructure")
    )


def _octets(leaf: Leaf) -> str:
    """Return the look of an address that is written as a list of six octets.

    Which bits are set is not looked at, and so it is taken for the milder kind.
    """
    value = leaf.value
    if not isinstance(value, list) or len(value) != _OCTETS or min(value) < 0:
        return ""
    return "integer 48 local" if is_about(own_words(leaf), "network_address") else ""


def _address_in_key(path: str) -> str:
    for key in segments(path):
        if len(key) == 17 and key.count(":") == 5:
            kind = look(key)
            if kind in _MACS:
                return kind
    return ""


def _observed(leaf: Leaf, around: _Around) -> tuple[Evidence, ...]:
    """Return what says that others were seen here; empty if nothing does."""
    words = all_words(leaf)
    if is_about(words, "infrastructure"):
        return ()
    people = word_list("observed") - _MILD
    if observed_words(leaf) - _MILD:
        return _OBSERVED_SURELY
    if "[]" not in leaf.path:
        return _OBSERVED_PERHAPS if words & _MILD else ()
    beside = around.beside.get(parent(leaf.path), set()) if "[]" in parent(leaf.path) else set()
    if is_about(frozenset(beside), "measured"):
        return ()  # a relay that lists its own sensors
    radio = not around.everything.isdisjoint(_OF_WIFI | word_list("bluetooth"))
    if around.topic & people or beside & _STRENGTH or (words & _MILD and radio):
        return _OBSERVED_LISTED
    return _OBSERVED_PERHAPS


def _of_mac(leaf: Leaf, kind: str, around: _Around, *, in_key: bool) -> Match | None:
    words = all_words(leaf)
    observed = _observed(leaf, around)
    if words & _ELSEWHERE and not is_about(own_words(leaf), "network_address"):
        return None
    # Twelve hex digits may be anything; an address is believed by its name alone.
    if kind.startswith(("hex", "integer", "slug")) and not is_about(words, "network_address"):
        if not observed:
            named = _numbers_a_device(own_words(leaf))
            return match(leaf, "device_identity", NAMED_PERHAPS) if named else None
        observed = (*observed, AGAINST)
    if in_key:
        observed = observed or _OBSERVED_PERHAPS
    if not observed:
        return match(leaf, "device_identity", NAMED_PERHAPS, SHAPE_TELLS)
    return match(leaf, _category(kind, words, around.everything), *observed, SHAPE_FITS)


def _category(kind: str, words: frozenset[str], everything: frozenset[str]) -> str:
    if is_about(words, "hashed"):
        return "bluetooth_id_hashed" if _bluetooth(words, everything) else "wifi_mac_hashed"
    if _bluetooth(words, everything):
        return "bluetooth_id_raw"
    return "wifi_mac_randomised" if kind.endswith("local") else "wifi_mac_raw"


def _bluetooth(words: frozenset[str], everything: frozenset[str]) -> bool:
    if is_about(words, "bluetooth"):
        return True
    return is_about(everything, "bluetooth") and everything.isdisjoint(_OF_WIFI)


def _of_digest(leaf: Leaf, around: _Around) -> Match | None:
    words, own = all_words(leaf), own_words(leaf)
    if words & _ELSEWHERE or is_about(own, "checksum"):
        return None
    hashed = is_about(own, "hashed")
    observed = _observed(leaf, around)
    evidence: tuple[Evidence, ...] = ()
    # Sixteen digits are an EUI-64 before they are what is left of a hash.
    if look(leaf.value) == "hex 16" and not hashed and observed != _OBSERVED_SURELY:
        named = _numbers_a_device(own) or is_about(own, "network_address")
        return match(leaf, "device_identity", NAMED_PERHAPS, SHAPE_FITS) if named else None
    if is_about(words, "network_address") and (hashed or observed or "mac" in own):
        evidence = (NAMED, SHAPE_FITS)
    elif observed and observed != _OBSERVED_PERHAPS:
        evidence = (NAMED,) if hashed else (NAMED_PERHAPS, CONTEXT)
    elif (hashed or observed) and not around.everything.isdisjoint(
        _OF_WIFI | word_list("bluetooth")
    ):
        evidence = (NAMED_PERHAPS, LISTED)
    if evidence:
        bluetooth = _bluetooth(words, around.everything)
        category = "bluetooth_id_hashed" if bluetooth else "wifi_mac_hashed"
        return match(leaf, category, *evidence, SHAPE_FITS)
    if _numbers_a_device(own):
        return match(leaf, "device_identity", NAMED_PERHAPS, SHAPE_FITS)
    return None


def _numbers_a_device(own: frozenset[str]) -> bool:
    """Return whether a name says "number", and not whose: that of a user is no device's."""
    return not own.isdisjoint(_NUMBERS) and not is_about(own, "person")


DETECTOR = Detector(
    id="network_identifiers",
    title="Network addresses, plain or hashed, own or observed",
    reference="IEEE 802, 8.2 (universal and local addresses); AP, besluit Enschede, 2021",
    categories=frozenset(
        (
            "device_identity", "wifi_mac_raw", "wifi_mac_randomised", "wifi_mac_hashed",
            "bluetooth_id_raw", "bluetooth_id_hashed",
        )
    ),
    values=False,
    detect=_detect,
)  # fmt: skip
