"""How one maker writes its messages: language, spelling of names, units, and the shape around them.

A seed chooses; the same device keeps its style.  Nothing here knows how Schouw recognises anything.
"""

import random
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "en", "de", "fr", "es")
_LIKELY = (5, 4, 2, 1, 1)
CASES: Mapping[str, Callable[[Sequence[str]], str]] = {
    "snake": "_".join,
    "camel": lambda words: words[0] + "".join(word.capitalize() for word in words[1:]),
    "kebab": "-".join,
    "title": lambda words: "".join(word.capitalize() for word in words),
    "upper": lambda words: "_".join(words).upper(),
    "glued": "".join,
}
SHAPES = ("flat", "nested", "listed", "senml", "ngsi")
_UNIT_PLACES = ("none", "suffix", "beside")
_INSTEAD = {"%": "pct", "°C": "c", "µg/m³": "ugm3", "ug/m3": "ugm3", "dB(A)": "dba", "%RH": "pct"}
_TIME_KEYS = ("time", "timestamp", "ts", "tijd", "measured_at", "observedAt", "t")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one maker."""

    language: str
    case: str
    shape: str
    unit_place: str
    time_key: str
    pick: int
    """Which of several names and units it uses."""

    @classmethod
    def of(cls, draw: random.Random, **fixed: Any) -> "Style":
        """Return habits that a seed chooses, but for those that are fixed."""
        chosen = cls(
            language=draw.choices(LANGUAGES, _LIKELY)[0],
            case=draw.choice(list(CASES)),
            shape=draw.choice(SHAPES),
            unit_place=draw.choice(_UNIT_PLACES),
            time_key=draw.choice(_TIME_KEYS),
            pick=draw.randrange(1 << 16),
        )
        return replace(chosen, **fixed)

    def name(self, words: str) -> str:
        """Return a name of some words as this maker spells it; a symbol such as LAeq stays."""
        parts = words.split()
        if len(parts) == 1 and (parts[0] != parts[0].lower() or re.search(r"\d", parts[0])):
            return parts[0]
        return CASES[self.case](parts)

    def field(self, category: str) -> str:
        """Return what this maker calls a kind of data."""
        names = concepts()[category]
        known = names.get(self.language) or names["en"]
        return self.name(known[self.pick % len(known)])

    def unit(self, category: str) -> tuple[str, float]:
        """Return how this maker writes the unit of a kind of data, and the factor for it."""
        units: Mapping[str, float] = concepts()[category].get("units", {})
        return list(units.items())[self.pick % len(units)] if units else ("", 1.0)

    def message(self, values: Mapping[str, float], device: str, stamp: str) -> Any:
        """Return a message with numbers by category, about a device at a time.

        What is told of the device or the time besides is `extra`, which `with_extra` adds.
        """
        rows = [self._row(category, number) for category, number in values.items()]
        if self.shape == "senml":
            base = {"bn": f"urn:dev:{device}:", "bt": 0}
            return [
                {**(base if n == 0 else {}), "n": name, **({"u": unit} if unit else {}), "v": value}
                for n, (name, value, unit) in enumerate(rows)
            ]
        if self.shape == "listed":
            readings = [
                {"name": name, "value": value, **({"unit": unit} if unit else {})}
                for name, value, unit in rows
            ]
            return {"device": device, self.time_key: stamp, "readings": readings}
        if self.shape == "ngsi":
            entity: dict[str, Any] = {"id": f"urn:ngsi-ld:Device:{device}", "type": "Device"}
            for name, value, unit in rows:
                entity[name] = {
                    "type": "Property",
                    "value": value,
                    "observedAt": stamp,
                    **({"unitCode": unit} if unit else {}),
                }
            return entity
        body = dict(self._placed(name, value, unit) for name, value, unit in rows)
        if self.shape == "nested":
            return {"id": device, self.time_key: stamp, "data": body}
        return {self.time_key: stamp, **body}

    def with_extra(self, message: Any, extra: Mapping[str, Any]) -> Any:
        """Return a message with more in it, at the place where this maker would put it."""
        named = {self.name(words): value for words, value in extra.items()}
        if isinstance(message, list):
            return [*message, *({"n": name, "vs": str(value)} for name, value in named.items())]
        if self.shape == "ngsi":
            return {**message, **{k: {"type": "Property", "value": v} for k, v in named.items()}}
        if self.shape == "nested":
            return {**message, "data": {**message["data"], **named}}
        return {**message, **named}

    def _row(self, category: str, number: float) -> tuple[str, float, str]:
        unit, factor = self.unit(category)
        value = number if isinstance(number, int) and factor == 1 else round(number * factor, 2)
        return self.field(category), value, unit

    def _placed(self, name: str, value: float, unit: str) -> tuple[str, Any]:
        if not unit or self.unit_place == "none":
            return name, value
        if self.unit_place == "beside":
            return name, {"value": value, "unit": unit}
        return f"{name}_{_INSTEAD.get(unit, re.sub(r'[^A-Za-z0-9]', '', unit))}", value


@cache
def concepts() -> Mapping[str, Mapping[str, Any]]:
    """Return the names of kinds of data, by category id."""
    return tomllib.loads((Path(__file__).parent / "concepts.toml").read_text("utf-8"))
