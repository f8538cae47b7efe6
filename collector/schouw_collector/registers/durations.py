"""Lengths of time, as people write them and as ISO 8601 does."""

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
_WORDS = {
    **dict.fromkeys(("second", "seconds", "sec", "s", "seconde", "seconden"), "PT{}S"),
    **dict.fromkeys(("minute", "minutes", "min", "minuut", "minuten"), "PT{}M"),
    **dict.fromkeys(("hour", "hours", "h", "uur", "uren"), "PT{}H"),
    **dict.fromkeys(("day", "days", "d", "dag", "dagen"), "P{}D"),
    **dict.fromkeys(("week", "weeks", "weken"), "P{}W"),
    **dict.fromkeys(("month", "months", "maand", "maanden"), "P{}M"),
    **dict.fromkeys(("year", "years", "jaar", "jaren"), "P{}Y"),
}
_LONGEST = 40
_WRITTEN = re.compile(r"(?<![\w.,])(\d{1,5})[\s-]*([a-z]{1,8})\b")


def iso_duration(text: str) -> str:
    """Return the one duration that a text names, such as P30D for "30 days"; empty if unclear."""
    as_iso = text.strip().upper()
    if len(as_iso) <= _LONGEST and seconds_of(as_iso) is not None:
        return as_iso
    found = {
        _WORDS[word].format(int(figure))
        for figure, word in _WRITTEN.findall(text[:400].casefold())
        if word in _WORDS
    }
    return found.pop() if len(found) == 1 else ""


def seconds_of(duration: str) -> float | None:
    """Return an ISO 8601 duration in seconds; None if it is none, or empty."""
    found = _PATTERN.fullmatch(duration)
    if found is None or not any(found.groupdict().values()):
        return None
    return sum(float(found[unit] or 0) * size for unit, size in _SECONDS.items())
