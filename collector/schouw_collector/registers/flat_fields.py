"""The canonical entry as columns, and what such a column is called elsewhere.

The fields are data, in `flat_fields.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

_SEVERAL = frozenset(("declared_text", "location_text", "purpose"))
"""Texts that may stand in several columns."""


@dataclass(frozen=True, slots=True)
class FlatField:
    """What one column can say of a sensor."""

    name: str
    path: str
    """Where it goes in the canonical entry; empty: it is dropped."""
    kind: str
    """How a cell is read: text, list, box, number, whole, date, address, duration, ground,
    organisation, identifier, pair (latitude and longitude), rd, or dropped."""
    words: tuple[str, ...]
    """What the column is called elsewhere, as `plain_header` writes it, the likeliest first."""


def plain_header(header: str) -> str:
    """Return a header without accents, capitals, signs and doubled spaces."""
    # camelCase and snake_case are words as well.
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:200])
    bare = unicodedata.normalize("NFKD", spaced).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode()))


@cache
def flat_fields() -> Mapping[str, FlatField]:
    """Return the fields by name, in the order in which a table shows them."""
    text = (resources.files(__package__) / "flat_fields.toml").read_text("utf-8")
    return MappingProxyType(
        {
            name: FlatField(name, row["path"], row["kind"], tuple(row["words"]))
            for name, row in tomllib.loads(text).items()
        }
    )


def guessed_fields(headers: Iterable[str]) -> dict[int, str]:
    """Return the fields that columns of these headers are likely to be, by position.

    Of several columns for a field that has one value, the one with the likeliest name has it.
    """
    found: dict[int, str] = {}
    best: dict[str, tuple[int, int]] = {}
    by_word = _by_word()
    for index, header in enumerate(headers):
        name, rank = by_word.get(plain_header(header), ("", 0))
        if not name:
            continue
        field = flat_fields()[name]
        if field.kind in ("list", "dropped", "identifier") or name in _SEVERAL:
            found[index] = name
        elif name not in best or rank < best[name][0]:
            best[name] = (rank, index)
    found |= {index: name for name, (_, index) in best.items()}
    return dict(sorted(found.items()))


@cache
def _by_word() -> Mapping[str, tuple[str, int]]:
    """Return field and rank by plain header; a field's own name comes first."""
    own = {name.replace("_", " "): (name, -1) for name in flat_fields()}
    words = {
        word: (name, rank)
        for name, field in flat_fields().items()
        for rank, word in enumerate(field.words)
    }
    return {**words, **own}
