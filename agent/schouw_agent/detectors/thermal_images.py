"""Pictures of warmth as a list of numbers: what an infrared matrix sends."""

from collections.abc import Sequence

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
from schouw_agent.vocabulary.names import word_set

# Pixels of usual matrices: 8×8, 16×4, 16×12, 24×32, 32×32, 60×80, 120×160.
_SIZES = frozenset((64, 192, 256, 768, 1024, 4800, 19200))
_NAMES = word_set(
    "thermal thermo thermogram thermique térmica térmico thermisch warmtebeeld wärmebild infrared "
    "infrarood infrarot heatmap grideye amg mlx lepton ir"
)
_GRIDS = word_set("pixels pixel frame grid matrix image beeld bild raster temperatures data")
_COLDEST, _WARMEST = -40.0, 150.0
_CENTI = 100


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    arrays = [x for x in leaves if isinstance(x.value, list) and len(x.value) in _SIZES]
    if not arrays:
        return []
    everything = message_words(leaves, context)
    found = []
    for leaf in arrays:
        words = all_words(leaf)
        if not _are_temperatures(leaf.value):
            continue
        if words & _NAMES:
            found.append(match(leaf, "thermal_image_lowres", NAMED, SHAPE_TELLS))
        elif words & _GRIDS and not everything.isdisjoint(_NAMES):
            found.append(match(leaf, "thermal_image_lowres", NAMED_PERHAPS, SHAPE_FITS, CONTEXT))
    return found


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
