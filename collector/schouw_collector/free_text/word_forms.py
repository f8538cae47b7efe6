"""How a Dutch or English word may be written otherwise: inflected, compounded, misspelled."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

_VOWELS = "aeiou"
_SHORTEST_BASE = 4
_SHORTEST_MODIFIER = 3
_SHORTEST_HEAD = 5
_LINKS = ("", "s", "e", "en")
"""What Dutch puts between the parts of a compound."""
_ONE_ERROR_FROM = 8
_TWO_ERRORS_FROM = 13


@lru_cache(maxsize=20_000)
def bases(word: str) -> tuple[str, ...]:
    """Return what a word may be an inflected form of, the word itself first.

    Plural and verb forms of Dutch and English, also with the changes of spelling that they bring
    (vakken, bomen, golven; stories, counting).  Some of them are no words.
    """
    found = [word, *_dutch(word), *_english(word)]
    return tuple(dict.fromkeys(b for b in found if len(b) >= _SHORTEST_BASE or b == word))


def _dutch(word: str) -> Iterator[str]:
    for ending in ("'s", "s", "tjes", "tje", "je"):
        if word.endswith(ending):
            yield word.removesuffix(ending)
    if word.endswith("heden"):
        yield word[:-5] + "heid"
    if word.endswith("en") and len(word) >= 5:
        yield word[:-1]
        yield from _singular(word[:-2])


def _singular(stem: str) -> Iterator[str]:
    """Return what may stand before a plural or infinitive -en: vakk, boom, golf."""
    yield stem
    last, before = stem[-1], stem[-2]
    if last == before:
        yield stem[:-1]
    elif before in _VOWELS and stem[-3] not in _VOWELS:
        yield stem[:-1] + before + last
    if last in "vz":
        yield stem[:-1] + {"v": "f", "z": "s"}[last]


def _english(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es"):
        yield word[:-2]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            stem = word.removesuffix(ending)
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def without_link(modifier: str) -> Iterator[str]:
    """Yield the first part of a compound, with and without what joins it to the rest."""
    for link in _LINKS:
        if modifier.endswith(link) and len(modifier) - len(link) >= _SHORTEST_MODIFIER:
            yield modifier.removesuffix(link).removesuffix("-")


def splits(word: str) -> Iterator[tuple[str, str]]:
    """Yield each way to cut a word in two that may be a compound, the longest last part first."""
    for cut in range(_SHORTEST_MODIFIER, len(word) - _SHORTEST_HEAD + 1):
        yield word[:cut], word[cut:]


def closest(word: str, lexicon: Mapping[str, Iterable[str]]) -> str:
    """Return the one word that is written almost like this one; "" if there is none, or several.

    `lexicon` holds words by their first letter.  A word of 8 letters may have one error, one of 13
    two: a letter too many, too few, another, or two swapped.  The first letter must be right.
    """
    if len(word) < _ONE_ERROR_FROM or len(word) > 60:
        return ""
    most = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    by_distance: dict[int, list[str]] = {}
    for other in lexicon.get(word[0], ()):
        if len(other) >= _ONE_ERROR_FROM and abs(len(other) - len(word)) <= most:
            distance = edit_distance(word, other, most)
            if distance <= most:
                by_distance.setdefault(distance, []).append(other)
    best = by_distance[min(by_distance)] if by_distance else []
    return best[0] if len(best) == 1 else ""


def edit_distance(one: str, other: str, most: int) -> int:
    """Return how many letters differ, a swap of neighbours as one; `most` + 1 if more than that."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        below = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, below[-1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and against == one[i - 2]:
                cost = min(cost, above[j - 2] + 1)
            below.append(cost)
        if min(below) > most and min(row) > most:
            return most + 1
        above, row = row, below
    return min(row[-1], most + 1)
