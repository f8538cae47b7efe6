"""What changed since a baseline, as `schouw baseline compare --json` prints it."""

from typing import Literal

from pydantic import ConfigDict, Field

from schouw_agent.report import Record
from schouw_collector.change.watch import Event
from schouw_collector.records import Period, Words


class Since(Record):
    """Changes since a baseline, with what was decided on them."""

    schema_id: Literal["https://schouw.example.org/schema/since/1"] = Field(
        default="https://schouw.example.org/schema/since/1", alias="schema"
    )
    baseline_sha256: str
    baseline: Period
    statement: Words
    """What the baseline does not say."""
    windows: tuple[Period, ...]
    knowledge_changed: bool
    """Vocabulary or detectors differ in some window: it may be our own doing."""
    events: tuple[Event, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
