"""A check from files to assessment: reads what the user named, and remembers what it read."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from schouw_agent.live import Live, feeds
from schouw_agent.order import read_order
from schouw_agent.pipeline import inspect
from schouw_agent.privacy.canaries import read_canaries
from schouw_collector.assessment import assess
from schouw_collector.checked import Checked
from schouw_collector.declared.declared_files import DeclaredFiles, read, read_all
from schouw_collector.evidence.manifest import Input


def _unheard(line: str) -> None:
    """Take a warning that nobody asked for."""


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
    side = read_all(
        DeclaredFiles(
            register=register,
            register_map=register_map,
            bindings=bindings,
            governance=governance,
            country_data=country_data,
            algorithms=algorithms,
            capabilities=capabilities,
        )
    )
    inputs = list(side.inputs)
    mandate = read_order(order.name, read("order", order, inputs)) if order is not None else None
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
        side.register,
        side.bindings,
        **side.beside,
        order_exclusions=exclusions,
        software=f"schouw {version('schouw')}",
    )
    return Checked(assessment, report, (*captures, *inputs))
