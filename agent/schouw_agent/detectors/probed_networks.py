"""Names of networks that somebody's telephone asks for."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, LISTED, NAMED_PERHAPS, NAMED_SURELY
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_NAMES = word_set("ssid ssids essid essids netwerken networks netzwerke réseaux redes")
_PROBES = word_set(
    "probe probes probed probing proberequest directed pnl preferred gezocht gezochte gesucht "
    "recherché recherchés buscado buscados sondage"
)
_CLIENTS = word_set("client clients station stations phone phones telefoon visitor visitors sta")
# The network that the sender itself has joined or offers.
_OWN = word_set("connected current configured ap own joined config wifi1 hotspot settings hidden")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    probing = not everything.isdisjoint(_PROBES)
    found = []
    for leaf in leaves:
        if not isinstance(leaf.value, str) or look(leaf.value) in ("word flag", "number"):
            continue
        own, words = own_words(leaf), all_words(leaf)
        if not own & _NAMES or own & _OWN or is_about(own, "infrastructure"):
            continue
        if words & _PROBES:
            found.append(match(leaf, "probed_ssid_list", NAMED_SURELY))
        elif "[]" in leaf.path and probing and words & _CLIENTS:
            found.append(match(leaf, "probed_ssid_list", NAMED_PERHAPS, CONTEXT, LISTED))
    return found


DETECTOR = Detector(
    id="probed_networks",
    title="Network names that telephones ask for",
    reference="IEEE 802.11-2020, 9.3.3.9 (probe request)",
    categories=frozenset(("probed_ssid_list",)),
    values=False,
    detect=_detect,
)
