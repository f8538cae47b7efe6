"""Whose brightness it is: of a lamp, or of the day.  German and French have one word for both."""

from collections.abc import Sequence

from schouw_agent.detectors.surroundings import message_words, own_words
from schouw_agent.plugins import Context
from schouw_agent.records import Leaf
from schouw_agent.vocabulary.names import word_set

_BRIGHTNESS = word_set("helligkeit luminosité luminosidad luminosity helderheid brightness brillo")
_LAMPS = word_set(
    "lamp lamps lampe lampen luminaire luminaires lantern lantaarn lantaarnpaal lichtmast "
    "verlichting straatverlichting streetlight streetlights lighting beleuchtung leuchte leuchten "
    "straßenbeleuchtung strassenbeleuchtung éclairage lampadaire lampadaires alumbrado farola "
    "luminaria luminarias lámpara armatuur dimmer"
)
_OF_THE_DAY = ("lx", "lux", "klx")


def is_of_a_lamp(leaf: Leaf, leaves: Sequence[Leaf], context: Context) -> bool:
    """Return whether a value that is called a brightness is how bright a lamp burns.

    Not if it is in lux, which a sensor of daylight tells.
    """
    own = own_words(leaf)
    return (
        own <= _BRIGHTNESS
        and bool(own)
        and leaf.unit.lower() not in _OF_THE_DAY
        and not message_words(leaves, context).isdisjoint(_LAMPS)
    )
