"""Entries of a public register of algorithms, as far as the comparison uses them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Algorithm:
    """One entry of the register of algorithms."""

    id: str
    """Its national or own id; else its name."""
    name: str
    organisation: str = ""
    status: str = ""
    """As written: In gebruik, In ontwikkeling, Buiten gebruik."""
    goal: str = ""
    source_data: str = ""
    provider: str = ""
    tags: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
