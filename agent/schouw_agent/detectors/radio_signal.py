"""Signal strength: of the device's own link, or of a device that it saw."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import is_number, match, named
from schouw_agent.detectors.surroundings import all_words, is_about, own_words, parent
from schouw_agent.looks import look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set

_STRENGTH = frozenset(("rssi", "rssis", "signal", "signaalsterkte", "dbm", "signalstrength"))
_MILD = word_set(
    "devices apparaten source user users people persons detected tags peer beacon beacons"
)
_SIGHTED = ("mac", "hex 12", "hex 16", "hex 32", "hex 40", "hex 61", "hex 64", "base64")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    sighted = {parent(x.path) for x in leaves if look(x.value).startswith(_SIGHTED)}
    sighted -= {parent(x.path) for x in leaves if is_about(own_words(x), "measured")}
    for leaf in leaves:
        if own_words(leaf) & _STRENGTH and is_number(leaf.value):
            observed = _observed(leaf, sighted)
            if observed:
                found.append(
                    match(leaf, "rssi_observed_device", observed, "field_name", "value_structure")
                )
                continue
        said = named(leaf, context)
        if said is not None and said.category == "radio_link_quality":
            found.append(match(leaf, said.category, said.confidence, *said.basis))
    return found


def _observed(leaf: Leaf, sighted: set[str]) -> float:
    words = all_words(leaf)
    if is_about(words, "infrastructure"):
        return 0.0
    beside = parent(leaf.path) in sighted
    if words & (word_list("observed") - _MILD):
        return 0.88 if beside else 0.7
    if "[]" in leaf.path and beside:
        return 0.8 if words & (_MILD | word_list("bluetooth")) else 0.65
    return 0.0


DETECTOR = Detector(
    id="radio_signal",
    title="Signal strength, own or observed",
    reference="IEEE 802.11, 9.4.2.37 (RCPI); LoRaWAN gateway metadata",
    categories=frozenset(("radio_link_quality", "rssi_observed_device")),
    values=False,
    detect=_detect,
)
