"""The extension kinds of the collector.

`REGISTER_FORMAT`, `CANDIDATE_FORMAT`, `RULE` and `REPORT_FORMAT`.

They are found by `schouw_agent.plugins.discover`, as those of the agent are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schouw_agent.report import Report
from schouw_collector.binding.candidates import CandidateFile
from schouw_collector.cases.known_cases import KnownCases
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.records import Assessment, Finding, Words
from schouw_collector.registers.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFormat:
    """A form in which a municipality keeps or publishes its sensor register."""

    id: str
    title: str
    reference: str
    probe: Callable[[str, bytes], float]
    """Score 0 to 1 for a file name and its octets.  From 0.5 it is accepted, the highest first."""
    read: Callable[[str, bytes], Register]
    """Return the entries, and the malformed ones as errors.  Raises `RegisterError` if none is
    readable at all."""
    write: Callable[[Register], bytes] | None = None
    """Return the entries in this form, as far as it has a place for what they say; None: it is
    only read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFormat:
    """A form of export that names devices, and helps to bind them."""

    id: str
    title: str
    reference: str
    probe: Callable[[str, bytes], float]
    """Score 0 to 1 for a file name and its octets.  From 0.5 it is accepted, the highest first."""
    read: Callable[[str, bytes], CandidateFile]
    """Return the rows, and the malformed ones as errors.  Raises `CandidateError` if none is
    readable at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A test that gives findings or questions."""

    id: str
    """Such as D03."""
    title: str
    reference: str
    examine: Callable[[RuleContext], Iterable[Finding]]
    looks_at: Words | None = None
    """What it looks at, and from when it speaks, for `schouw findings explain`."""
    needs_traffic: bool = True
    """False: it has something to say of a register by itself, in `schouw register lint`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormat:
    """A form in which an assessment is written down."""

    id: str
    title: str
    reference: str
    languages: tuple[str, ...]
    """Languages in which it exists; ("",) if it has none."""
    file_name: str
    """With {language} where it has one."""
    render: Callable[[Assessment, Report, str, KnownCases], bytes]
    """Return the document for an assessment, the inventory it rests on, a language, and what became
    of its findings."""
