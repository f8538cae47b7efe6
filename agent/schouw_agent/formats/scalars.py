"""Values written as text in lines, as the numbers or flags that they are."""

import re

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,3})?$")
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_LONG = 12
_FLAGS = {"true": True, "false": False}


def scalar(text: str) -> str | int | float | bool:
    """Return a number or flag if the text is nothing else, else the text itself.

    Digits that are a code stay text: those that begin with a zero, and twelve and more.
    """
    text = text.strip()
    if not _NUMBER.match(text):
        return _FLAGS.get(text.lower(), text)
    if text.lstrip("+-").isdecimal():
        if len(text) >= _LONG or _LEADING_ZERO.match(text):
            return text
        return int(text)
    return float(text)


def is_number(text: str) -> bool:
    """Return whether a text is a number and nothing else."""
    return _NUMBER.match(text.strip()) is not None
