"""Sparkplug B: metrics of edge nodes and devices, which are named once, at birth."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.protobuf_wire import Field, floating, read_fields
from schouw_agent.plugins import Format
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened, Term

_TOPIC = re.compile(r"spBv1\.0/([^/]+)/(N|D)(BIRTH|DATA|CMD|DEATH)/([^/]+)(?:/([^/]+))?")
_MOST_METRICS = 2048
_LONGEST_NAME = 256
_DEEPEST = 3
# Fields of Payload and Metric, and the data types that are signed.
_METRICS = 2
_NAME, _ALIAS, _TYPE, _PROPERTIES = 1, 2, 4, 9
_INTEGER, _LONG, _FLOAT, _DOUBLE, _BOOLEAN, _TEXT, _OCTETS, _DATASET, _TEMPLATE = range(10, 19)
_SIGNED_BITS = {1: 8, 2: 16, 3: 32, 4: 64}
_UNITS = ("engUnit", "Engineering Unit", "unit", "units")


class _Metric(NamedTuple):
    name: str
    alias: int | None
    unit: str
    leaves: Sequence[Leaf]


def _probe(content: Content) -> float:
    named = _TOPIC.fullmatch(content.topic)
    if named is None or (named[2] == "D") != bool(named[5]):
        return 0.0
    try:
        read_fields(content.octets)
    except DecodeError:
        return 0.0
    return 0.97


def _open(content: Content) -> Opened:
    named = _TOPIC.fullmatch(content.topic)
    if named is None:
        raise DecodeError("sparkplug_b: another namespace")
    group, node, device = named[1], named[4], named[5]
    try:
        parts = [f.value for f in read_fields(content.octets) if f.number == _METRICS]
        metrics = [_metric(part, 0) for part in parts[:_MOST_METRICS] if isinstance(part, bytes)]
    except DecodeError:
        raise DecodeError("sparkplug_b: malformed") from None
    scope = f"spBv1.0/{group}/{node}"
    # A command is what the node is told, and not what it says.
    leaves = [] if named[3] == "CMD" else [leaf for metric in metrics for leaf in metric.leaves]
    terms = {
        _short(metric.alias): Term(_path(metric.name), metric.unit)
        for metric in metrics
        if metric.alias is not None and metric.name
    }
    return Opened(
        leaves=leaves,
        subject=device or node,
        identifiers={"name": device or node},
        terms={scope: terms} if terms and named[3] == "BIRTH" else {},
        scope=scope,
        undecoded=OVER_LIMIT if len(parts) > _MOST_METRICS else "",
    )


def _short(alias: int) -> str:
    return f"@{alias}"


def _path(name: str) -> str:
    return name.replace(".", "_").replace("/", ".")


def _metric(octets: bytes, depth: int) -> _Metric:
    name, alias, unit, kind = "", None, "", 0
    values: list[Field] = []
    for each in read_fields(octets):
        if each.number == _NAME and isinstance(each.value, bytes):
            name = each.value[:_LONGEST_NAME].decode("utf-8", "replace")
        elif each.number == _ALIAS and isinstance(each.value, int):
            alias = each.value
        elif each.number == _TYPE and isinstance(each.value, int):
            kind = each.value
        elif each.number == _PROPERTIES and isinstance(each.value, bytes):
            unit = _unit(each.value)
        elif each.number >= _INTEGER:
            values.append(each)
    path = _path(name) if name or alias is None else _short(alias)
    leaves = [leaf for each in values for leaf in _leaves(each, kind, path, unit, depth)]
    return _Metric(name, alias, unit, leaves)


def _leaves(found: Field, kind: int, path: str, unit: str, depth: int) -> Iterator[Leaf]:
    value = found.value
    if isinstance(value, int):
        if found.number == _BOOLEAN:
            yield Leaf(path, bool(value), unit)
        elif found.number in (_INTEGER, _LONG):
            yield Leaf(path, _integer(value, kind), unit)
    elif found.number in (_FLOAT, _DOUBLE):
        yield Leaf(path, floating(value), unit)
    elif found.number == _TEXT:
        yield Leaf(path, value.decode("utf-8", "replace"), unit)
    elif found.number == _OCTETS:
        yield Leaf(path, value)
    elif found.number == _TEMPLATE and depth < _DEEPEST:
        for part in read_fields(value):
            if part.number == _METRICS and isinstance(part.value, bytes):
                for leaf in _metric(part.value, depth + 1).leaves:
                    yield leaf._replace(path=f"{path}.{leaf.path}")
    elif found.number == _DATASET:
        yield from _dataset(value, path)


def _integer(value: int, kind: int) -> int:
    bits = _SIGNED_BITS.get(kind)
    if bits is None:
        return value
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _dataset(octets: bytes, path: str) -> Iterator[Leaf]:
    """Yield the cells of a table; a column's name ends the path of its cells."""
    fields = read_fields(octets)
    columns = [
        f.value[:_LONGEST_NAME].decode("utf-8", "replace")
        for f in fields
        if f.number == 2 and isinstance(f.value, bytes)
    ]
    for row in fields:
        if row.number != 4 or not isinstance(row.value, bytes):
            continue
        cells = [f.value for f in read_fields(row.value) if isinstance(f.value, bytes)]
        for column, cell in zip(columns, cells, strict=False):
            for value in read_fields(cell):
                moved = value._replace(number=value.number + _INTEGER - 1)
                yield from _leaves(moved, 0, f"{path}[].{_path(column)}", "", _DEEPEST)


def _unit(octets: bytes) -> str:
    """Return the engineering unit that a set of properties holds; empty if none."""
    fields = read_fields(octets)
    keys = [f.value for f in fields if f.number == 1 and isinstance(f.value, bytes)]
    values = [f.value for f in fields if f.number == 2 and isinstance(f.value, bytes)]
    for key, value in zip(keys, values, strict=False):
        if key.decode("utf-8", "replace") in _UNITS:
            for part in read_fields(value):
                if part.number == 8 and isinstance(part.value, bytes):
                    return part.value[:32].decode("utf-8", "replace")
    return ""


FORMAT = Format(
    id="sparkplug_b",
    title="Sparkplug B payload",
    reference="Eclipse Sparkplug 3.0.0, 4 (topics) and 6.4 (payloads)",
    probe=_probe,
    open=_open,
)
