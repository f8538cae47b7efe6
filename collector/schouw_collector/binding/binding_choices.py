"""Which suggestions a person took from a file of them, and what that makes in the bindings file."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from schouw_agent.errors import ConfigError, explain
from schouw_collector.binding.suggestions import CLEAR, Suggestion, Suggestions

_LONGEST_NUMBER = 6


def read_suggestions(name: str, octets: bytes) -> Suggestions:
    """Return the suggestions that `schouw bind suggest --json` wrote.

    Raises `ConfigError` for anything else.
    """
    try:
        return Suggestions.model_validate_json(octets)
    except ValidationError as error:
        raise ConfigError(f"{name}: not a file of suggestions: {explain(error)}") from None


def choose(found: Suggestions, names: Iterable[str]) -> list[Suggestion]:
    """Return the suggestions of these ids, or numbers in the list from 1.

    Raises `ConfigError` for one that is not there.
    """
    by_id = {row.id: row for row in found.suggestions}
    chosen = []
    for name in names:
        number = int(name) if name.isdecimal() and len(name) <= _LONGEST_NUMBER else 0
        if name in by_id:
            chosen.append(by_id[name])
        elif 1 <= number <= len(found.suggestions):
            chosen.append(found.suggestions[number - 1])
        else:
            raise ConfigError(f"there is no suggestion {name[:40]}")
    return chosen


def clear_above(found: Suggestions, least: float) -> list[Suggestion]:
    """Return the suggestions from a score up, of which no other comes near.

    A device that fits two entries nearly as well is for a person to look at.
    """
    return [row for row in found.suggestions if row.score >= least and row.lead >= CLEAR]


def accepted(
    rows: Sequence[Suggestion], by: str, on: date, note: str, *, in_bulk: bool
) -> list[dict[str, Any]]:
    """Return the rows of accepted suggestions for the bindings file.

    Who looked at each is sure; who accepts in bulk is as sure as the score.
    """
    return [
        {
            **_mark(row),
            "confidence": row.score if in_bulk else 1.0,
            "set_by": by,
            "set_on": on,
            **({"note": note} if note else {}),
        }
        for row in rows
    ]


def rejected(rows: Sequence[Suggestion], by: str, on: date, reason: str) -> list[dict[str, Any]]:
    """Return the rows of rejected suggestions for the bindings file."""
    said = {"reason": reason} if reason else {}
    return [{**_mark(row), "set_by": by, "set_on": on, **said} for row in rows]


def _mark(row: Suggestion) -> dict[str, Any]:
    broker = {"broker": row.broker} if row.broker else {}
    return {"entry": row.entry, "kind": row.kind, "pattern": row.pattern, **broker}
