"""Pictures of warmth as a list of numbers: what an infrared matrix sends."""

from collections.abc import Iterator, Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
)
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import all_words, message_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import word_list
from schouw_agent.vocabulary.names import word_set

# Pixels of usual matrices: 8×8, 16×4, 16×12, 24×32, 32×32, 60×80, 120×160.
_SIZES = frozenset((64, 192, 256, 768, 1024, 4800, 19200))
_NAMES = word_list("thermal")
_MATRICES = word_list("raster")
_GRIDS = _MATRICES | word_set("image beeld bild temperatures data")
_DEGREES = word_set(
    "temperature temperatures temperatuur temperaturen temp temps temperatur temperaturen "
    "température températures temperatura temperaturas"
)
_FEWEST_ROWS = 4
_COLDEST, _WARMEST = -40.0, 150.0
_CENTI = 100


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    arrays = list(_pictures(leaves))
    if not arrays:
        return []
    everything = message_words(leaves, context)
    found = []
    for leaf, numbers in arrays:
        words = all_words(leaf)
        if not _are_temperatures(numbers):
            continue
        if words & _NAMES:
            found.append(match(leaf, "thermal_image_lowres", NAMED, SHAPE_TELLS))
        elif words & _MATRICES and words & _DEGREES:
            found.append(match(leaf, "thermal_image_lowres", NAMED_PERHAPS, SHAPE_TELLS))
        elif words & _GRIDS and not everything.isdisjoint(_NAMES):
            found.append(match(leaf, "thermal_image_lowres", NAMED_PERHAPS, SHAPE_FITS, CONTEXT))
    return found


def _pictures(leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, Sequence[float]]]:
    """Yield lists of as many numbers as a matrix has pixels: one list, or a list of its rows."""
    rows: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        if isinstance(leaf.value, list):
            if len(leaf.value) in _SIZES:
                yield leaf, leaf.value
            elif leaf.path.endswith("[][]"):
                rows.setdefault(leaf.path, []).append(leaf)
    for group in rows.values():
        first, lengths = group[0], {len(leaf.value) for leaf in group}
        pixels = len(group) * len(first.value)
        if len(group) >= _FEWEST_ROWS and len(lengths) == 1 and pixels in _SIZES:
            yield first, [number for leaf in group for number in leaf.value]


def _are_temperatures(values: Sequence[float]) -> bool:
    """Return whether numbers can be degrees, or hundredths of degrees, of one scene."""
    low, high = min(values), max(values)
    if high > _WARMEST:
        low, high = low / _CENTI, high / _CENTI
    return low >= _COLDEST and high <= _WARMEST and high > low


DETECTOR = Detector(
    id="thermal_images",
    title="Low-resolution images of warmth",
    reference="AP, Normenkader digitale billboards, 2018 (images that can show nobody)",
    categories=frozenset(("thermal_image_lowres",)),
    values=True,
    detect=_detect,
)
