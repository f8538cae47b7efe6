"""Over how long the figures of a message are, if it tells."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from schouw_agent.records import Leaf
from schouw_agent.vocabulary.names import words

LONGEST_SECONDS = 366 * 86_400.0
"""What is longer is no interval."""
_INTERVAL = frozenset(
    (
        "interval",
        "window",
        "aggregation",
        "bucket",
        "integration",
        "meetinterval",
        "tijdvak",
        "period",
        "periode",
        "periodo",
        "zeitraum",
        "intervalle",
        "intervalo",
    )
)
_SECONDS = {
    "ms": 0.001, "millis": 0.001, "milliseconds": 0.001,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "seconden": 1,
    "min": 60, "mins": 60, "minute": 60, "minutes": 60, "minuten": 60,
    "h": 3600, "hour": 3600, "hours": 3600, "uur": 3600,
}  # fmt: skip
_STARTS, _ENDS = (
    frozenset(("from", "start", "begin", "van")),
    frozenset(("to", "until", "end", "stop", "tot", "eind", "einde")),
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})S)?")


def window(leaves: Iterable[Leaf]) -> float | None:
    """Return the seconds that the figures of a message are over, if it tells; the shortest."""
    told: list[float] = []
    ends: dict[str, dict[bool, datetime]] = {}
    for leaf in leaves:
        name = _name(leaf.path)
        if name.is_interval and (seconds := _seconds(leaf, name)):
            told.append(seconds)
        elif name.is_end is not None and (moment := _moment(leaf.value)):
            ends.setdefault(name.parent, {})[name.is_end] = moment
    told += [
        (pair[True] - pair[False]).total_seconds()
        for pair in ends.values()
        if len(pair) == 2 and pair[True].tzinfo == pair[False].tzinfo
    ]
    return min((seconds for seconds in told if 0 < seconds <= LONGEST_SECONDS), default=None)


def seconds_of_one(leaf: Leaf) -> float:
    """Return of how many seconds the number of a leaf is one; 0 if it is no interval."""
    name = _name(leaf.path)
    return _scale(leaf, name) if name.is_interval else 0


def has_moments(leaves: Iterable[Leaf]) -> bool:
    """Return whether there may be two moments that an interval lies between."""
    seen: dict[str, set[bool]] = {}
    for leaf in leaves:
        name = _name(leaf.path)
        if name.is_end is not None and isinstance(leaf.value, str) and _MOMENT.match(leaf.value):
            seen.setdefault(name.parent, set()).add(name.is_end)
    return any(len(each) == 2 for each in seen.values())


def window_in_words(leaves: Iterable[Leaf]) -> float | None:
    """Return the seconds of the shortest interval that is told as a text, as PT5M; None if none."""
    return window(leaf for leaf in leaves if isinstance(leaf.value, str))


class _Name(NamedTuple):
    """What the name of a value says."""

    parent: str
    """Path of what it is in."""
    is_interval: bool
    is_end: bool | None
    """Of an end, and not of a start; None if it is neither."""
    unit: str


@lru_cache(maxsize=8192)
def _name(path: str) -> _Name:
    parent, _, name = path.rpartition(".")
    said = words(name)
    is_end = not _ENDS.isdisjoint(said)
    unit = next((each for each in said if each in _SECONDS), "")
    return _Name(
        parent,
        not _INTERVAL.isdisjoint(said),
        is_end if is_end or not _STARTS.isdisjoint(said) else None,
        unit,
    )


def _seconds(leaf: Leaf, name: _Name) -> float | None:
    """Return an interval in seconds; None without a unit: nobody can tell which it is in."""
    if isinstance(leaf.value, str):
        written = _DURATION.fullmatch(leaf.value)
        hours, minutes, seconds = (int(part or 0) for part in written.groups()) if written else (
            0, 0, 0
        )  # fmt: skip
        return float(hours * 3600 + minutes * 60 + seconds) or None
    value = number(leaf.value)
    return value * _scale(leaf, name) or None if value else None


def _scale(leaf: Leaf, name: _Name) -> float:
    return _SECONDS.get(leaf.unit.lower() or name.unit, 0)


def _moment(text: Any) -> datetime | None:
    if not isinstance(text, str) or not _MOMENT.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def number(value: Any) -> float | None:
    """Return a value as a number; None if it is none."""
    return float(value) if type(value) is int or type(value) is float else None
