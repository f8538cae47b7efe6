"""The words and phrases by which free text is read, from `free_text.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

MAX_TEXT = 4000
_BETWEEN = r"(?:[\s(,]+[\w'/-]+){0,4}?[\s(,]+"
_AFTER_NUMBER = re.compile(r"(?<=\d)-(?=[a-z]{3})")
_WORD = re.compile(r"[a-z][a-z'-]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that declare categories."""

    pattern: re.Pattern[str]
    categories: tuple[str, ...]
    confidence: float
    replaces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The single words of the book, by which other forms of them are known."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    """Of words whose rest does not matter."""
    heads: frozenset[str]
    """May end a compound, which then means the same."""
    tails: tuple[str, ...]
    """End a compound that means what it begins with; the longest first."""
    no_modifiers: frozenset[str]
    """Begin words that are no compounds."""
    by_letter: Mapping[str, tuple[str, ...]]

    def knows(self, word: str, beyond: int = 0) -> bool:
        """Return whether the book has the word, as it stands, by more than its first letters."""
        if word in self.words:
            return True
        if not word.startswith(self.beginnings):
            return False
        return not beyond or any(len(b) > beyond and word.startswith(b) for b in self.beginnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that the reading of free text knows."""

    phrases: tuple[Phrase, ...]
    units: tuple[Phrase, ...]
    counting: re.Pattern[str]
    weak_counting: re.Pattern[str]
    objects: tuple[tuple[str, re.Pattern[str]], ...]
    pseudonymous: re.Pattern[str]
    no_pseudonym: re.Pattern[str]
    """Encryption on the way, which hides nothing from who receives it."""
    pseudonyms: Mapping[str, str]
    """Category of an identifier → that of its pseudonym."""
    masked: re.Pattern[str]
    maskable: frozenset[str]
    denial: re.Pattern[str]
    late_denial: re.Pattern[str]
    no_denial: re.Pattern[str]
    in_view: re.Pattern[str]
    """Images that are looked at, though they are not kept."""
    purposes: re.Pattern[str]
    places: re.Pattern[str]
    perhaps_purposes: re.Pattern[str]
    lexicon: Lexicon


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces; at most 4,000 long."""
    decomposed = unicodedata.normalize("NFKD", text[:MAX_TEXT].casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    kept = kept[:MAX_TEXT].replace("’", "'").replace("wi-fi", "wifi")
    # "360-gradenbeelden", "15-minuutwaarden": a number is a word of its own.
    return " ".join(_AFTER_NUMBER.sub(" ", kept).split())


@cache
def book() -> Book:
    """Return what `free_text.toml` says."""
    path = resources.files("schouw_collector") / "free_text.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    denial, settings = data["denial"], data["settings"]
    ends = _any_of(denial["ends"])
    # Up to a comma or the like; beyond a comma only in "geen beelden, kentekens of gezichten".
    clause = rf"(?:(?!\b(?:{ends})\b)[^,.;:()!?])*"
    listed = r"(?:,\s*[\w'-]+)*(?:,\s*[\w'-]+\s+(?:of|or|noch|nor)\s+[\w'-]+)"
    # "Kentekens worden niet bewaard", "sounds are never recorded", "kentekens niet, alleen …".
    before = rf"(?:(?!\b(?:{ends}|{_any_of(denial['starts'])})\b)[^,.;:()!?])*?"
    verbs, no = _any_of(denial["verbs"]), _any_of(denial["late"])
    # "De beelden blijven in de camera".
    stays = rf"(?:{_any_of(denial['stays'])})\b"
    end = rf"(?:{verbs})\s+(?:[\w'-]+\s+)?(?:{no})\b|(?:{no})(?=\s*(?:[,.;:)]|$))|{stays}"
    late = rf"{before}\b(?:{end})"
    return Book(
        phrases=tuple(map(_phrase, data["phrase"])),
        units=tuple(map(_phrase, data["unit"])),
        counting=_pattern(data["counting"]["terms"]),
        weak_counting=_pattern(data["counting"]["weak"]),
        objects=tuple((c, _pattern(t)) for c, t in data["counting"]["objects"].items()),
        pseudonymous=_pattern(data["pseudonym"]["terms"]),
        no_pseudonym=_pattern(data["pseudonym"]["not"]),
        pseudonyms=data["pseudonym"]["of"],
        masked=_pattern(data["masked"]["terms"]),
        maskable=frozenset(data["masked"]["categories"]),
        denial=re.compile(rf"\b(?:{_any_of(denial['terms'])})\b{clause}(?:{listed})?"),
        late_denial=re.compile(rf"(?:(?<=[,.;:()!?])|^|\b(?:{_any_of(denial['starts'])})\b){late}"),
        no_denial=_pattern(denial["not"]),
        in_view=_pattern(denial["in_view"]),
        purposes=re.compile(rf"(?<!\w)(?:{_any_of(settings['purposes'])})(?!\w){clause}"),
        places=re.compile(
            rf"(?<!\w)(?:{_any_of(settings['places'])})(?!\w)(?:\s+(?!(?:{ends})\b)[\w'-]+){{0,3}}"
        ),
        perhaps_purposes=re.compile(
            rf"(?<!\w)(?:{_any_of(settings['perhaps_purposes'])})(?!\w){clause}"
        ),
        lexicon=_lexicon(data),
    )


def _phrase(row: Mapping[str, Any]) -> Phrase:
    return Phrase(
        _pattern(row["terms"]),
        tuple(row["categories"]),
        row.get("confidence", 0.9),
        tuple(row.get("replaces", ())),
    )


def _any_of(terms: Iterable[str]) -> str:
    ordered = sorted(terms, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, term.split())) for term in ordered)


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    alternatives = []
    for term in sorted(terms, key=len, reverse=True):
        parts = [
            r"\s+".join(re.escape(plain(word)).replace(r"\*", r"[\w'-]*") for word in part.split())
            for part in term.split("…")
        ]
        alternatives.append(_BETWEEN.join(parts))
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(alternatives)})(?![\w'])")


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    counting, compounds = data["counting"], data["compounds"]
    objects = [term for terms in counting["objects"].values() for term in terms]
    meaning = [
        (plain(term), row.get("alone", False)) for row in data["phrase"] for term in row["terms"]
    ] + [(plain(term), False) for term in objects]
    others = [
        *counting["terms"],
        *counting["weak"],
        *compounds["ordinary"],
        *compounds["tails"],
        *data["pseudonym"]["terms"],
        *data["masked"]["terms"],
        *(term for terms in data["denial"].values() for term in terms),
    ]
    pieces = [
        piece for term in [*(t for t, _ in meaning), *others] for piece in re.split(r"[\s…]+", term)
    ]
    words = frozenset(p for p in (piece.rstrip("*") for piece in pieces) if _WORD.fullmatch(p))
    open_ended = [t[:-1] for t in (*(t for t, _ in meaning), *others) if t.endswith("*")]
    beginnings = {t for t in open_ended if _WORD.fullmatch(t)}
    single = {term.rstrip("*") for term, alone in meaning if not alone}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words | beginnings):
        by_letter.setdefault(word[0], []).append(word)
    return Lexicon(
        words=words,
        beginnings=tuple(sorted(beginnings)),
        heads=frozenset(t for t in single if _WORD.fullmatch(t) and len(t) >= 5),
        tails=tuple(sorted(compounds["tails"], key=len, reverse=True)),
        no_modifiers=frozenset(compounds["no_modifiers"]),
        by_letter={letter: tuple(rows) for letter, rows in by_letter.items()},
    )
