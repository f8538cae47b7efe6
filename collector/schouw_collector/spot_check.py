"""A check from files to assessment: reads what the user named, and remembers what it read."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Literal

from schouw_agent.live import Live, feeds
from schouw_agent.order import read_order
from schouw_agent.pipeline import inspect
from schouw_agent.privacy.canaries import read_canaries
from schouw_agent.report import Report
from schouw_collector.algorithms import AlgorithmRegister, read_algorithms
from schouw_collector.assessment import assess
from schouw_collector.binding import Bindings, read_bindings
from schouw_collector.capability_reading import CapabilityFile, read_capabilities
from schouw_collector.country_data import read_country_data
from schouw_collector.governance import Governance, read_governance
from schouw_collector.manifest import Input
from schouw_collector.records import Assessment
from schouw_collector.register_source import read_declared, read_file

_Kind = Literal["bindings", "order", "governance", "country data", "algorithms", "capabilities"]


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
    register: Path | str,
    register_map: Path | None = None,
    live: Live | None = None,
    bindings: Path | None = None,
    order: Path | None = None,
    algorithms: Path | None = None,
    capabilities: Sequence[Path] = (),
    governance: Path | None = None,
    country_data: Sequence[Path] = (),
    canary_file: Path | None = None,
    warn: Callable[[str], None] = _unheard,
    progress: Callable[[int], None] | None = None,
) -> Checked:
    """Return captures, or what was seen live, compared with a register: a file or an address.

    The small files are read first, so that an error in them does not wait for the captures.
    Of the canary file nothing is noted: from a digest of so short a file its values could be
    guessed.  `warn` is called with a line if others may read it.
    Raises `CaptureError`, `RegisterError`, `BindingError`, `GovernanceError`, `CountryDataError` or
    `ConfigError`, each with one line.
    """
    inputs: list[Input] = []
    side = read_declared(register, register_map)
    declared = side.register
    inputs += side.inputs
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
    listed: AlgorithmRegister | None = None
    if algorithms is not None:
        listed = read_algorithms(algorithms.name, _read("algorithms", algorithms, inputs))
    able = [read_capabilities(p.absolute(), _read("capabilities", p, inputs)) for p in capabilities]
    declared = replace(declared, errors=(*declared.errors, *_errors(listed, able)))
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
        algorithms=listed.algorithms if listed else None,
        capabilities=tuple(model for file in able for model in file.models),
        order_exclusions=exclusions,
        software=f"schouw {version('schouw')}",
    )
    return Checked(assessment, report, (*captures, *inputs))


def _errors(listed: AlgorithmRegister | None, able: Sequence[CapabilityFile]) -> list[str]:
    """Return what could not be read of the files beside the register: it is told with its own."""
    lines = list(listed.errors) if listed else []
    return lines + [line for file in able for line in file.errors]


def _read(kind: _Kind, path: Path, inputs: list[Input]) -> bytes:
    """Return the octets of a file, and note what it was."""
    octets = read_file(kind, path)
    digest = hashlib.sha256(octets).hexdigest()
    inputs.append(Input(kind=kind, name=path.name, sha256=digest, size=len(octets)))
    return octets
