"""The categories of `categories.toml` as records."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

PRIVACY_CLASSES = (
    "none",
    "environmental",
    "aggregate_people",
    "pseudonymous",
    "personal",
    "special_category",
)
"""In rising order.  `unknown` stands outside the order: it is never compared."""
_RANKS = {name: place for place, name in enumerate(PRIVACY_CLASSES)}


@dataclass(frozen=True, slots=True)
class Category:
    """What data can be, with its privacy class."""

    id: str
    en: str
    nl: str
    privacy_class: str
    """One of PRIVACY_CLASSES, or "unknown"."""
    ancillary: bool = False
    """About the emitting device itself: never undeclared."""
    implies: tuple[str, ...] = ()
    """Categories that a declaration of this one covers as well."""
    dpv: str = ""
    dtpr: tuple[str, ...] = ()
    unit: str = ""
    """QUDT name without prefix."""
    note: str = ""

    @property
    def rank(self) -> int:
        """Return the position of the privacy class in the order; -1 for unknown."""
        return _RANKS.get(self.privacy_class, -1)


def _read() -> Mapping[str, Category]:
    text = (resources.files(__package__) / "categories.toml").read_text("utf-8")
    return MappingProxyType(
        {
            id_: Category(
                id=id_,
                en=row["en"],
                nl=row["nl"],
                privacy_class=row["privacy_class"],
                ancillary=row.get("ancillary", False),
                implies=tuple(row.get("implies", ())),
                dpv=row["dpv"],
                dtpr=tuple(row.get("dtpr", ())),
                unit=row.get("unit", ""),
                note=row.get("note", ""),
            )
            for id_, row in tomllib.loads(text).items()
        }
    )


CATEGORIES: Mapping[str, Category] = _read()


def covered_by(declared: Iterable[str]) -> frozenset[str]:
    """Return the categories that a declaration of these covers: themselves and what they imply."""
    return _covered_by(tuple(declared))


@lru_cache(maxsize=4096)
def _covered_by(declared: tuple[str, ...]) -> frozenset[str]:
    covered: set[str] = set()
    todo = [c for c in declared if c in CATEGORIES]
    while todo:
        category = todo.pop()
        if category not in covered:
            covered.add(category)
            todo.extend(CATEGORIES[category].implies)
    return frozenset(covered)


def vocabulary_digest() -> str:
    """Return the SHA-256, in hex, of every vocabulary file: what the agent knew when it looked."""
    digest = hashlib.sha256()
    for item in sorted(resources.files(__package__).iterdir(), key=lambda i: i.name):
        if item.name.endswith((".toml", ".txt")):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()
