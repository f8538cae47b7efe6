"""Over how long the figures of a message are, if it tells."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

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
        parent, name = _named(leaf)
        if not _INTERVAL.isdisjoint(name) and (seconds := _seconds(leaf, name)):
            told.append(seconds)
        elif (is_end := _is_end(name)) is not None and (moment := _moment(leaf.value)):
            ends.setdefault(parent, {})[is_end] = moment
    told += [
        (pair[True] - pair[False]).total_seconds()
        for pair in ends.values()
        if len(pair) == 2 and pair[True].tzinfo == pair[False].tzinfo
    ]
    return min((seconds for seconds in told if 0 < seconds <= LONGEST_SECONDS), default=None)


def seconds_of_one(leaf: Leaf) -> float:
    """Return of how many seconds the number of a leaf is one; 0 if it is no interval."""
    _, name = _named(leaf)
    return 0 if _INTERVAL.isdisjoint(name) else _scale(leaf, name)


def has_moments(leaves: Iterable[Leaf]) -> bool:
    """Return whether there may be two moments that an interval lies between."""
    seen: dict[str, set[bool]] = {}
    for leaf in leaves:
        parent, name = _named(leaf)
        is_end = _is_end(name)
        if is_end is not None and isinstance(leaf.value, str) and _MOMENT.match(leaf.value):
            seen.setdefault(parent, set()).add(is_end)
    return any(len(each) == 2 for each in seen.values())


def _named(leaf: Leaf) -> tuple[str, Sequence[str]]:
    """Return the path of what a leaf is in, and the words of its own name."""
    parent, _, name = leaf.path.rpartition(".")
    return parent, words(name)


def _is_end(name: Sequence[str]) -> bool | None:
    """Return whether a name is that of an end, and not of a start; None if it is neither."""
    if not _ENDS.isdisjoint(name):
        return True
    return None if _STARTS.isdisjoint(name) else False


def _seconds(leaf: Leaf, name: Sequence[str]) -> float | None:
    """Return an interval in seconds; None without a unit: nobody can tell which it is in."""
    if isinstance(leaf.value, str):
        written = _DURATION.fullmatch(leaf.value)
        hours, minutes, seconds = (int(part or 0) for part in written.groups()) if written else (
            0, 0, 0
        )  # fmt: skip
        return float(hours * 3600 + minutes * 60 + seconds) or None
    value = number(leaf.value)
    return value * _scale(leaf, name) or None if value else None


def _scale(leaf: Leaf, name: Sequence[str]) -> float:
    unit = leaf.unit.lower() or next((each for each in name if each in _SECONDS), "")
    return _SECONDS.get(unit, 0)


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
