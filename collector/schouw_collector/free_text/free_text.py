"""How free text is read: what a register calls "Wat meet de sensor?" as categories.

The phrases are data, in `free_text.toml`.  The reading shows the words that it rests on, so that a
person can correct it in the register or in the bindings file.  How well it does is measured:
docs/accuracy.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schouw_collector.free_text.clauses import Clauses, clauses, inside, sentences
from schouw_collector.free_text.phrase_book import Book, Phrase, book, plain
from schouw_collector.free_text.rewriting import Rewritten, rewrite
from schouw_collector.free_text.sensor_types import default_categories
from schouw_collector.registers.register_entry import CategoryMapping

_CERTAIN = 0.8
_VAGUE = 0.65
_COUNTED = 0.9
_BARE = 0.7
"""What is only named, as in "Fietsers", is taken to be counted."""
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words that declare one category, or one of several."""

    categories: tuple[str, ...]
    confidence: float
    words: str
    start: int
    replaces: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def read_text(
    text: str, sensor_type: str = "", contains_personal_data: bool | None = None
) -> tuple[tuple[str, ...], CategoryMapping]:
    """Return the category ids that a declared text means, sorted, and how they came about.

    First the words decide ("text rule").  Without a word that is known, the Amsterdam sensor type
    does ("type default"), with the box for personal data.  Without either there are none.  A
    bare "Camera" whose register denies personal data is read as the type's default: it may count.
    """
    known = book()
    read = rewrite(plain(text))
    parts = clauses(read.text, known)
    claims, denied = _claims(read, parts, known)
    if contains_personal_data is False and any(c.confidence >= _CERTAIN for c in claims):
        # "Camera telt fietsers": the camera is the means.  An empty box gets the wider reading.
        claims = [claim for claim in claims if claim.confidence >= _VAGUE]
    found: dict[str, float] = {}
    named: set[str] = set()
    replaced = {category for claim in claims for category in claim.replaces}
    for claim in claims:
        # Words for several categories mean one of them: none is missed when unseen.
        sole = len(claim.categories) == 1 and claim.confidence >= _CERTAIN
        for category in claim.categories:
            found[category] = max(found.get(category, 0.0), claim.confidence)
            named |= {category} if sole else set()
    for category in replaced:
        found.pop(category, None)
    vague_only = max(found.values(), default=0.0) < _VAGUE
    default = default_categories(sensor_type, contains_personal_data)
    words = _shown(claim.words for claim in claims)
    if found and not (vague_only and contains_personal_data is False and default):
        return tuple(sorted(found)), CategoryMapping(
            method="text rule",
            confidence=max(found.values()),
            phrases=words,
            denied=_shown(denied),
            vague=tuple(sorted(found.keys() - named)),
        )
    return default, CategoryMapping(
        method="type default" if default else "none",
        confidence=0.5 if default else 0.0,
        phrases=words,
        denied=_shown(denied),
    )


def _claims(read: Rewritten, parts: Clauses, known: Book) -> tuple[list[_Claim], list[str]]:
    """Return what the words declare, and the words that are denied."""
    matches = list(_phrases(read, known))
    masked = [m.start() for m in known.masked.finditer(read.text)]
    claims, denied = [], []
    for claim in matches:
        hidden = masked and known.maskable.issuperset(claim.categories)
        if hidden or inside(claim.start, parts.denied):
            denied.append(claim.words)
        else:
            claims.append(claim)
    claims += _counted(read, parts, known, known.counting)
    claims = list(_in_place(claims, parts))
    if not any(claim.confidence >= _CERTAIN for claim in claims):
        claims += _counted(read, parts, known, known.weak_counting)
    if not claims:
        claims += _unsaid(read, parts, known)
    return [_pseudonymous(claim, read, known) for claim in claims], denied


def _phrases(read: Rewritten, known: Book) -> Iterator[_Claim]:
    for start, end, phrase in _matches(read.text, known.phrases):
        confidence = min(phrase.confidence, read.confidence(start, end))
        words = read.quote(start, end)
        yield _Claim(phrase.categories, confidence, words, start, phrase.replaces)


def _matches(text: str, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int, Phrase]]:
    """Yield place and phrase, in order of place, without what is part of a longer match.

    "Wind speed" speaks of wind, not of the speed of traffic.
    """
    rows = [
        (match.start(), match.end(), order, phrase)
        for order, phrase in enumerate(phrases)
        for match in phrase.pattern.finditer(text)
    ]
    rows.sort(key=lambda row: (row[0], -row[1], row[2]))
    last = (0, 0)
    for start, end, _, phrase in rows:
        if end > last[1] or (start, end) == last:
            yield start, end, phrase
            last = (start, end)


def _in_place(claims: Sequence[_Claim], parts: Clauses) -> Iterator[_Claim]:
    """Yield the claims, without those that only say why or where, if others say what."""
    aside = (*parts.setting, *parts.perhaps_setting)
    if not any(c.confidence >= _CERTAIN and not inside(c.start, aside) for c in claims):
        yield from claims
        return
    for claim in claims:
        if not inside(claim.start, aside):
            yield claim
        elif not inside(claim.start, parts.setting):
            yield _Claim(
                claim.categories,
                min(claim.confidence, _BARE),
                claim.words,
                claim.start,
                claim.replaces,
            )


def _counted(
    read: Rewritten, parts: Clauses, known: Book, counting: re.Pattern[str]
) -> list[_Claim]:
    """Return what is counted, with the words; a bare "tellen" takes its object from the denial.

    "Alleen tellen, geen personen herkenbaar" counts people, though it denies that they are known.
    """
    count = next(
        (m for m in counting.finditer(read.text) if not inside(m.start(), parts.denied)), None
    )
    if count is None:
        return []
    named = _objects(read, known)
    aside = (*parts.denied, *parts.setting)
    chosen = [row for row in named if not inside(row[1], aside)] or named
    by = read.quote(*count.span())
    return [
        _Claim((category,), _COUNTED, by if words == by else f"{by} … {words}", start)
        for category, start, words in chosen
    ]


def _objects(read: Rewritten, known: Book) -> list[tuple[str, int, str]]:
    return [
        (category, match.start(), read.quote(*match.span()))
        for category, pattern in known.objects
        for match in pattern.finditer(read.text)
    ]


def _unsaid(read: Rewritten, parts: Clauses, known: Book) -> list[_Claim]:
    """Return what a text means that names only what is looked at, or a unit."""
    aside = (*parts.denied, *parts.setting)
    bare = [row for row in _objects(read, known) if not inside(row[1], aside)]
    if bare:
        return [_Claim((category,), _BARE, words, start) for category, start, words in bare]
    return [
        _Claim(unit.categories, unit.confidence, read.quote(start, end), start)
        for start, end, unit in _matches(read.text, known.units)
    ]


def _pseudonymous(claim: _Claim, read: Rewritten, known: Book) -> _Claim:
    """Return the claim; of an identifier that its sentence calls hashed, the pseudonym."""
    if not known.pseudonyms.keys() & set(claim.categories):
        return claim
    sentence = next(
        (s for s in sentences(read.text) if s[0] <= claim.start < s[1]), (0, len(read.text))
    )
    void = {match.start() for match in known.no_pseudonym.finditer(read.text, *sentence)}
    found = known.pseudonymous.finditer(read.text, *sentence)
    by = next((match for match in found if match.start() not in void), None)
    if by is None:
        return claim
    categories = tuple(known.pseudonyms.get(c, c) for c in claim.categories)
    words = f"{read.quote(*by.span())} … {claim.words}"
    return _Claim(categories, claim.confidence, words, claim.start, claim.replaces)


def _shown(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:_MOST_SHOWN]
