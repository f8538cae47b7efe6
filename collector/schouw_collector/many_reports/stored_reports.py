"""Reports in files, plain or signed, are read and added up; on two processors if there are many.

Everything read is hostile.  A file that is no report is told by name and reason, and the others
count.
"""

import base64
import gc
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from schouw_agent.errors import ConfigError, SignatureError, explain
from schouw_agent.signing import verify
from schouw_collector.errors import ReportError
from schouw_collector.evidence.evidence import INVENTORY, REPORT_PAYLOAD_TYPE, SIGNED_MANIFEST
from schouw_collector.evidence.manifest import Input
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.plausible import beyond_measure
from schouw_collector.many_reports.report_batch import ReportBatch
from schouw_collector.many_reports.report_columns import Columns
from schouw_collector.many_reports.told_report import ReportReader, Told
from schouw_collector.many_reports.two_processes import beside, may_fork
from schouw_collector.registers.register_source import input_of, read_file

_ENVELOPE = re.compile(rb'\s*\{\s*"(?:payload|payloadType|signatures)"')
_SIGNED = re.compile(rb'"payload"\s*:\s*"([A-Za-z0-9+/]+)')
_AGENT = re.compile(rb'"agent_id"\s*:\s*"([^"\\]*)"')
_BEGINNING = 512
"""Octets in which the agent is looked for."""
_WORTH_A_PROCESS = 16 << 20
"""Octets from which a second process reads files as well: starting it costs half a second."""
_HANDED_OVER = 40
"""To hand over what the other process read takes as long as to read one file in so many."""
_FEW = 4
_LARGE = 31 << 20
"""Octets.  Of 32 MiB or more the C library learns nothing."""


@dataclass(slots=True)
class Added:
    """What became of the files."""

    ledger: Ledger
    inputs: list[Input] = field(default_factory=list)
    """Those that count, in the order of the files, as is `refused`."""
    refused: list[str] = field(default_factory=list)
    """One line for each that is no report, or not from a trusted signer."""
    signers: set[str] = field(default_factory=set)
    """Fingerprints of who signed."""


@dataclass(slots=True)
class _Share:
    """What one process added, by the number of the file."""

    ledger: Ledger
    inputs: dict[int, Input] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    signers: set[str] = field(default_factory=set)


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
    amounts = [a for _, a in report.devices] if isinstance(report, Told) else []
    if place := beyond_measure(report.head, amounts):
        raise ReportError(f"{name}: not a report: field {place}: more than can be")
    return report, signer


def add_reports(
    ledger: Ledger, files: Sequence[Path], *, trusted: Collection[str] | None = None
) -> Added:
    """Return the ledger with the reports of these files added, and what became of each file."""
    with adding(ledger, files, trusted=trusted) as finish:
        return finish()


@contextmanager
def adding(
    ledger: Ledger, files: Sequence[Path], *, trusted: Collection[str] | None = None
) -> Iterator[Callable[[], Added]]:
    """Begin to add the reports of these files; yield what finishes that, as `add_reports` does.

    Until then another process, if there is one, reads while this one does something else.
    """
    mine, rows = _Share(ledger), by_agent(files)
    if not may_fork() or sum(file.stat().st_size for file in files) < _WORTH_A_PROCESS:

        def alone() -> Added:
            with without_collecting():
                _add(mine, files, _each(rows, range(len(rows))), trusted)
            return _added(mine)

        yield alone
        return
    known = frozenset(ledger.numbers)

    def others(numbers: Iterable[int]) -> _Share:
        other = _Share(Ledger())
        other.ledger.numbers = set(known)
        _add(other, files, _each(rows, numbers), trusted)
        other.ledger.numbers -= known
        return other

    with beside(len(rows), others, left=len(rows) // _HANDED_OVER) as (numbers, outcome):

        def together() -> Added:
            with without_collecting():
                _add(mine, files, _each(rows, numbers), trusted)
                other, not_mine = outcome()
                if other is None or not _absorb(mine, other):
                    # Once more, one by one: both had some report, or the other did not end.
                    _add(mine, files, _each(rows, not_mine), trusted)
            return _added(mine)

        yield together


def by_agent(files: Sequence[Path]) -> list[list[int]]:
    """Return the rows of `alike`, those of one agent together.

    What one report says of its devices mostly the next one of its agent says as well, so that two
    processes that begin at either end have little in common.  It is no more than an order: who an
    agent is tells the report.
    """
    return sorted(alike(files), key=lambda row: _agent(files[row[0]]))


def _agent(file: Path) -> bytes:
    """Return which agent the beginning of a report names; empty if it names none."""
    try:
        with file.open("rb") as opened:
            begin = opened.read(_BEGINNING)
    except OSError:
        return b""
    signed = _SIGNED.search(begin)
    if signed:
        begin = base64.b64decode(signed[1][: len(signed[1]) // 4 * 4])
    agent = _AGENT.search(begin)
    return agent[1] if agent else b""


def _each(rows: Sequence[Sequence[int]], numbers: Iterable[int]) -> Iterator[int]:
    return (file for number in numbers for file in rows[number])


def alike(files: Sequence[Path]) -> list[list[int]]:
    """Return the numbers of files that are best read by one process.

    What comes twice has the same size; two processes could not know of each other's.  Where many
    have it that says nothing.
    """
    of_size: dict[int, list[int]] = {}
    for number, file in enumerate(files):
        of_size.setdefault(file.stat().st_size, []).append(number)
    rows = of_size.values()
    return [part for row in rows for part in ([row] if len(row) <= _FEW else [[n] for n in row])]


def _absorb(mine: _Share, other: _Share) -> bool:
    """Add what another process added; return False, and do nothing, if both had some report."""
    try:
        mine.ledger.absorb(other.ledger)
    except ValueError:
        return False
    mine.inputs |= other.inputs
    mine.refused |= other.refused
    mine.signers |= other.signers
    return True


def _added(share: _Share) -> Added:
    return Added(
        share.ledger,
        [share.inputs[number] for number in sorted(share.inputs)],
        [share.refused[number] for number in sorted(share.refused)],
        share.signers,
    )


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave garbage alone: records hold no cycles, and looking for some costs most of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            # What was read stays: looking through it time and again would find nothing.
            gc.freeze()
            gc.enable()


def _keep_what_is_freed() -> None:
    """Let the room that one report took be taken by the next.

    The C library gives large pieces back to the system, and to ask for them anew, page by page,
    takes longer than what is done with them; that it does so no more it learns from a larger piece
    (mallopt(3), M_MMAP_THRESHOLD).
    """
    np.empty(_LARGE, dtype=np.uint8)


def _add(
    share: _Share, files: Sequence[Path], numbers: Iterable[int], trusted: Collection[str] | None
) -> None:
    reader, batch = ReportReader(), ReportBatch(share.ledger)
    _keep_what_is_freed()
    # To get to know devices costs more than one report has to gain from it.
    few = len(files) <= _FEW
    for number in numbers:
        file = files[number]
        try:
            octets = read_file("report", file)
            report, signer = read_report(
                file.name, octets, trusted, reader, whole=few or not share.ledger.windows
            )
        except (ReportError, ConfigError) as error:
            share.refused[number] = error.diagnostics()
            continue
        if isinstance(report, Told):
            share.ledger.add_told(report)
        else:
            batch.add(report)
        share.inputs[number] = input_of("report", file.name, octets)
        share.signers |= {signer} - {""}
    batch.settle()
