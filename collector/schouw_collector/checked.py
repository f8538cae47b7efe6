"""The outcome of a check, with what it rests on."""

from dataclasses import dataclass

from schouw_agent.report import Report
from schouw_collector.evidence.manifest import Input
from schouw_collector.records import Assessment


@dataclass(frozen=True, slots=True)
class Checked:
    """An assessment, and what is kept and shown beside it."""

    assessment: Assessment
    report: Report
    inputs: tuple[Input, ...]
