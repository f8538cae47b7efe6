"""How free text is read: what a register calls "Wat meet de sensor?" as categories.

The phrases are data, in `free_text.toml`.  The reading shows the words that it rests on, so that a
person can correct it in the register or in the bindings file.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from schouw_collector.register_entry import CategoryMapping
from schouw_collector.sensor_types import default_categories

_BETWEEN = r"(?:[\s(,]+[\w'/-]+){0,4}?[\s(,]+"
_CERTAIN = 0.8
_VAGUE = 0.65
_MAX_TEXT = 4000


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    categories: tuple[str, ...]
    confidence: float
    replaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    phrases: tuple[_Phrase, ...]
    counting: re.Pattern[str]
    counted: tuple[tuple[str, re.Pattern[str]], ...]
    negation: re.Pattern[str]
    no_negation: re.Pattern[str]


def read_text(
    text: str, sensor_type: str = "", contains_personal_data: bool | None = None
) -> tuple[tuple[str, ...], CategoryMapping]:
    """Return the category ids that a declared text means, sorted, and how they came about.

    First the words decide ("text rule").  Without a word that is known, the Amsterdam sensor type
    does ("type default"), with the box for personal data.  Without either there are none.  A
    bare "Camera" whose register denies personal data is read as the type's default: it may count.
    """
    known = _knowledge()
    plain = _plain(text)
    denied_spans = _denied(plain, known)
    found: dict[str, float] = {}
    replaced: set[str] = set()
    named: set[str] = set()
    phrases: list[str] = []
    denied: list[str] = []
    for words, start, phrase in _matches(plain, known):
        if _inside(start, denied_spans):
            denied.append(words)
            continue
        phrases.append(words)
        replaced.update(phrase.replaces)
        # A phrase for several categories means one of them: none is missed when unseen.
        sole = len(phrase.categories) == 1
        for category in phrase.categories:
            found[category] = max(found.get(category, 0.0), phrase.confidence)
            named |= {category} if sole and phrase.confidence >= _CERTAIN else set()
    for category, words in _counted(plain, known, denied_spans):
        phrases.append(words)
        found[category] = max(found.get(category, 0.0), 0.9)
        named.add(category)
    for category in replaced:
        found.pop(category, None)
    vague_only = max(found.values(), default=0.0) < _VAGUE
    default = default_categories(sensor_type, contains_personal_data)
    if found and not (vague_only and contains_personal_data is False and default):
        return tuple(sorted(found)), CategoryMapping(
            method="text rule",
            confidence=max(found.values()),
            phrases=_once(phrases),
            denied=_once(denied),
            vague=tuple(sorted(found.keys() - named)),
        )
    return default, CategoryMapping(
        method="type default" if default else "none",
        confidence=0.5 if default else 0.0,
        phrases=_once(phrases),
        denied=_once(denied),
    )


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[:_MAX_TEXT].casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept[:_MAX_TEXT].replace("’", "'").replace("wi-fi", "wifi").split())


def _matches(text: str, known: _Knowledge) -> list[tuple[str, int, _Phrase]]:
    """Return words, place and phrase, in order of place, without what is part of a longer match.

    "Wind speed" speaks of wind, not of the speed of traffic.
    """
    rows = [
        (match.start(), match.end(), order, phrase)
        for order, phrase in enumerate(known.phrases)
        for match in phrase.pattern.finditer(text)
    ]
    rows.sort(key=lambda row: (row[0], -row[1], row[2]))
    kept: list[tuple[str, int, _Phrase]] = []
    last = (0, 0)
    for start, end, _, phrase in rows:
        if end > last[1] or (start, end) == last:
            kept.append((text[start:end], start, phrase))
            last = (start, end)
    return kept


def _denied(text: str, known: _Knowledge) -> list[tuple[int, int]]:
    kept = {match.start() for match in known.no_negation.finditer(text)}
    return [m.span() for m in known.negation.finditer(text) if m.start() not in kept]


def _inside(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _counted(text: str, known: _Knowledge, denied: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return what is counted, with the words; a bare "tellen" takes its object from the denial.

    "Alleen tellen, geen personen herkenbaar" counts people, though it denies that they are known.
    """
    counting = next(
        (m for m in known.counting.finditer(text) if not _inside(m.start(), denied)), None
    )
    if counting is None:
        return []
    named = [
        (category, match[0], _inside(match.start(), denied))
        for category, pattern in known.counted
        for match in pattern.finditer(text)
    ]
    affirmed = [(category, words) for category, words, no in named if not no]
    chosen = affirmed or [(category, words) for category, words, _ in named]
    return [(category, f"{counting[0]} … {words}") for category, words in chosen]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:12]


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    alternatives = []
    for term in sorted(terms, key=len, reverse=True):
        parts = [
            r"\s+".join(re.escape(_plain(word)).replace(r"\*", r"[\w'-]*") for word in part.split())
            for part in term.split("…")
        ]
        alternatives.append(_BETWEEN.join(parts))
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(alternatives)})(?![\w'])")


@cache
def _knowledge() -> _Knowledge:
    path = resources.files("schouw_collector") / "free_text.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    negators = "|".join(map(re.escape, data["negators"]))
    ends = "|".join(map(re.escape, data["negation_ends"]))
    # Up to a comma or the like; beyond a comma only in "geen beelden, kentekens of gezichten".
    clause = rf"(?:(?!\b(?:{ends})\b)[^,.;:()!?])*"
    listed = r"(?:,\s*[\w'-]+)*(?:,\s*[\w'-]+\s+(?:of|or|noch|nor)\s+[\w'-]+)"
    return _Knowledge(
        phrases=tuple(
            _Phrase(
                _pattern(row["terms"]),
                tuple(row["categories"]),
                row.get("confidence", 0.9),
                tuple(row.get("replaces", ())),
            )
            for row in data["phrase"]
        ),
        counting=_pattern(data["counting"]["terms"]),
        counted=tuple((c, _pattern(t)) for c, t in data["counting"]["objects"].items()),
        negation=re.compile(rf"\b(?:{negators})\b{clause}(?:{listed})?"),
        no_negation=_pattern(data["not_negations"]),
    )
