"""An assessment of reports in files: what an operator with agents and no server runs."""

import contextlib
import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from schouw_agent.errors import ConfigError
from schouw_collector.checked import Checked
from schouw_collector.declared.declared_files import DeclaredFiles, read, read_all
from schouw_collector.errors import ReportError
from schouw_collector.evidence.manifest import Input
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.ledger_document import ledger_octets, read_ledger
from schouw_collector.many_reports.merging import inventory, merged
from schouw_collector.many_reports.stored_reports import (
    adding,
    report_files,
    without_collecting,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome, and what became of the files."""

    checked: Checked
    reports: int
    """How many count, those of the state included."""
    refused: tuple[str, ...]
    signers: tuple[str, ...]
    """Fingerprints of who signed reports that were read now."""


def assess_stored(
    paths: Sequence[Path],
    *,
    declared: DeclaredFiles,
    state: Path | None = None,
    trusted: Collection[str] | None = None,
) -> Stored:
    """Return stored reports, and those that a state remembers, compared with a register.

    The state is written anew, whole or not at all, once the assessment has been made.  Raises
    `ReportError` if there is no report at all, and what `read_all` raises, each with one line.
    """
    with without_collecting():
        return _assess(paths, declared, state, trusted)


def _assess(
    paths: Sequence[Path],
    declared: DeclaredFiles,
    state: Path | None,
    trusted: Collection[str] | None,
) -> Stored:
    ledger, inputs = Ledger(), list[Input]()
    if state is not None and state.exists():
        ledger = read_ledger(state.name, read("state", state, inputs))
    before = len(ledger.windows)
    with adding(ledger, report_files(paths), trusted=trusted) as finish:
        # Where there are many, another process reads them while this one gets to know the rules.
        from schouw_collector.assessment import assess_ledger, rules

        side, _ = read_all(declared), rules()
        added = finish()
    inputs = [*side.inputs, *inputs]
    if not ledger.windows:
        raise ReportError(added.refused[0] if added.refused else "there are no reports to assess")
    software = f"schouw {version('schouw')}"
    found = merged(ledger)
    assessment = assess_ledger(
        ledger, side.register, side.bindings, **side.beside, software=software, found=found
    )
    checked = Checked(assessment, inventory(ledger, software, found), (*added.inputs, *inputs))
    if state is not None and len(ledger.windows) > before:
        _write(state, ledger_octets(ledger))
    return Stored(checked, len(ledger.windows), tuple(added.refused), tuple(sorted(added.signers)))


def _write(path: Path, octets: bytes) -> None:
    """Write a file beside its place and then put it there."""
    try:
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(octets)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise ConfigError(f"the state {path}: {error.strerror}") from None
