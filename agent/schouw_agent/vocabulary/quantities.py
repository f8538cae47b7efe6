"""What values of a category look like: unit, type and plausible range."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Quantity:
    """How values of a category usually look."""

    type: str
    """number, flag, text or any."""
    dimensions: frozenset[str]
    """Kinds of unit that fit; empty: it has no unit."""
    ranges: tuple[tuple[float, float], ...]
    """Plausible values, without a unit or in the first unit of the dimension; empty: any."""

    own_units: frozenset[str]
    """Units that only this category has, as in units.toml."""

    def plausible(self, value: float) -> bool:
        """Return whether a value without a unit is within one of the ranges."""
        return not self.ranges or any(low <= value <= high for low, high in self.ranges)


def _load(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))


def _read() -> Mapping[str, Quantity]:
    found = {}
    for category, row in _load("quantities.toml").items():
        spans = row.get("ranges") or ([row["range"]] if "range" in row else [])
        found[category] = Quantity(
            type=str(row["type"]),
            dimensions=frozenset(row.get("dimension", ())),
            ranges=tuple((float(low), float(high)) for low, high in spans),
            own_units=frozenset(row.get("own_units", ())),
        )
    return MappingProxyType(found)


def _read_units() -> Mapping[str, frozenset[str]]:
    by_unit: dict[str, set[str]] = {}
    text = (resources.files(__package__) / "units.toml").read_text("utf-8")
    for dimension, spellings in tomllib.loads(text).items():
        for unit in spellings:
            by_unit.setdefault(unit, set()).add(dimension)
    return MappingProxyType({unit: frozenset(found) for unit, found in by_unit.items()})


QUANTITIES: Mapping[str, Quantity] = _read()
_UNITS: Mapping[str, frozenset[str]] = _read_units()
_OWN_UNITS = {
    unit: category for category, row in QUANTITIES.items() for unit in sorted(row.own_units)
}


@lru_cache(maxsize=2048)
def dimensions_of(unit: str) -> frozenset[str]:
    """Return the dimensions that a unit may measure; empty if the unit is not known."""
    folded = "".join(unit.lower().split())
    return _UNITS.get(folded, frozenset())


@lru_cache(maxsize=2048)
def category_of_unit(unit: str) -> str:
    """Return the category that alone has a unit, for a number without a name; empty if none has."""
    return _OWN_UNITS.get("".join(unit.lower().split()), "")
