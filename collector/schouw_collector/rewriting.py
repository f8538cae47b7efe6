"""A text in the words of the phrase book: what is inflected, compounded or misspelled, put plain.

"Wegdektemperaturen" becomes "temperatuur", "fietstellingen" becomes "fiets tellingen".  So one
phrase serves for all the forms in which registers write it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from schouw_collector.phrase_book import Lexicon, book
from schouw_collector.word_forms import bases, closest, splits, without_link

_WORDS = re.compile(r"(?<![\w'])-?[a-z]+(?:['-][a-z]+)*-?(?![\w'])")
_SHORTEST_JOINED = 7
_SHORTEST_PART = 3
AS_COMPOUND = 0.85
AS_MISSPELLED = 0.75
_ELLIPSIS = 3
"""So far on is looked for what completes "wind- en …"."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text in the words of the book, and where each stood."""

    text: str
    source: str
    starts: tuple[int, ...]
    """Where the pieces begin in `text`."""
    origins: tuple[tuple[int, int, float], ...]
    """For each piece its place in `source`, and how sure its reading is."""

    def quote(self, start: int, end: int) -> str:
        """Return the words of the source that a part of the text stands for."""
        pieces = self._pieces(start, end)
        return self.source[pieces[0][0] : pieces[-1][1]]

    def confidence(self, start: int, end: int) -> float:
        """Return how sure the reading of the words in a part of the text is."""
        return min(sure for _, _, sure in self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Sequence[tuple[int, int, float]]:
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        return self.origins[first : last + 1]


def rewrite(source: str) -> Rewritten:
    """Return a plain text (`phrase_book.plain`) in the words of the book."""
    words = [match.span() for match in _WORDS.finditer(source)]
    out: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int, float]] = []
    length = place = 0

    def put(text: str, start: int, end: int, sure: float) -> None:
        nonlocal length
        if text:
            starts.append(length)
            origins.append((start, end, sure))
            out.append(text)
            length += len(text)

    number = 0
    while number < len(words):
        start, end = words[number]
        # Each piece is one word or what stands between two, so that a quotation is exact.
        for at in range(place, start):
            put(source[at], at, at + 1, 1.0)
        read, sure, used = _read(source, words, number)
        end = words[number + used - 1][1]
        put(read, start, end, sure)
        number, place = number + used, end
    for at in range(place, len(source)):
        put(source[at], at, at + 1, 1.0)
    return Rewritten("".join(out), source, tuple(starts), tuple(origins))


def _read(source: str, words: Sequence[tuple[int, int]], number: int) -> tuple[str, float, int]:
    """Return a word in words of the book, how sure that is, and how many words it takes."""
    start, end = words[number]
    word = source[start:end]
    if word.endswith("-"):
        return _completed(word, [source[s:e] for s, e in words[number + 1 :][:_ELLIPSIS]]), 1.0, 1
    if word.startswith("-"):
        return _continued(word, [source[s:e] for s, e in words[:number][-_ELLIPSIS:]]), 1.0, 1
    lexicon = book().lexicon
    if number + 1 < len(words):
        next_start, next_end = words[number + 1]
        joined = word + source[next_start:next_end]
        # "Geluids niveau", as many write it; "beweging en geluid" speaks of no "bewegingen".
        if (
            source[end:next_start] == " "
            and next_end - next_start >= _SHORTEST_PART
            and len(joined) >= _SHORTEST_JOINED
            and lexicon.knows(joined, beyond=len(word))
        ):
            return joined, AS_COMPOUND, 2
    return *_resolved(word), 1


def _completed(word: str, following: Sequence[str]) -> str:
    """Return "water-" in "water- en luchttemperatuur" as "watertemperatuur", if the book has it."""
    stem = word[:-1]
    for other in following:
        for _, ending in splits(other):
            whole = _plain_form(stem + ending)
            if whole:
                return whole
    return _resolved(stem)[0]


def _continued(word: str, preceding: Sequence[str]) -> str:
    """Return "-richting" in "windsnelheid en -richting" as "windrichting", if the book has it."""
    ending = word[1:]
    for other in reversed(preceding):
        for cut in range(3, len(other)):
            whole = _plain_form(other[:cut] + ending)
            if whole:
                return whole
    return _resolved(ending)[0]


@lru_cache(maxsize=20_000)
def _resolved(word: str) -> tuple[str, float]:
    lexicon = book().lexicon
    if word in lexicon.words:
        return word, 1.0
    measured = "" if "-" in word else _measured(word, lexicon)
    if measured:
        return measured, AS_COMPOUND
    known = _plain_form(word)
    if known:
        return known, 1.0
    if "-" in word:
        joined = _plain_form(word.replace("-", ""))
        parts = [_resolved(part) for part in word.split("-")]
        return joined or " ".join(part for part, _ in parts), min(sure for _, sure in parts)
    head = _head(word, lexicon)
    if head:
        return head, AS_COMPOUND
    meant = closest(word, lexicon.by_letter)
    return (meant, AS_MISSPELLED) if meant else (word, 1.0)


def _plain_form(word: str) -> str:
    """Return the word, or what it is a form of, if the book has it; else nothing."""
    lexicon = book().lexicon
    if lexicon.knows(word):
        return word
    return next((base for base in bases(word) if base in lexicon.words), "")


def _measured(word: str, lexicon: Lexicon) -> str:
    """Return "geluidsmeting" as "geluid meting", if the book has both; else nothing."""
    for tail in lexicon.tails:
        for base in bases(word):
            if base.endswith(tail) and len(base) > len(tail):
                for modifier in without_link(base.removesuffix(tail)):
                    known = _plain_form(modifier) or _head(modifier, lexicon)
                    if known:
                        return f"{known} {tail}"
    return ""


def _head(word: str, lexicon: Lexicon) -> str:
    """Return what a compound ends in, if the book has it; else nothing."""
    for modifier, rest in splits(word):
        if modifier not in lexicon.no_modifiers:
            for base in bases(rest):
                if base in lexicon.heads:
                    return base
    return ""
