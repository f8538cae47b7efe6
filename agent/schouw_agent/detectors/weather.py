"""Weather: temperature, humidity, pressure, wind, rain, sun, light and lightning."""

from collections.abc import Mapping, Sequence

from schouw_agent.detectors.evidence import CONTEXT, LISTED, NAMED_FAINTLY, Evidence
from schouw_agent.detectors.lamps import is_of_a_lamp
from schouw_agent.detectors.naming import Named, match, named
from schouw_agent.detectors.surroundings import own_words, parent
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(
    (
        "air_temperature",
        "relative_humidity",
        "air_pressure",
        "wind",
        "precipitation",
        "solar_radiation_uv",
        "illuminance",
        "lightning_strike",
    )
)
# Beside these, t and h are the top and the height of a box.
_OF_A_BOX = word_set("w l x y left width top height r")
_STATION = 3
# A list of temperatures so called is a picture of warmth, and no air.
_PICTURES = word_set("pixels pixel frame grid matrix raster")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found: list[tuple[Leaf, Named]] = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category not in _CATEGORIES:
            continue
        if isinstance(leaf.value, list) and own_words(leaf) & _PICTURES:
            continue
        if said.category != "illuminance" or not is_of_a_lamp(leaf, leaves, context):
            found.append((leaf, said))
    faint = {parent(leaf.path) for leaf, said in found if NAMED_FAINTLY in said.evidence}
    company = _company(found, leaves, faint) if faint else {}
    return [
        match(leaf, said.category, *said.evidence, *company.get(parent(leaf.path), ()))
        if NAMED_FAINTLY in said.evidence
        else match(leaf, said.category, *said.evidence)
        for leaf, said in found
    ]


def _company(
    found: Sequence[tuple[Leaf, Named]], leaves: Sequence[Leaf], faint: set[str]
) -> Mapping[str, tuple[Evidence, ...]]:
    """Return, for each object, what its other readings say of an abbreviation: t beside h."""
    categories: dict[str, set[str]] = {}
    for leaf, said in found:
        categories.setdefault(parent(leaf.path), set()).add(said.category)
    boxed = {
        parent(leaf.path)
        for leaf in leaves
        if parent(leaf.path) in faint and own_words(leaf) & _OF_A_BOX
    }
    return {
        path: (CONTEXT, LISTED) if len(kinds) >= _STATION else (CONTEXT,)
        for path, kinds in categories.items()
        if len(kinds) > 1 and path not in boxed
    }


DETECTOR = Detector(
    id="weather",
    title="Weather and light",
    reference="WMO-No. 8, Guide to Instruments, part I; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
