"""Canonical entries and devices for the tables of the rules."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

CANONICAL = {
    "entry_id": "VB-001",
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Geluidsensor",
}


def entry(stream: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a canonical entry with one stream."""
    words = {"declared_text": "Geluidsniveau", "contains_personal_data": False}
    return {**CANONICAL, "streams": [{**words, **stream}], **changes}


def counter(stream: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return a canonical entry of a sensor that counts people."""
    kind = {"type": "Aanwezigheid of nabijheidsensor"}
    purposes = [{"text": "Drukte meten door passanten te tellen."}]
    words = {"declared_text": "Passantentelling", **(stream or {})}
    return entry(words, **{**kind, "purposes": purposes, **changes})


def sends(*emissions: str | Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a device that sends these emissions to the municipal broker."""
    rows = [{"category": e} if isinstance(e, str) else dict(e) for e in emissions]
    return {"emissions": rows, "recipients": [{}], **changes}


def estimate(number: int, low: int | None = None) -> dict[str, int]:
    """Return an estimate, with a lower bound (else a tenth below it)."""
    return {
        "estimate": number,
        "low": number * 9 // 10 if low is None else low,
        "high": number * 11 // 10,
    }


def intervals(*pairs: Sequence[float]) -> tuple[int, ...]:
    """Return a histogram of pairs of seconds and how often they occur."""
    classes = [0] * 40
    for seconds, count in pairs:
        edge = next(i for i in range(40) if seconds < 2.0 ** (i - 9))
        classes[edge] += int(count)
    return tuple(classes)


NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
