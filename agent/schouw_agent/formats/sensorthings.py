"""OGC SensorThings: an observation is named by its datastream, and is about a thing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_MOST_ROWS = 1024
_STREAMS = ("Datastream", "MultiDatastream")
_MARKS = ("phenomenonTime", "resultTime", *_STREAMS)


def _observations(value: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield observations with their paths: one alone, a page of them, or those of a datastream."""
    if "result" in value and any(key in value for key in _MARKS):
        yield "", value
        return
    for path, key in (("value[]", "value"), ("Observations[]", "Observations")):
        rows = value.get(key)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and "result" in row and any(mark in row for mark in _MARKS):
                yield path, row


def _probe(content: Content) -> float:
    return 0.9 if next(_observations(json_object(content)), None) else 0.0


def _open(content: Content) -> Opened:
    value = json_object(content)
    rows = list(_observations(value))
    if not rows:
        raise DecodeError("sensorthings: no observation")
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = OVER_LIMIT if len(rows) > _MOST_ROWS else ""
    subjects = set()
    for path, row in rows[:_MOST_ROWS]:
        stream = next((row[key] for key in _STREAMS if isinstance(row.get(key), dict)), value)
        about = text_at(stream, "Thing.name", "name")
        subjects.add(about)
        for part in ("result", "parameters", "FeatureOfInterest"):
            if part not in row:
                continue
            opened = open_value(row[part], f"{path}.{part}" if path else part)
            named = part == "result"
            leaves += (_named(leaf, stream, about, named=named) for leaf in opened.leaves)
            nested += (replace(each, subject=about) for each in opened.nested)
            over = over or opened.undecoded
    return Opened(
        leaves=leaves,
        subject=subjects.pop() if len(subjects) == 1 else "",
        nested=nested,
        undecoded=over,
        by_value=True,
    )


def _named(leaf: Leaf, stream: Mapping[str, Any], about: str, *, named: bool) -> Leaf:
    """Return a leaf with the unit and the observed property of its datastream."""
    if not named:
        return leaf._replace(subject=about)
    unit = text_at(stream, "unitOfMeasurement.symbol", "unitOfMeasurement.name")
    name = text_at(stream, "ObservedProperty.name", "ObservedProperties[].name", "name")
    return leaf._replace(subject=about, unit=leaf.unit or unit, hint=leaf.hint or name)


FORMAT = Format(
    id="sensorthings",
    title="OGC SensorThings observation",
    reference="OGC 18-088 (SensorThings API 1.1), 8.2.5 to 8.2.7",
    probe=_probe,
    open=_open,
)
