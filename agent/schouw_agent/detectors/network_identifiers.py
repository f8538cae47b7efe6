"""Network addresses and what is made of them: whose they are, and in what state."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import segments, word_set
from schouw_agent.vocabulary.topics import topic_words

# Words that say that somebody's device was seen; `devices` may be the sender's own sensors.
_MILD = word_set(
    "devices apparaten source src user users people person persons personen detected detections "
    "detectie detecties tags peer peers mobile scan scans"
)
_OF_WIFI = word_set("wifi wi wlan ssid probe station sta client clients dot11 80211")
_DIGESTS = frozenset(
    f"hex {n}" for n in (16, 20, 24, 28, 32, 40, 48, 56, 60, 61, 62, 63, 64, 96, 128)
) | frozenset(f"base64 {n}" for n in (16, 20, 32, 64))
_MACS = frozenset(("mac global", "mac local", "hex 12 global", "hex 12 local"))
_NUMBERS = word_set("id uid eui serial device sensor node chip dev sn")
_ELSEWHERE = word_set(
    "kenteken plate licence license card pas badge rfid face gezicht password wachtwoord"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    found = []
    for leaf in leaves:
        key = _address_in_key(leaf.path)
        if key:
            found.append(_of_mac(leaf, key, context, everything, in_key=True))
        kind = look(leaf.value)
        if kind in _MACS:
            found.append(_of_mac(leaf, kind, context, everything, in_key=False))
        elif kind in _DIGESTS:
            found.append(_of_digest(leaf, context, everything))
        elif kind == "eui64":
            found.append(match(leaf, "device_identity", 0.85, "value_structure"))
        elif kind == "integer 48" and is_about(own_words(leaf), "network_address"):
            found.append(_of_mac(leaf, kind, context, everything, in_key=False))
    return [m for m in found if m is not None]


def _address_in_key(path: str) -> str:
    for key in segments(path):
        if len(key) == 17 and key.count(":") == 5:
            kind = look(key)
            if kind in _MACS:
                return kind
    return ""


def _observed(leaf: Leaf, context: Context, everything: frozenset[str]) -> float:
    """Return how strongly the message says that others were seen here: 0, 0.6 or 0.9."""
    words = all_words(leaf)
    listed = "[]" in leaf.path
    if is_about(words, "infrastructure"):
        return 0.0
    strong = words & (word_list("observed") - _MILD)
    if strong:
        return 0.9
    around = listed and not topic_words(context.topic).isdisjoint(word_list("observed") - _MILD)
    radio = bool(everything & (_OF_WIFI | word_list("bluetooth")))
    if around or (words & _MILD and listed and radio):
        return 0.85
    if listed:
        return 0.6
    return 0.6 if words & _MILD else 0.0


def _of_mac(
    leaf: Leaf, kind: str, context: Context, everything: frozenset[str], *, in_key: bool
) -> Match | None:
    words = all_words(leaf)
    bare = kind.startswith(("hex", "integer"))
    if bare and not is_about(words, "network_address") and not _observed(leaf, context, everything):
        # Twelve hex digits may be anything; without a name they say nothing.
        named = own_words(leaf) & _NUMBERS
        return match(leaf, "device_identity", 0.6, "value_structure") if named else None
    if words & _ELSEWHERE:
        return None
    observed = _observed(leaf, context, everything)
    if in_key:
        observed = max(observed, 0.6)
    if not observed:
        return match(leaf, "device_identity", 0.85, "value_structure", "field_name")
    if bare and not is_about(words, "network_address"):
        # Twelve hex digits may be any identifier; an address is believed only by name.
        observed = min(observed, 0.7)
    return match(
        leaf, _category(kind, words, everything), observed, "value_structure", "field_name"
    )


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


def _of_digest(leaf: Leaf, context: Context, everything: frozenset[str]) -> Match | None:
    words = all_words(leaf)
    own = own_words(leaf)
    if words & _ELSEWHERE or is_about(own, "checksum"):
        return None
    named = is_about(own, "network_address") and "[]" not in leaf.path
    hashed = is_about(own, "hashed")
    observed = _observed(leaf, context, everything)
    category = "bluetooth_id_hashed" if _bluetooth(words, everything) else "wifi_mac_hashed"
    if is_about(words, "network_address") and (hashed or observed or "mac" in own):
        return match(leaf, category, 0.92, "value_structure", "field_name")
    if observed >= 0.85:
        return match(leaf, category, 0.85 if hashed else 0.8, "value_structure", "field_name")
    radio = not everything.isdisjoint(_OF_WIFI) or is_about(everything, "bluetooth")
    if (hashed or observed) and radio:
        return match(leaf, category, 0.7, "value_structure", "field_name")
    if named or own & _NUMBERS:
        return match(leaf, "device_identity", 0.7, "value_structure", "field_name")
    return None


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
