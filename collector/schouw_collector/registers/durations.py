"""Lengths of time that people write, as ISO 8601 durations."""

import re

_ISO = re.compile(r"P(?=.)(?:\d{1,5}[YMWD]){0,4}(?:T(?:\d{1,6}[HMS]){1,3})?")
_UNITS = {
    "second": ("PT{}S", 1),
    "minute": ("PT{}M", 60),
    "hour": ("PT{}H", 3600),
    "day": ("P{}D", 86_400),
    "week": ("P{}W", 604_800),
    "month": ("P{}M", 2_629_800),
    "year": ("P{}Y", 31_557_600),
}
_WORDS = {
    **dict.fromkeys(("second", "seconds", "sec", "s", "seconde", "seconden"), "second"),
    **dict.fromkeys(("minute", "minutes", "min", "minuut", "minuten"), "minute"),
    **dict.fromkeys(("hour", "hours", "h", "uur", "uren"), "hour"),
    **dict.fromkeys(("day", "days", "d", "dag", "dagen"), "day"),
    **dict.fromkeys(("week", "weeks", "weken"), "week"),
    **dict.fromkeys(("month", "months", "maand", "maanden"), "month"),
    **dict.fromkeys(("year", "years", "jaar", "jaren"), "year"),
}
_WRITTEN = re.compile(r"(?<![\w.,])(\d{1,5})[\s-]*([a-z]{1,8})\b")


def iso_duration(text: str) -> str:
    """Return the one duration that a text names, such as P30D for "30 days"; empty if unclear."""
    if _ISO.fullmatch(text.strip().upper()):
        return text.strip().upper()
    found = _written(text)
    return _UNITS[found[1]][0].format(found[0]) if found else ""


def seconds(text: str) -> float | None:
    """Return the one length of time that a text names in words, in seconds; None if unclear."""
    found = _written(text)
    return float(found[0] * _UNITS[found[1]][1]) if found and found[0] else None


def _written(text: str) -> tuple[int, str] | None:
    found = {
        (int(figure), _WORDS[word])
        for figure, word in _WRITTEN.findall(text[:400].casefold())
        if word in _WORDS
    }
    return found.pop() if len(found) == 1 else None
