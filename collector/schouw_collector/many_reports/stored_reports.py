"""Reports in files, plain or signed, are read and added up; on two processors if there are many.

Everything read is hostile.  A file that is no report is told by name and reason, and the others
count.
"""

import gc
import multiprocessing
import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from schouw_agent.errors import ConfigError, SignatureError, explain
from schouw_agent.signing import verify
from schouw_collector.errors import ReportError
from schouw_collector.evidence.evidence import INVENTORY, REPORT_PAYLOAD_TYPE, SIGNED_MANIFEST
from schouw_collector.evidence.manifest import Input
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.report_batch import ReportBatch
from schouw_collector.many_reports.report_columns import Columns
from schouw_collector.many_reports.told_report import ReportReader, Told
from schouw_collector.registers.register_source import input_of, read_file

_ENVELOPE = re.compile(rb'\s*\{\s*"(?:payload|payloadType|signatures)"')
_WORTH_A_PROCESS = 16 << 20
"""Octets from which a second process reads half of the files: starting it costs half a second."""


@dataclass(slots=True)
class Added:
    """What became of the files."""

    ledger: Ledger
    inputs: list[Input] = field(default_factory=list)
    """Those that count."""
    refused: list[str] = field(default_factory=list)
    """One line for each that is no report, or not from a trusted signer."""
    signers: set[str] = field(default_factory=set)
    """Fingerprints of who signed."""


def report_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that these names mean: a folder means all `.json` in it, at any depth.

    Of an evidence folder it is the inventory alone.  Raises `ConfigError` for what is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(_files_within(path))
        elif path.exists():
            found[path] = None
        else:
            raise ConfigError(f"the report {path}: No such file or directory")
    return list(found)


def _files_within(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept = [INVENTORY] if SIGNED_MANIFEST in names else sorted(names)
        yield from (Path(base) / name for name in kept if name.endswith(".json") and name[0] != ".")


def read_report(
    name: str,
    octets: bytes,
    trusted: Collection[str] | None,
    reader: ReportReader,
    *,
    whole: bool = False,
) -> tuple[Told | Columns, str]:
    """Return the report in a file, and the fingerprint of who signed it; empty if nobody did.

    `trusted`: fingerprints of which the signer's must be one; None: any signer, or none.  Raises
    `ReportError` with one line, which quotes nothing of the file.
    """
    signer, payload = "", octets
    if _ENVELOPE.match(octets[:200]):
        try:
            signed = verify(octets, trusted=trusted)
        except SignatureError as error:
            raise ReportError(f"{name}: {error.diagnostics()}") from None
        if signed.payload_type != REPORT_PAYLOAD_TYPE:
            raise ReportError(f"{name}: signed, but not as a report")
        signer, payload = signed.fingerprint, signed.payload
    elif trusted is not None:
        raise ReportError(f"{name}: not signed")
    try:
        report = reader.read(payload, whole=whole)
    except ValidationError as error:
        raise ReportError(f"{name}: not a report: {explain(error)}") from None
    if len(set(report.ids)) != len(report.ids):
        raise ReportError(f"{name}: not a report: two devices have the same id")
    if report.head.end < report.head.start:
        raise ReportError(f"{name}: not a report: it ends before it starts")
    return report, signer


def add_reports(
    ledger: Ledger, files: Sequence[Path], *, trusted: Collection[str] | None = None
) -> Added:
    """Return the ledger with the reports of these files added, and what became of each file."""
    added = Added(ledger)
    cut = _half(files) if _may_fork() else len(files)
    with _without_collecting():
        if cut == len(files):
            _add(added, files, trusted)
        else:
            _add_in_two(added, files, cut, trusted)
    return added


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Leave garbage alone: reports hold no cycles, and looking for some costs most of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _add_in_two(
    added: Added, files: Sequence[Path], cut: int, trusted: Collection[str] | None
) -> None:
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context) as other_process:
        pending = other_process.submit(_added, files[cut:], trusted)
        _add(added, files[:cut], trusted)
        other = pending.result()
    try:
        added.ledger.absorb(other.ledger)
    except ValueError:
        # Some report is in both halves, or was in the ledger already: once more, one by one.
        _add(added, files[cut:], trusted)
        return
    added.inputs += other.inputs
    added.refused += other.refused
    added.signers |= other.signers


def _may_fork() -> bool:
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1


def _half(files: Sequence[Path]) -> int:
    """Return where to cut the files in halves of equal size; behind the last if it does not pay."""
    sizes = [file.stat().st_size for file in files]
    total, so_far = sum(sizes), 0
    if total < _WORTH_A_PROCESS:
        return len(files)
    for number, size in enumerate(sizes, 1):
        so_far += size
        if so_far >= total / 2:
            return number
    return len(files)


def _added(files: Sequence[Path], trusted: Collection[str] | None) -> Added:
    added = Added(Ledger())
    _add(added, files, trusted)
    return added


def _add(added: Added, files: Sequence[Path], trusted: Collection[str] | None) -> None:
    reader, batch = ReportReader(), ReportBatch(added.ledger)
    for file in files:
        try:
            octets = read_file("report", file)
            report, signer = read_report(
                file.name, octets, trusted, reader, whole=not added.ledger.windows
            )
        except (ReportError, ConfigError) as error:
            added.refused.append(error.diagnostics())
            continue
        if isinstance(report, Told):
            added.ledger.add_told(report)
        else:
            batch.add(report)
        added.inputs.append(input_of("report", file.name, octets))
        added.signers |= {signer} - {""}
    batch.settle()
