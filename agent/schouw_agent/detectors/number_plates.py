"""Number plates, readable or hashed."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    AGAINST,
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    NAMED_SURELY,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import form_of, look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

# Said of a plate, and not the plate.
_ABOUT = word_set(
    "confidence betrouwbaarheid score country land landcode region type color colour kleur count "
    "aantal image url width height x y box bbox format status count time timestamp enabled id "
    "agreement plates_seen version key pays país confianza confiance anzahl farbe couleur"
)
_DUTCH = frozenset(("plate nl dashed", "plate nl"))
_FOREIGN = frozenset(("plate fr", "plate be", "plate de", "plate uk", "plate es"))
_DISTINCT = frozenset(("plate nl dashed", "plate fr", "plate be"))
"""Notations that a code of a product seldom has."""
_SURE = word_set(
    "kenteken nummerplaat numberplate kennzeichen lpn anpr alpr lpr plate licenseplate "
    "licenceplate platenumber kfzkennzeichen nummernschild immatriculation matrícula"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    found = []
    for leaf in leaves:
        if not isinstance(leaf.value, str):
            continue
        category, evidence = _judge(leaf, everything)
        if category:
            found.append(match(leaf, category, *evidence)._replace(form=_form(leaf)))
    return found


def _form(leaf: Leaf) -> str:
    if look(leaf.value) in _DUTCH:
        return "as a Dutch number plate"
    form = form_of(leaf.value)
    return "as a number plate" if form == "code" else form


def _judge(leaf: Leaf, everything: frozenset[str]) -> tuple[str, tuple[Evidence, ...]]:
    kind = look(leaf.value)
    words = all_words(leaf)
    if not is_about(words, "plate"):
        if kind in _DISTINCT and is_about(everything, "vehicle"):
            return "licence_plate_raw", (SHAPE_FITS, CONTEXT, AGAINST)
        return "", ()
    own = own_words(leaf)
    if own & _ABOUT and not own & {"kenteken", "plate"}:
        return "", ()
    if own & (_ABOUT - {"id"}):
        return "", ()
    if _is_digest(kind):
        return "licence_plate_hashed", (NAMED_SURELY, SHAPE_FITS)
    return ("licence_plate_raw", _readable(kind, words)) if _readable(kind, words) else ("", ())


def _readable(kind: str, words: frozenset[str]) -> tuple[Evidence, ...]:
    sure = not words.isdisjoint(_SURE)
    if kind in _DUTCH:
        return (NAMED, SHAPE_TELLS)
    if kind in _FOREIGN:
        return (NAMED, SHAPE_FITS)
    if kind == "plate other":
        return (NAMED, SHAPE_FITS) if sure else (NAMED_PERHAPS, SHAPE_FITS)
    return (NAMED_PERHAPS,) if kind.startswith("slug") and sure else ()


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
