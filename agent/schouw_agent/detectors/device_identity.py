"""By what the sending device calls itself."""

from collections.abc import Sequence

from schouw_agent.detectors.cooperative import is_cooperative, is_station_id
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import all_words, is_about, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match

# These are told apart, own or observed, by the detector of network identifiers.
_ADDRESSES = ("mac", "hex 12", "hex 32", "hex 40", "hex 64", "base64")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    of_vehicles = is_cooperative(leaves, context)
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category != "device_identity":
            continue
        kind = look(leaf.value)
        if isinstance(leaf.value, (bool, float, list)) or kind == "word flag":
            continue
        words = all_words(leaf)
        if of_vehicles and is_station_id(own_words(leaf)):
            continue
        seen = is_about(words, "carried") and not is_about(words, "infrastructure")
        if seen or (kind.startswith(_ADDRESSES) and is_about(words, "observed")):
            continue  # what somebody carries, and not the sender
        found.append(match(leaf, said.category, *said.evidence))
    return found


DETECTOR = Detector(
    id="device_identity",
    title="Identity of the device itself",
    reference="LwM2M object 3 (Device), serial number; LoRaWAN 1.0.4, DevEUI",
    categories=frozenset(("device_identity",)),
    values=False,
    detect=_detect,
)
