"""Water and soil: level, quality and flow, moisture."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import AGAINST
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import message_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(
    (
        "water_level",
        "water_quality",
        "water_flow",
        "soil_condition",
    )
)
# Beside these, a volume is how loud something plays.
_LOUDSPEAKERS = word_set(
    "speaker mute muted audio player music luidspreker lautsprecher announcement voice language"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    loud = not message_words(leaves, context).isdisjoint(_LOUDSPEAKERS)
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category in _CATEGORIES:
            against = (AGAINST,) if loud and said.category == "water_flow" else ()
            found.append(match(leaf, said.category, *said.evidence, *against))
    return found


DETECTOR = Detector(
    id="water_and_soil",
    title="Water and soil",
    reference="INSPIRE Environmental Monitoring Facilities; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
