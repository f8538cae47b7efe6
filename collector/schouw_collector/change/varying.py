"""Topics, key paths and host names of which a part varies by itself, such as a running number."""

import re
from collections import defaultdict
from collections.abc import Iterable

_NUMBER = re.compile(r"\{id\}|\d+")
_VARIES = 10
"""Different words in one place, from which another one there is nothing new."""


def shape(text: str) -> str:
    """Return the text with each number, and what was taken out of it, as #."""
    return _NUMBER.sub("#", text)


class Known:
    """Names that were seen, cut at a separator; asked whether another is one of the kind."""

    def __init__(self, names: Iterable[str], separator: str) -> None:
        self._separator = separator
        self._shapes = {shape(name) for name in names}
        variants: dict[tuple[int, tuple[str, ...]], set[str]] = defaultdict(set)
        for name in self._shapes:
            parts = name.split(separator)
            for place, part in enumerate(parts):
                variants[_without(place, parts)].add(part)
        self._varying = {key for key, parts in variants.items() if len(parts) >= _VARIES}

    def __contains__(self, name: str) -> bool:
        """Return whether a name was seen, or differs from many in a place where they all differ."""
        found = shape(name)
        if found in self._shapes:
            return True
        parts = found.split(self._separator)
        return any(_without(place, parts) in self._varying for place in range(len(parts)))


def _without(place: int, parts: list[str]) -> tuple[int, tuple[str, ...]]:
    return place, (*parts[:place], *parts[place + 1 :])
