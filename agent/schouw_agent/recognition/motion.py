"""Whether what says where it is stays there.

A fixed sensor may say where it stands, in each message.  Something that says so while it goes
through the streets draws a track, whatever its fields are called.  For that a few positions are
held in memory, until it is known; none of them enters a report.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Content, Leaf, Match
from schouw_agent.vocabulary.names import word_set, words

STANDS = "device_location_static"
MOST_LOOKS = 64
"""Messages of a source after which it is taken to stand still."""
MOST_SOURCES = 4096
MOST_THINGS = 16
"""Of one source, told apart by the names in its messages; with more it is a relay."""
PLACES = 10
"""Different places, one after the other, that make a track."""
APART_METRES = 15.0
"""Nearer than this is the same place: receivers are not exact."""
FAR_METRES = 250.0
_LARGEST_STEP = 1 / 3
"""Of the whole way, as the crow flies.  Positions of several things jump to and fro."""
_METRES_PER_DEGREE = 111_320.0
_NAMES = word_set(
    "id uid uuid name naam nom nombre device apparaat gerät geraet serial eui deveui sensor "
    "station node vehicle voertuig entity imei mac bn tag unit asset kenteken plate"
)
_OF_PEOPLE = (
    "fiets", "bike", "bicycle", "cyclist", "fahrrad", "radfahrer", "velo", "bicicleta", "ciclista",
    "wandelaar", "walker", "hiker", "rider", "wearable", "telefoon", "smartphone", "phone",
)  # fmt: skip
"""What is carried or ridden by one person; such words begin or end others ("snuffelfiets")."""
_SHARED = ("deel", "share", "sharing")
_CARRIED, _DRIVEN = 0.85, 0.65

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(slots=True)
class _Source:
    looks: int = 0
    things: dict[Hashable, list[Place]] = field(default_factory=dict)
    moves: bool = False
    changed: dict[int, tuple[Classified, Classified]] = field(default_factory=dict)
    """By the identity of an answer: that answer, held, and what it is of something that moves."""


class Motion:
    """Holds the last places of what tells where it is, for a while."""

    def __init__(self) -> None:
        self._sources: dict[Hashable, _Source] = {}

    def known(self, source: Hashable, content: Content, found: Classified) -> Classified:
        """Return what a message is, with a track instead of a standing place if it moves."""
        known = self._sources.get(source)
        if known is None or not known.moves:
            return found
        held = known.changed.get(id(found))
        if held is None:
            if len(known.changed) >= MOST_LOOKS:
                known.changed.clear()
            held = known.changed[id(found)] = (found, _as_track(content, found))
        return held[1]

    def wants(self, source: Hashable) -> bool:
        """Return whether the place in the next message is to be noted."""
        known = self._sources.get(source)
        return known is None or not (known.moves or known.looks >= MOST_LOOKS)

    def note(self, source: Hashable, leaves: Iterable[Leaf], place: Place | None) -> None:
        """Remember where something of a source is now, if its message tells."""
        if len(self._sources) >= MOST_SOURCES and source not in self._sources:
            self._sources.clear()
        known = self._sources.setdefault(source, _Source())
        known.looks += 1
        if place is None:
            return
        thing = hash(tuple((leaf.path, leaf.value) for leaf in leaves if _names_it(leaf)))
        if thing not in known.things and len(known.things) >= MOST_THINGS:
            return
        places = known.things.setdefault(thing, [])
        if places and _metres(places[-1], place) < APART_METRES:
            return
        places.append(place)
        del places[:-PLACES]
        known.moves = is_track(places)
        if known.moves:
            known.things.clear()


def is_track(places: list[Place]) -> bool:
    """Return whether places, one after the other, are those of one thing on its way."""
    if len(places) < PLACES:
        return False
    far = max(_metres(places[0], each) for each in places)
    steps = (_metres(*pair) for pair in pairwise(places))
    return far >= FAR_METRES and all(step <= far * _LARGEST_STEP for step in steps)


def _metres(one: Place, other: Place) -> float:
    north = one[0] - other[0]
    east = (one[1] - other[1]) * math.cos(math.radians(one[0]))
    return math.hypot(north, east) * _METRES_PER_DEGREE


def _names_it(leaf: Leaf) -> bool:
    own = frozenset(words(leaf.path.rpartition(".")[2]))
    return isinstance(leaf.value, (str, int)) and bool(own & _NAMES)


def _as_track(content: Content, found: Classified) -> Classified:
    said = {
        word
        for text in (content.topic, *(match.path for match in found.matches))
        for word in words(text)
    }
    carried = any(_is_of_people(word) for word in said)
    category = "person_location_track" if carried else "vehicle_position_track"
    confidence = _CARRIED if carried else _DRIVEN

    def changed(match: Match) -> Match:
        if match.category != STANDS:
            return match
        return match._replace(category=category, confidence=min(match.confidence, confidence))

    return replace(found, matches=tuple(map(changed, found.matches)))


def _is_of_people(word: str) -> bool:
    ends = word.startswith(_OF_PEOPLE) or word.endswith(
        (*_OF_PEOPLE, *(f"{w}s" for w in _OF_PEOPLE))
    )
    return ends and not word.startswith(_SHARED)
