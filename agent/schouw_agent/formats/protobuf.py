"""Protocol Buffers without a schema: numbered fields, whose meaning nobody tells."""

import math
from collections import Counter

from schouw_agent.errors import DecodeError
from schouw_agent.formats.protobuf_wire import (
    FIXED32,
    FIXED64,
    LENGTH_DELIMITED,
    VARINT,
    Field,
    floating,
    read_fields,
    signed,
)
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Nested, Opened

_MEDIA_TYPES = frozenset(
    ("application/x-protobuf", "application/protobuf", "application/vnd.google.protobuf")
)
_DEEPEST = 8
_MOST_LEAVES = 2048
_HIGHEST_NUMBER = 100
_FEWEST = 3
_SHORTEST, _LONGEST = 8, 2**20
_SHORTEST_TEXT = 3
_SHORTEST_NESTED = 16


class _Walk:
    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.nested: list[Nested] = []
        self.texts = 0

    def message(self, fields: list[Field], path: str, depth: int) -> None:
        times = Counter(field.number for field in fields)
        for field in fields:
            below = f"{path}field{field.number}" + "[]" * (times[field.number] > 1)
            if len(self.leaves) >= _MOST_LEAVES:
                return
            if field.wire_type == VARINT and isinstance(field.value, int):
                self.leaves.append(Leaf(below, signed(field.value)))
            elif isinstance(field.value, bytes):
                self._octets(field.wire_type, field.value, below, depth)

    def _octets(self, wire_type: int, octets: bytes, path: str, depth: int) -> None:
        if wire_type in (FIXED32, FIXED64):
            self.leaves.append(Leaf(path, _number(octets)))
            return
        text = _text(octets)
        if text is not None:
            self.texts += len(text) >= _SHORTEST_TEXT
            self.leaves.append(Leaf(path, text))
            return
        inner = _strict(octets) if depth < _DEEPEST else None
        if inner:
            self.message(inner, path + ".", depth + 1)
            return
        self.leaves.append(Leaf(path, octets))
        if len(octets) >= _SHORTEST_NESTED:
            self.nested.append(Nested(path, Content(octets)))


def _number(octets: bytes) -> float | int:
    number = floating(octets)
    if math.isfinite(number) and (number == 0 or 1e-6 < abs(number) < 1e12):
        return round(number, 7)
    return int.from_bytes(octets, "little")


def _text(octets: bytes) -> str | None:
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text and all(c.isprintable() or c in "\r\n\t" for c in text) else None


def _strict(octets: bytes) -> list[Field] | None:
    """Return the fields if a serialiser would have written them so: in order, with low numbers."""
    try:
        fields = read_fields(octets)
    except DecodeError:
        return None
    last = 0
    kinds: dict[int, int] = {}
    for field in fields:
        if not last <= field.number <= _HIGHEST_NUMBER:
            return None
        if kinds.setdefault(field.number, field.wire_type) != field.wire_type:
            return None
        last = field.number
    return fields


def _read(content: Content) -> _Walk | None:
    octets = content.octets
    told = content.media_type in _MEDIA_TYPES
    if not octets or len(octets) > _LONGEST:
        return None
    # The first field is one of the first two dozen: a tag of one octet, or two.
    if not told and (len(octets) < _SHORTEST or octets[0] & 7 not in (0, 1, 2, 5)):
        return None
    fields = _strict(octets)
    if not fields:
        return None
    walk = _Walk()
    walk.message(fields, "", 0)
    if told:
        return walk
    several = len({field.number for field in fields}) >= _FEWEST
    # Text is what chance does not make; a row of numbers it may.
    worded = walk.texts and any(field.wire_type == LENGTH_DELIMITED for field in fields)
    opaque = sum(isinstance(leaf.value, bytes) for leaf in walk.leaves)
    return walk if several and worded and 2 * opaque <= len(walk.leaves) else None


def _probe(content: Content) -> float:
    if _read(content) is None:
        return 0.0
    return 0.8 if content.media_type in _MEDIA_TYPES else 0.55


def _open(content: Content) -> Opened:
    walk = _read(content)
    if walk is None:
        raise DecodeError("protobuf: not a message that a serialiser wrote")
    return Opened(leaves=walk.leaves, nested=walk.nested)


FORMAT = Format(
    id="protobuf",
    title="Protocol Buffers, without a schema",
    reference="protobuf.dev, Encoding",
    probe=_probe,
    open=_open,
)
