"""Lengths of time as ISO 8601 writes them."""

import re

_PATTERN = re.compile(
    r"P(?:(?P<years>\d+(?:\.\d+)?)Y)?(?:(?P<months>\d+(?:\.\d+)?)M)?(?:(?P<weeks>\d+(?:\.\d+)?)W)?"
    r"(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_SECONDS = {
    "years": 31_622_400.0,
    "months": 2_678_400.0,
    "weeks": 604_800.0,
    "days": 86_400.0,
    "hours": 3_600.0,
    "minutes": 60.0,
    "seconds": 1.0,
}
"""A year and a month at their longest: nobody is held to a shorter one."""


def seconds_of(duration: str) -> float | None:
    """Return an ISO 8601 duration in seconds; None if it is none, or empty."""
    found = _PATTERN.fullmatch(duration)
    if found is None or not any(found.groupdict().values()):
        return None
    return sum(float(found[unit] or 0) * size for unit, size in _SECONDS.items())
