"""What a few numbers in a message say: how small a count is, over how long, and where it stands.

A count of people is harmless until it is small and over a short time; a sensor has a place.  These
messages are read in full, and of their values remain the smallest, the interval, and a cell of
about five kilometres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from schouw_agent.plugins import Format
from schouw_agent.recognition.classification import Classified, Figured
from schouw_agent.recognition.figure_numbers import FigureNumber, figure_numbers
from schouw_agent.recognition.motion import STANDS, Motion, Place
from schouw_agent.recognition.opening import Layer, open_content
from schouw_agent.recognition.windows import LONGEST_SECONDS, number, window, window_in_words
from schouw_agent.records import Content, Delivery, FlowReference, Leaf, Match
from schouw_agent.vocabulary import CATEGORIES
from schouw_agent.vocabulary.names import words

COUNTED = frozenset(
    id_
    for id_, category in CATEGORIES.items()
    if category.privacy_class == "aggregate_people" and not category.ancillary
)
"""Categories of figures about groups of people."""
PLACED = frozenset(("device_location_static", "vehicle_position_track"))
"""Categories that say where a device is.  Where a person is, is nobody's affair here."""
_MOVING = frozenset(("vehicle_position_track",))
_RELAYED = frozenset(("gateway", "gateways", "gw", "rx", "gtw", "reception", "receptions"))
"""Words of a path to the place of a gateway, which is not that of the device."""
_BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz"
_CELL = 5
"""Characters of a geohash: a cell of about 4.9 km each way."""

_LATITUDE = frozenset(("lat", "latitude", "breedtegraad", "latitud", "breitengrad"))
_LONGITUDE = frozenset(
    ("lon", "lng", "long", "longitude", "lengtegraad", "longitud", "längengrad", "laengengrad")
)
_MOST_PLACED = 16_384


class Figures:
    """Reads counts, intervals and places from messages that have them."""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        self._formats = formats
        self._motion = Motion()
        self._placed: dict[tuple[int, int, str], tuple[Classified, FlowReference]] = {}
        """What was found in a flow under a topic: held, so that nothing else gets their ids."""

    def look(self, delivery: Delivery, content: Content, found: Classified) -> Classified:
        """Return what the message is, with the figures in it; the same if there are none.

        What does not move is looked up once in a flow, under a topic, when it is known to stand.
        """
        flow = delivery.flow
        sender = flow.orig if delivery.from_orig else flow.resp
        source = (sender.address or sender.mac, content.topic, found.subject)
        found = self._motion.known(source, content, found)
        wanted = {match.category for match in found.matches} & (COUNTED | PLACED)
        if not wanted:
            return found
        placing = STANDS in wanted and self._motion.wants(source)
        if not (placing or wanted & (COUNTED | _MOVING)) and self._is_placed(
            delivery, content, found
        ):
            return found
        layers = self._layers(content, found)
        leaves = [leaf for layer in layers for leaf in layer.leaves]
        by_path: dict[str, list[Leaf]] = {}
        for leaf in leaves:
            by_path.setdefault(leaf.path, []).append(leaf)
        if placing:
            standing = [match for match in found.matches if match.category == STANDS]
            places = (_place(match, by_path) for match in standing)
            self._motion.note(source, leaves, next(filter(None, places), None))
        seconds = window(leaves) if wanted & COUNTED else None
        matches = tuple(_with_figures(match, by_path, seconds) for match in found.matches)
        # The next one may be smaller, or elsewhere.
        numbers = None if wanted & PLACED else self._numbers(found, leaves)
        figured = Figured(found, numbers, window_in_words(leaves))
        return replace(found, matches=matches, lasting=False, by_structure=False, figured=figured)

    def _numbers(
        self, found: Classified, leaves: Sequence[Leaf]
    ) -> tuple[FigureNumber, ...] | None:
        known = self._formats.get(found.format)
        if known is None or not known.verbatim or not found.by_structure:
            return None
        return figure_numbers(leaves, found.matches, COUNTED)

    def _is_placed(self, delivery: Delivery, content: Content, found: Classified) -> bool:
        key = (id(found), id(delivery.flow), content.topic)
        if key in self._placed:
            return True
        if len(self._placed) >= _MOST_PLACED:
            self._placed.clear()
        self._placed[key] = (found, delivery.flow)
        return False

    def _layers(self, content: Content, found: Classified) -> Sequence[Layer]:
        """Return the layers; of what its structure tells, the one that is known to hold all."""
        only = self._formats.get(found.format) if found.by_structure else None
        return open_content(content, {found.format: only} if only else self._formats)


def figured_by(plain: Classified, figured: Figured | None, numbers: Sequence[float]) -> Classified:
    """Return the answer to a message like one before it, by the numbers that figures rest on.

    `figured` is that of the one before; it has as many numbers, none of them is of a place.
    """
    if figured is None or figured.numbers is None:
        return plain
    in_words = [] if figured.in_words is None else [figured.in_words]
    counts: dict[int, list[float]] = {}
    lengths: dict[int, list[float]] = {}
    for (_, match, seconds), value in zip(figured.numbers, numbers, strict=True):
        if seconds and 0 < value * seconds <= LONGEST_SECONDS:
            lengths.setdefault(match, [*in_words]).append(value * seconds)
        elif not seconds and value > 0:
            counts.setdefault(match, []).append(value)
    matches = tuple(
        match._replace(
            smallest=min(counts.get(i, ()), default=None),
            window=min(lengths.get(i, in_words), default=None),
        )
        if match.category in COUNTED
        else match
        for i, match in enumerate(plain.matches)
    )
    return replace(plain, matches=matches, lasting=False, by_structure=False, figured=figured)


def _with_figures(
    match: Match, by_path: Mapping[str, Sequence[Leaf]], seconds: float | None
) -> Match:
    if match.category in COUNTED:
        counts = [
            value
            for leaf in by_path.get(match.path, ())
            if (value := number(leaf.value)) is not None and value > 0
        ]
        smallest = min(counts) if counts else None
        if smallest is None and seconds is None:
            return match
        return match._replace(smallest=smallest, window=seconds)
    if match.category in PLACED:
        cell = _cell(match, by_path)
        return match._replace(cell=cell) if cell else match
    return match


def _cell(match: Match, by_path: Mapping[str, Sequence[Leaf]]) -> str:
    """Return the geohash of the cell in which a position lies; empty if it cannot be told."""
    if "geohash" in words(match.path.rpartition(".")[2]):
        value = _only_value(match, by_path)
        text = value.lower()[:_CELL] if isinstance(value, str) else ""
        return text if text and set(text) <= set(_BASE32) else ""
    place = _place(match, by_path)
    return geohash(*place) if place else ""


def _only_value(match: Match, by_path: Mapping[str, Sequence[Leaf]]) -> Any:
    """Return the value at a path; None if there are several, or it is the place of a gateway."""
    if _RELAYED & frozenset(words(match.path)):
        return None
    values = [leaf.value for leaf in by_path.get(match.path, ()) if leaf.subject == match.subject]
    return values[0] if len(values) == 1 else None


def _place(match: Match, by_path: Mapping[str, Sequence[Leaf]]) -> Place | None:
    """Return the position that a match is of, as latitude and longitude in degrees."""
    value = _only_value(match, by_path)
    parent, _, name = match.path.rpartition(".")
    of_name = frozenset(words(name))
    if isinstance(value, list):
        pair = [number(each) for each in value[:2]]
        # RFC 7946, 3.1.1: longitude first.
        return _on_earth(pair[1], pair[0]) if len(pair) == 2 and "coordinates" in of_name else None
    if value is None or not of_name & _LATITUDE:
        return None
    for path, leaves in by_path.items():
        beside, _, other = path.rpartition(".")
        if beside == parent and frozenset(words(other)) & _LONGITUDE and len(leaves) == 1:
            return _on_earth(number(value), number(leaves[0].value))
    return None


def _on_earth(latitude: float | None, longitude: float | None) -> Place | None:
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def geohash(latitude: float | None, longitude: float | None) -> str:
    """Return the geohash, of five characters, of a position in degrees; empty for no position."""
    place = _on_earth(latitude, longitude)
    if place is None:
        return ""
    bounds = {0: [-180.0, 180.0], 1: [-90.0, 90.0]}
    position = {0: place[1], 1: place[0]}
    code = 0
    for bit in range(_CELL * 5):
        low, high = bounds[bit % 2]
        middle = (low + high) / 2
        upper = position[bit % 2] >= middle
        bounds[bit % 2][0 if upper else 1] = middle
        code = code << 1 | upper
    return "".join(_BASE32[code >> 5 * (_CELL - 1 - i) & 31] for i in range(_CELL))
