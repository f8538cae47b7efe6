"""The exact structure of a parsed message, as a key to what is remembered of it.

A key holds everything that a detector may rest on without reading values: key paths, types, the
look of every text and every large integer, whether a number is plausible under its name, and the
length class of lists.  Every value is looked at in every message; only the meaning is remembered.
"""

from typing import Any

from schouw_agent.formats.values import NAME_KEYS, UNIT_KEYS, VALUE_KEYS, numeric, sibling
from schouw_agent.looks import look
from schouw_agent.vocabulary.lexicon import read_name
from schouw_agent.vocabulary.quantities import QUANTITIES

DEEPEST = 12
MOST_SHAPES = 8192
MOST_ITEMS = 64
_LONGEST_WORD = 32
_LARGE = 10**7
"""Integers from here are looked at: an identifier is never smaller."""
_ARRAY = 16
"""A numeric array from this length is read by detectors, in every message."""
_WORD_KEYS = frozenset(
    ("type", "@type", "_type", "entityType", "device_class", "deviceType", "label")
)


class _Shape:
    """One set of keys and types at one path: what to look at there."""

    __slots__ = ("below", "hinted", "id", "numbers", "texts", "verbatim")

    def __init__(self, number: int) -> None:
        self.id = number
        self.texts: list[str] = []
        self.verbatim: list[str] = []
        self.numbers: list[tuple[str, tuple[tuple[float, float], ...]]] = []
        self.hinted: list[tuple[str, str]] = []
        self.below: list[tuple[str, _Node]] = []


class _Node:
    """A path, with the shapes that objects at it have had."""

    __slots__ = ("path", "shapes")

    def __init__(self, path: str) -> None:
        self.path = path
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
            return self._visit(self._root, value, 0)
        except _Inspect:
            return None

    def _visit(self, node: _Node, value: Any, depth: int) -> Any:
        if type(value) is dict:
            return self._object(node, value, depth)
        if type(value) is list:
            return self._list(node, value, depth)
        raise _Inspect

    def _object(self, node: _Node, value: dict[str, Any], depth: int) -> Any:
        signature = (tuple(value), tuple(map(type, value.values())))
        shape = node.shapes.get(signature)
        if shape is None:
            if depth > DEEPEST:
                raise _Inspect
            shape = self._learn(node, value)
            node.shapes[signature] = shape
        marks: list[Any] = []
        for key in shape.texts:
            seen = look(value[key])
            if seen:
                marks.append((key, seen))
                if seen in _READ:
                    raise _Inspect
        for key, ranges in shape.numbers:
            number = value[key]
            for low, high in ranges:
                if low <= number <= high:
                    break
            else:
                marks.append((key, look(number) or "out"))
        for key, path in shape.hinted:
            marks.append((key, _plausible(value[key], path, sibling(value, NAME_KEYS))))
        for key in shape.verbatim:
            text = value[key]
            marks.append((key, text if len(text) <= _LONGEST_WORD else look(text)))
        for key, below in shape.below:
            marks.append(self._visit(below, value[key], depth + 1))
        return (shape.id, *marks) if marks else shape.id

    def _list(self, node: _Node, value: list[Any], depth: int) -> Any:
        size = len(value)
        if depth > DEEPEST or (size > MOST_ITEMS and not numeric(value)):
            raise _Inspect
        if not value:
            return "[]"
        if numeric(value):
            if size >= _ARRAY:
                raise _Inspect
            return ("[n]", size, min(value) < 0, max(value) > _LARGE)
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
        named = not VALUE_KEYS.isdisjoint(value)
        for key, item in value.items():
            path = f"{node.path}.{key}" if node.path else key
            if isinstance(item, (dict, list)):
                shape.below.append((key, _Node(path + "[]" if isinstance(item, list) else path)))
            elif isinstance(item, str):
                verbatim = key in UNIT_KEYS or key in _WORD_KEYS or (named and key in NAME_KEYS)
                (shape.verbatim if verbatim else shape.texts).append(key)
            elif isinstance(item, (int, float)) and not isinstance(item, bool):
                if named and key in VALUE_KEYS:
                    shape.hinted.append((key, path))
                else:
                    shape.numbers.append((key, _ranges(path)))
        return shape


_READ = frozenset(("base64", "base64 long", "data uri", "text long", "nested"))


def _plausible(number: float, path: str, hint: str) -> str:
    if any(low <= number <= high for low, high in _ranges(path, hint)):
        return ""
    return look(number) or "out"


def _ranges(path: str, hint: str = "") -> tuple[tuple[float, float], ...]:
    reading = read_name(path, hint)
    quantity = QUANTITIES.get(reading.category) if reading else None
    if quantity is None or not quantity.ranges:
        return ((-_LARGE, _LARGE),)
    return quantity.ranges
