"""The exact structure of a parsed message, as a key to what is remembered of it.

A key holds everything that a detector may rest on without reading values: key paths, types, the
look of every text and every large integer, whether a number is plausible under its name, and the
length class of lists.  Every value is looked at in every message; only the meaning is remembered.
"""

from typing import Any

from schouw_agent.recognition.looks import look, recall
from schouw_agent.recognition.values import (
    EVENT_KEYS,
    NAME_KEYS,
    UNIT_KEYS,
    VALUE_KEYS,
    WORD_KEYS,
    key_name,
    numeric,
    sibling,
)
from schouw_agent.vocabulary.lexicon import read_name
from schouw_agent.vocabulary.quantities import QUANTITIES

DEEPEST = 12
MOST_SHAPES = 8192
MOST_ITEMS = 64
MOST_KEYS = 256
_LONGEST_WORD = 32
_MOST_HINTS = 256
_LARGE = 10**7
"""Integers from here are looked at: an identifier is never smaller."""
_ARRAY = 16
"""A numeric array from this length is read by detectors, in every message."""


Ranges = tuple[tuple[float, float], ...]
ANY: Ranges = ((-_LARGE, _LARGE),)
"""Of a number of which nothing is known: beyond, it is looked at."""


class _Shape:
    """One set of keys and types at one path: what to look at there, and how it usually looks."""

    __slots__ = (
        "by_hint",
        "hinted",
        "id",
        "lists",
        "numbers",
        "objects",
        "ranged",
        "texts",
        "verbatim",
    )

    def __init__(self, number: int) -> None:
        self.id = number
        self.texts: list[tuple[str, str]] = []
        self.verbatim: list[tuple[str, str]] = []
        self.numbers: list[tuple[str, float, float]] = []
        """Keys with the one range that is plausible."""
        self.ranged: list[tuple[str, Ranges]] = []
        """Keys with several ranges."""
        self.hinted: list[tuple[str, str]] = []
        """Keys, with their path, that a neighbour names."""
        self.by_hint: dict[str, list[tuple[str, Ranges]]] = {}
        self.objects: list[tuple[str, _Node]] = []
        self.lists: list[tuple[str, _Node]] = []


class _Node:
    """A path, with the shapes that objects at it have had."""

    __slots__ = ("first", "path", "shapes")

    def __init__(self, path: str) -> None:
        self.path = path
        self.first = 0
        """Id of the first shape: so usual that it needs no mark."""
        self.shapes: dict[tuple[Any, ...], _Shape] = {}


class _Inspect(Exception):  # noqa: N818 - no error: the message must be read in full
    """The message holds something that only its values explain."""


class Structure:
    """Gives keys; learns shapes as they come, and forgets all when there are too many."""

    def __init__(self) -> None:
        self._root = _Node("")
        self._count = 0
        self._next = 0

    def key(self, value: Any) -> Any:
        """Return a hashable key, or None if the message must be read in full every time."""
        if self._count > MOST_SHAPES:
            self._root = _Node("")
            self._count = 0
        try:
            if type(value) is dict:
                return self._object(self._root, value, 0)
            return self._list(self._root, value, 0) if type(value) is list else None
        except _Inspect:
            return None

    def _object(self, node: _Node, value: dict[str, Any], depth: int) -> Any:
        shape = node.shapes.get((tuple(value), tuple(map(type, value.values()))))
        if shape is None:
            if depth > DEEPEST or len(value) > MOST_KEYS:
                raise _Inspect
            shape = self._learn(node, value)
            node.shapes[tuple(value), tuple(map(type, value.values()))] = shape
        marks: list[Any] = []
        for key, usual in shape.texts:
            seen = recall(hash(value[key]))
            if seen is None:
                seen = look(value[key])
            if seen != usual:
                if seen in _READ:
                    raise _Inspect
                marks.append((key, seen))
        for key, low, high in shape.numbers:
            if not low <= value[key] <= high:
                marks.append((key, look(value[key]) or "out"))
        if shape.lists or shape.objects:
            self._inside(shape, value, depth + 1, marks)
        if shape.verbatim or shape.hinted or shape.ranged:
            self._rarer(shape, value, marks)
        return (shape.id, *marks) if marks else shape.id

    def _inside(self, shape: _Shape, value: dict[str, Any], depth: int, marks: list[Any]) -> None:
        for key, below in shape.lists:
            marks.append(self._list(below, value[key], depth))
        for key, below in shape.objects:
            inner = self._object(below, value[key], depth)
            if type(inner) is tuple or inner != below.first:
                marks.append((key, inner))

    @staticmethod
    def _rarer(shape: _Shape, value: dict[str, Any], marks: list[Any]) -> None:
        for key, usual in shape.verbatim:
            text = value[key]
            if text != usual:
                marks.append((key, text if len(text) <= _LONGEST_WORD else look(text)))
        for key, ranges in shape.ranged:
            if not _within(value[key], ranges):
                marks.append((key, look(value[key]) or "out"))
        if shape.hinted:
            hint = sibling(value, NAME_KEYS)
            known = shape.by_hint.get(hint)
            if known is None:
                known = [(key, _ranges(path, hint)) for key, path in shape.hinted]
                if len(shape.by_hint) < _MOST_HINTS:
                    shape.by_hint[hint] = known
            for key, ranges in known:
                if not _within(value[key], ranges):
                    marks.append((key, look(value[key]) or "out"))

    def _list(self, node: _Node, value: list[Any], depth: int) -> Any:
        size = len(value)
        if not value:
            return "[]"
        if numeric(value):
            if size >= _ARRAY:
                raise _Inspect
            return ("[n]", size, min(value) < 0, max(value) > _LARGE)
        if depth > DEEPEST or size > MOST_ITEMS:
            raise _Inspect
        marks = set()
        for item in value:
            if type(item) is dict:
                marks.add(self._object(node, item, depth + 1))
            elif type(item) is list:
                marks.add(self._list(node, item, depth + 1))
            else:
                seen = look(item)
                if seen in _READ:
                    raise _Inspect
                marks.add((type(item), seen))
        return ("[]", size.bit_length(), frozenset(marks))

    def _learn(self, node: _Node, value: dict[str, Any]) -> _Shape:
        self._count += 1
        self._next += 1
        shape = _Shape(self._next)
        if not node.shapes:
            node.first = shape.id
        named = not VALUE_KEYS.isdisjoint(value)
        for key, item in value.items():
            path = path_below(node.path, key)
            kind = type(item)
            if kind is dict:
                shape.objects.append((key, _Node(path)))
            elif kind is list:
                shape.lists.append((key, _Node(path + "[]")))
            elif kind is str:
                _learn_text(shape, key, item, named)
            elif kind is int or kind is float:
                _learn_number(shape, key, path, kind is int, named)
        return shape


_READ = frozenset(("base64", "base64 long", "data uri", "text long", "nested"))


_WORDS = UNIT_KEYS | WORD_KEYS | EVENT_KEYS
_WORDY = _WORDS | NAME_KEYS


def bare_look(value: Any, path: str, hint: str) -> str | None:
    """Return what a value that is a whole message looks like; None if it must be read each time.

    `path` and `hint` are what it was announced as, or empty.
    """
    if isinstance(value, str):
        if not _WORDY.isdisjoint(path.split(".")):
            return None
        seen = look(value)
        return None if seen in _READ else seen
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return "" if _within(value, _ranges(path, hint)) else look(value) or "out"
    return None


def is_verbatim(value: dict[str, Any], key: str) -> bool:
    """Return whether a text of an object counts as it is written, and not by its look."""
    return _verbatim(key, not VALUE_KEYS.isdisjoint(value))


def number_ranges(value: dict[str, Any], key: str, path: str) -> Ranges | None:
    """Return the ranges in which a number of an object is plausible; None if it may be any.

    `path` is that of the number.
    """
    if key in VALUE_KEYS:
        return _ranges(path, sibling(value, NAME_KEYS))
    ranges = _ranges(path)
    return None if ranges is ANY and type(value[key]) is float else ranges


def path_below(path: str, key: str) -> str:
    """Return the path of what an object holds under a key."""
    return f"{path}.{key_name(key)}" if path else key_name(key)


def _verbatim(key: str, named: bool) -> bool:
    return key in _WORDS or (named and key in NAME_KEYS)


def _learn_text(shape: _Shape, key: str, text: str, named: bool) -> None:
    if _verbatim(key, named):
        shape.verbatim.append((key, text if len(text) <= _LONGEST_WORD else ""))
        return
    usual = look(text)
    # What must be read is never usual: it is marked each time.
    shape.texts.append((key, "" if usual in _READ else usual))


def _learn_number(shape: _Shape, key: str, path: str, whole: bool, named: bool) -> None:
    if named and key in VALUE_KEYS:
        shape.hinted.append((key, path))
        return
    ranges = _ranges(path)
    if len(ranges) > 1:
        shape.ranged.append((key, ranges))
    elif whole or ranges is not ANY:
        shape.numbers.append((key, *ranges[0]))


def _within(number: float, ranges: Ranges) -> bool:
    for low, high in ranges:  # noqa: SIM110 - a generator costs more than all the rest
        if low <= number <= high:
            return True
    return False


def _ranges(path: str, hint: str = "") -> Ranges:
    reading = read_name(path, hint)
    quantity = QUANTITIES.get(reading.category) if reading else None
    return quantity.ranges if quantity and quantity.ranges else ANY
