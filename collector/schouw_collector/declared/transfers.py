"""Whether a country lies in the European Economic Area, or has an adequacy decision.

The lists are data, in `transfers.toml`, with where each was read.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Adequacy:
    """A decision of the Commission on a country (GDPR art. 45)."""

    decision: str
    partly: bool = False
    """It holds for some recipients in that country only."""
    until: date | None = None
    """Last day on which it holds; None: no end was set."""
    source: str = ""
    """Where it was read; empty: still to be checked."""
    read_on: date | None = None


def in_eea(country: str) -> bool:
    """Return whether a country code is of the European Economic Area."""
    return country in _data()["eea"]["countries"]


def adequacy(country: str, day: date) -> Adequacy | None:
    """Return the decision on a country that holds on a day; None if this version knows of none."""
    row = _data()["adequate"].get(country)
    found = Adequacy(**row) if row else None
    return found if found and (found.until is None or day <= found.until) else None


@cache
def _data() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "transfers.toml").read_text("utf-8")
    return tomllib.loads(text)
