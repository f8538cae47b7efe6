"""What a declared purpose needs, from `purposes.toml`: data to ask questions by, with a version.

A purpose that is not known, or that is said in words that may mean anything, gives nothing.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from schouw_agent.vocabulary import covered_by
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry

_BETWEEN = r"(?:[\s(,]+[\w'/-]+){0,4}?[\s(,]+"
_MAX_TEXT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPurpose:
    """One row of the table."""

    id: str
    name: Words
    allowed: tuple[str, ...]
    """Category ids that it may need."""
    why: Words
    themes: tuple[str, ...] = ()
    smallest_window_seconds: float | None = None
    shortest_interval_seconds: float | None = None
    retention: str = ""
    """ISO 8601 duration; empty: no source names one."""
    recipients: tuple[str, ...] = ()
    """Ids of the kinds of outsiders that belong to it."""
    source: Words | None = None
    """Where a limit was read; None: the row rests on its own reasons."""
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientKind:
    """A kind of outsider that a register may name as recipient."""

    id: str
    name: Words
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeTable:
    """All rows, with the version of the table."""

    version: str
    dated: date
    purposes: Mapping[str, KnownPurpose]
    kinds: tuple[RecipientKind, ...]
    patterns: Mapping[str, re.Pattern[str]]
    """Id of a purpose → the words by which it is known."""
    broad: re.Pattern[str]

    @property
    def edition(self) -> str:
        """Return the version with its date, as assessments cite it."""
        return f"{self.version} ({self.dated.isoformat()})"


@cache
def purpose_table() -> PurposeTable:
    """Return the table."""
    path = resources.files(__package__) / "purposes.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    rows = [
        KnownPurpose(
            id=row["id"],
            name=Words(nl=row["nl"], en=row["en"]),
            allowed=tuple(row["allowed"]),
            why=Words(nl=row["waarom"], en=row["why"]),
            themes=tuple(row.get("themes", ())),
            smallest_window_seconds=row.get("smallest_window_seconds"),
            shortest_interval_seconds=row.get("shortest_interval_seconds"),
            retention=row.get("retention", ""),
            recipients=tuple(row.get("recipients", ())),
            source=Words(nl=row["bron"], en=row["source"]) if "source" in row else None,
            read_on=row.get("read_on"),
        )
        for row in data["purpose"]
    ]
    return PurposeTable(
        version=data["version"],
        dated=data["dated"],
        purposes=MappingProxyType({row.id: row for row in rows}),
        kinds=tuple(
            RecipientKind(
                id=id_,
                name=Words(nl=row["nl"], en=row["en"]),
                pattern=_pattern(row["words"]),
            )
            for id_, row in data["recipient_kind"].items()
        ),
        patterns={row["id"]: _pattern(row["words"]) for row in data["purpose"]},
        broad=_pattern(data["broad"]),
    )


def purposes_of(entry: RegisterEntry) -> tuple[KnownPurpose, ...]:
    """Return the purposes that an entry declares; none if any of them is not known.

    The words decide; only where an entry has no words for it at all do its themes.  One text that
    is not understood, or that may mean anything, could be what the data are for: then none.
    """
    texts = [_plain(p.text) for p in entry.purposes if p.text.strip()]
    found: dict[str, KnownPurpose] = {}
    for text in texts:
        read = _read(text)
        if not read:
            return ()
        found.update((row.id, row) for row in read)
    if texts:
        return tuple(found.values())
    themes = {theme for p in entry.purposes for theme in p.themes}
    return _of_themes(themes)


def needed_by(purposes: Iterable[KnownPurpose]) -> frozenset[str]:
    """Return the categories that purposes may need, with all that they imply."""
    return covered_by(category for purpose in purposes for category in purpose.allowed)


def _of_themes(themes: Iterable[str]) -> tuple[KnownPurpose, ...]:
    found: dict[str, KnownPurpose] = {}
    for theme in themes:
        rows = [row for row in purpose_table().purposes.values() if theme in row.themes]
        if not rows:
            return ()
        found.update((row.id, row) for row in rows)
    return tuple(found[id_] for id_ in sorted(found))


@lru_cache(maxsize=4096)
def _read(text: str) -> Sequence[KnownPurpose]:
    """Return the purposes that a text names; none if a broad word stands outside their phrases."""
    table = purpose_table()
    spans: list[tuple[int, int]] = []
    found: list[KnownPurpose] = []
    for id_, pattern in table.patterns.items():
        matches = [m.span() for m in pattern.finditer(text)]
        if matches:
            spans += matches
            found.append(table.purposes[id_])
    for match in table.broad.finditer(text):
        if not any(start <= match.start() and match.end() <= end for start, end in spans):
            return ()
    return found


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[:_MAX_TEXT].casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept[:_MAX_TEXT].replace("’", "'").split())


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    alternatives = []
    for term in sorted(terms, key=len, reverse=True):
        parts = [
            r"\s+".join(re.escape(word).replace(r"\*", r"[\w'-]*") for word in part.split())
            for part in term.split("…")
        ]
        alternatives.append(_BETWEEN.join(parts))
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(alternatives)})(?![\w'])", re.IGNORECASE)
