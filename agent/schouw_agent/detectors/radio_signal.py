"""Signal strength: of the device's own link, or of a device that it saw."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    Evidence,
)
from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import (
    all_words,
    is_about,
    observed_words,
    own_words,
    parent,
)
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_STRENGTH = word_set(
    "rssi rssis signal signaalsterkte dbm signalstrength signalstärke signalstaerke señal"
)
_MILD = word_set(
    "devices apparaten source user users people persons detected tags peer beacon beacons mobile "
    "mobiel erkannt détecté détectés detectado detectados"
)
_SIGHTED = ("mac", "hex 12", "hex 16", "hex 32", "hex 40", "hex 61", "hex 64", "base64 ")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    sighted = {parent(x.path) for x in leaves if _is_sighting(x)}
    sighted -= {parent(x.path) for x in leaves if is_about(own_words(x), "measured")}
    for leaf in leaves:
        if own_words(leaf) & _STRENGTH and is_number(leaf.value):
            observed = _observed(leaf, sighted)
            if observed:
                found.append(match(leaf, "rssi_observed_device", *observed))
                continue
        said = named(leaf, context)
        if said is not None and said.category == "radio_link_quality":
            found.append(match(leaf, said.category, *said.evidence))
    return found


def _is_sighting(leaf: Leaf) -> bool:
    """Return whether a leaf may be whom the sender saw; the frame of a device is not."""
    return look(leaf.value).startswith(_SIGHTED) and not is_about(own_words(leaf), "checksum")


def _observed(leaf: Leaf, sighted: set[str]) -> tuple[Evidence, ...]:
    words = all_words(leaf)
    if is_about(words, "infrastructure"):
        return ()
    beside = parent(leaf.path) in sighted
    if observed_words(leaf) - _MILD:
        return (NAMED, SHAPE_FITS) if beside else (NAMED_PERHAPS, LISTED)
    if "[]" in leaf.path and beside:
        told = words & _MILD or is_about(words, "bluetooth")
        return (NAMED_PERHAPS, CONTEXT, SHAPE_FITS) if told else (SHAPE_FITS, LISTED)
    return ()


DETECTOR = Detector(
    id="radio_signal",
    title="Signal strength, own or observed",
    reference="IEEE 802.11, 9.4.2.37 (RCPI); LoRaWAN gateway metadata",
    categories=frozenset(("radio_link_quality", "rssi_observed_device")),
    values=False,
    detect=_detect,
)
