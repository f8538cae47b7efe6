"""A check from files to assessment: reads what the user named, and remembers what it read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from schouw_agent.canaries import read_canaries
from schouw_agent.live import Live, feeds
from schouw_agent.order import read_order
from schouw_agent.pipeline import inspect
from schouw_agent.report import Report
from schouw_collector.assessment import assess
from schouw_collector.binding import Bindings, read_bindings
from schouw_collector.country_data import read_country_data
from schouw_collector.governance import Governance, read_governance
from schouw_collector.input_files import read_input as _read
from schouw_collector.manifest import Input
from schouw_collector.records import Assessment
from schouw_collector.register_reading import read_register


def _unheard(line: str) -> None:
    """Take a warning that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check, with what it rests on."""

    assessment: Assessment
    report: Report
    inputs: tuple[Input, ...]


def check(
    sources: Sequence[Path | BinaryIO],
    *,
    register: Path,
    live: Live | None = None,
    bindings: Path | None = None,
    order: Path | None = None,
    governance: Path | None = None,
    country_data: Sequence[Path] = (),
    canary_file: Path | None = None,
    warn: Callable[[str], None] = _unheard,
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Return captures, or what was seen live, compared with a register.

    The small files are read first, so that an error in them does not wait for the captures.
    Of the canary file nothing is noted: from a digest of so short a file its values could be
    guessed.  `warn` is called with a line if others may read it.
    Raises `CaptureError`, `RegisterError`, `BindingError`, `GovernanceError`, `CountryDataError` or
    `ConfigError`, each with one line.
    """
    inputs: list[Input] = []
    declared = read_register(register.name, _read("register", register, inputs))
    bound: Bindings | None = None
    if bindings is not None:
        bound = read_bindings(bindings.name, _read("bindings", bindings, inputs))
    governed: Governance | None = None
    if governance is not None:
        governed = read_governance(governance.name, _read("governance", governance, inputs))
    located = [
        (path.name, path.absolute().parent.name, _read("country data", path, inputs))
        for path in country_data
    ]
    countries = read_country_data(located) if located else None
    mandate = read_order(order.name, _read("order", order, inputs)) if order is not None else None
    planted = read_canaries(canary_file, warn) if canary_file else None
    with feeds(sources, live or Live(), mandate) as found:
        report = inspect(found, order=mandate, canaries=planted, progress=progress)
    sizes = {path.name: path.stat().st_size for path in sources if isinstance(path, Path)}
    captures = [
        Input(kind=s.kind, name=s.name, sha256=s.sha256, size=sizes.get(s.name))
        for s in report.sources
    ]
    exclusions = tuple(exclusion.reason for exclusion in mandate.exclusions) if mandate else ()
    assessment = assess(
        [report],
        declared,
        bound,
        governance=governed,
        countries=countries,
        order_exclusions=exclusions,
        software=f"schouw {version('schouw')}",
    )
    return Checked(assessment, report, (*captures, *inputs))
