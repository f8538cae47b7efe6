"""Sound as levels: what a meter reports, not what it hears."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import NAMED_PERHAPS, SHAPE_FITS
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import all_words
from schouw_agent.detectors.waveforms import FEWEST, are_bands, swings
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(("sound_level", "sound_event_class"))
_SOUND = word_set(
    "audio sound geluid noise lawaai mic microphone microfoon schall ton bruit sonido ruido "
    "acoustic akustik acoustique akoestisch"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    for leaf in leaves:
        listed = isinstance(leaf.value, list)
        if listed and len(leaf.value) >= FEWEST and swings(leaf.value):
            continue  # samples, whatever they are called
        said = named(leaf, context)
        if said is not None and said.category in _CATEGORIES:
            found.append(match(leaf, said.category, *said.evidence))
        elif listed and said is None and all_words(leaf) & _SOUND and are_bands(leaf.value):
            found.append(match(leaf, "sound_level", NAMED_PERHAPS, SHAPE_FITS))
    return found


DETECTOR = Detector(
    id="sound_levels",
    title="Sound levels",
    reference="IEC 61672-1, 3; IEC 61260-1, annex E (bands); EN ISO 1996-1",
    categories=_CATEGORIES,
    values=True,
    detect=_detect,
)
