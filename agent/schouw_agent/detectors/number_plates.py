"""Number plates, readable or hashed."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.looks import form_of, look
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

# Said of a plate, and not the plate.
_ABOUT = word_set(
    "confidence betrouwbaarheid score country land landcode region type color colour kleur count "
    "aantal image url width height x y box bbox format status count time timestamp enabled id "
    "agreement plates_seen version key"
)
_DUTCH = frozenset(("plate nl dashed", "plate nl"))


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    found = []
    for leaf in leaves:
        if not isinstance(leaf.value, str):
            continue
        category, confidence = _judge(leaf, everything)
        if category:
            basis = ("value_structure", "field_name")
            found.append(match(leaf, category, confidence, *basis)._replace(form=_form(leaf)))
    return found


def _form(leaf: Leaf) -> str:
    if look(leaf.value) in _DUTCH:
        return "as a Dutch number plate"
    form = form_of(leaf.value)
    return "as a number plate" if form == "code" else form


def _judge(leaf: Leaf, everything: frozenset[str]) -> tuple[str, float]:
    kind = look(leaf.value)
    words = all_words(leaf)
    if not is_about(words, "plate"):
        if kind == "plate nl dashed" and is_about(everything, "vehicle"):
            return "licence_plate_raw", 0.55
        return "", 0.0
    own = own_words(leaf)
    if own & _ABOUT and not own & {"kenteken", "plate"}:
        return "", 0.0
    if own & (_ABOUT - {"id"}):
        return "", 0.0
    if _is_digest(kind):
        return "licence_plate_hashed", 0.93
    if kind in _DUTCH:
        return "licence_plate_raw", 0.95
    if kind == "plate other":
        return "licence_plate_raw", 0.88 if _sure(words) else 0.7
    if kind == "slug" and _sure(words):
        return "licence_plate_raw", 0.7
    return "", 0.0


def _sure(words: frozenset[str]) -> bool:
    return not words.isdisjoint(
        ("kenteken", "nummerplaat", "numberplate", "kennzeichen", "lpn", "anpr", "alpr", "lpr")
    ) or not words.isdisjoint(("plate", "licenseplate", "licenceplate", "platenumber"))


def _is_digest(kind: str) -> bool:
    if kind.startswith("hex "):
        return int(kind.split()[1]) >= 16
    return kind.startswith("base64 ") and kind != "base64 long"


DETECTOR = Detector(
    id="number_plates",
    title="Number plates, readable or hashed",
    reference="RDW, sidecodes 1 to 14; Amsterdam passage API, kentekenHash",
    categories=frozenset(("licence_plate_raw", "licence_plate_hashed")),
    values=False,
    detect=_detect,
)
