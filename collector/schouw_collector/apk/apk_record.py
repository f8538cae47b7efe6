"""The outcome of a yearly inspection.  Written to `apk.json`."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from schouw_agent.report import Record
from schouw_collector.apk.autonomy import Autonomy
from schouw_collector.records import Period, Words

ItemState = Literal[
    "shown", "declared", "contradicted", "not_shown", "not_applicable", "not_assessable"
]
"""Aangetoond, verklaard, wijkt af van waarneming, niet aangetoond, niet van toepassing, niet te
beoordelen."""
Outcome = Literal["agrees", "differs", "asks", "not_assessable"]


class CrossCheck(Record):
    """What was declared, held against what was observed."""

    outcome: Outcome
    """asks: an observation that needs an explanation, and contradicts nothing by itself."""
    text: Words


class ItemAnswer(Record):
    """One item of the inspection."""

    number: int
    title: Words
    state: ItemState
    evidence: tuple[Words, ...] = ()
    """What is shown or declared, and where it stands."""
    missing: tuple[Words, ...] = ()
    checks: tuple[CrossCheck, ...] = ()
    to_ask: Words
    """What only people can answer."""


class ApplicationAnswer(Record):
    """What was decided and considered for one application."""

    id: str
    name: str
    stated: tuple[Words, ...]
    not_stated: tuple[Words, ...]


class Apk(Record):
    """Thirteen items, and no score: the paper that asks for them sets none."""

    schema_id: Literal["https://schouw.example.org/schema/apk/1"] = Field(
        default="https://schouw.example.org/schema/apk/1", alias="schema"
    )
    municipality: str
    day: date
    """On which it was made up."""
    period: Period
    """Of the observations that it rests on."""
    readable_share: float | None
    """Of the payload that was seen; None without traffic."""
    vantage: str
    items: tuple[ItemAnswer, ...]
    applications: tuple[ApplicationAnswer, ...] = ()
    autonomy: Autonomy
    signed_by: str = ""
    """Role of who answers for what was declared."""
    signed_at: date | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def trend(outcomes: Sequence[Apk]) -> tuple[tuple[int, tuple[ItemState | None, ...]], ...]:
    """Return for each item its state in each inspection, in order of day; None if it had none."""
    ordered = sorted(outcomes, key=lambda each: each.day)
    states = [{answer.number: answer.state for answer in each.items} for each in ordered]
    numbers = sorted({number for each in states for number in each})
    return tuple((number, tuple(each.get(number) for each in states)) for number in numbers)
