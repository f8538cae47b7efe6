"""Which parts of a text deny something, and which say why or where instead of what."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schouw_collector.free_text.phrase_book import Book

Spans = tuple[tuple[int, int], ...]
_SENTENCE = re.compile(r"[^.;!?]+(?:\.\d[^.;!?]*)*")


@dataclass(frozen=True, slots=True)
class Clauses:
    """Parts of a text, as spans of characters."""

    denied: Spans
    """What is not measured, or not kept."""
    setting: Spans
    """Why and where it is measured."""
    perhaps_setting: Spans
    """Why, or just as well what: "voor geluid"."""


def clauses(text: str, book: Book) -> Clauses:
    """Return the parts of a text, in the words of the book."""
    return Clauses(
        denied=tuple(_denied(text, book)),
        setting=tuple(m.span() for p in (book.purposes, book.places) for m in p.finditer(text)),
        perhaps_setting=tuple(m.span() for m in book.perhaps_purposes.finditer(text)),
    )


def inside(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether one of these spans holds a place in the text."""
    return any(start <= position < end for start, end in spans)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between full stops, semicolons and the like."""
    yield from (match.span() for match in _SENTENCE.finditer(text))


def _denied(text: str, book: Book) -> Iterator[tuple[int, int]]:
    # "Niet alleen beelden" denies nothing, nor does "niet langer dan 28 dagen bewaard".
    void = [match.span() for match in book.no_denial.finditer(text)]
    starts = {start for start, _ in void}
    yield from (m.span() for m in book.denial.finditer(text) if m.start() not in starts)
    for match in book.late_denial.finditer(text):
        start, end = match.span()
        # Live images are seen, also if they are not kept.
        if not inside(end - 1, void) and not book.in_view.search(text, start, end):
            yield start, end
