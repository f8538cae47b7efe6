"""Whose speed it is: of traffic that is measured, or of the thing itself that goes somewhere."""

from collections.abc import Sequence

from schouw_agent.detectors.surroundings import message_words, own_words
from schouw_agent.plugins import Context
from schouw_agent.records import Leaf
from schouw_agent.vocabulary.names import word_set

_SPEED = word_set("speed velocity snelheid geschwindigkeit vitesse velocidad gps sog")
_UNITS = word_set("kmh kmph kph km h mph mps m s kn knots ground gnss")
_PLACE = word_set(
    "lat latitude breedtegraad latitud breitengrad lon lng longitude lengtegraad longitud "
    "längengrad latlng coordinates"
)
_COURSE = word_set(
    "heading course bearing koers kurs rumbo cog odometer kilometerstand hdop pdop satellites sats "
    "altitude"
)
_GROUND = frozenset(("ground", "speed"))


def is_own_speed(leaf: Leaf, leaves: Sequence[Leaf], context: Context) -> bool:
    """Return whether a value that is called a speed stands beside a position and a course.

    The quality of a satellite fix says as much: what stands still needs none.
    """
    own = own_words(leaf)
    if own.isdisjoint(_SPEED) or not own <= _SPEED | _UNITS:
        return False
    if context.format == "position_line":
        return True
    everything = message_words(leaves, context)
    if everything.isdisjoint(_PLACE):
        return False
    return own >= _GROUND or not everything.isdisjoint(_COURSE)
