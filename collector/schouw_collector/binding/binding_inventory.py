"""What a binding is made from: what was seen, the register, and the bindings so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schouw_agent.errors import ConfigError, SignatureError
from schouw_agent.live import Live, feeds
from schouw_agent.order import Order, read_order
from schouw_agent.pipeline import inspect
from schouw_agent.report import Device, Report
from schouw_agent.signing import verify
from schouw_collector.binding.binding import (
    SCHEMA,
    Binding,
    Bindings,
    bind,
    check_entries,
    with_overrides,
)
from schouw_collector.binding.binding_file import read_bindings
from schouw_collector.binding.candidate_reading import read_candidates
from schouw_collector.binding.candidates import Candidate
from schouw_collector.binding.who_is_who import WhoIsWho
from schouw_collector.many_reports.merging import merge
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.register_reading import read_register

MAX_OCTETS = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that is needed to decide which device is which entry."""

    devices: tuple[Device, ...]
    who: WhoIsWho
    register: Register
    entries: tuple[RegisterEntry, ...]
    """With what people read in them."""
    bindings: Bindings
    binding: Binding


def look(
    inventory: Sequence[Path], register: Path, bindings: Path | None, order: Path | None
) -> Seen:
    """Return what the files say together.

    `inventory`: reports as JSON or signed, or captures, which are read within the order.  Raises
    `ConfigError`, `CaptureError`, `RegisterError` or `BindingError`, each with one line.
    """
    declared = read_register(register.name, read_file(register))
    stated = Bindings.model_validate({"schema": SCHEMA})
    if bindings is not None:
        stated = read_bindings(bindings.name, read_file(bindings))
    check_entries(stated, declared.entries, declared.unreadable)
    mandate = read_order(order.name, read_file(order)) if order else None
    reports, captures = [], []
    for path in inventory:
        if _begins_as_json(path):
            reports.append(read_report(path.name, read_file(path)))
        else:
            captures.append(path)
    if captures:
        reports.append(_inspected(captures, mandate))
    merged = merge(sorted(reports, key=lambda r: (r.start, r.agent_id, r.epoch, r.sequence)))
    entries = tuple(with_overrides(entry, stated) for entry in declared.entries)
    return Seen(
        devices=merged.devices,
        who=merged.who,
        register=declared,
        entries=entries,
        bindings=stated,
        binding=bind(merged.devices, entries, stated, declared.unreadable),
    )


def read_all_candidates(files: Sequence[Path]) -> tuple[list[Candidate], list[str]]:
    """Return the candidates of all files, and a line for each row that could not be read."""
    read = [read_candidates(path.name, read_file(path)) for path in files]
    errors = [error for file in read for error in file.errors]
    return [candidate for file in read for candidate in file.candidates], errors


def read_report(name: str, octets: bytes) -> Report:
    """Return a report: as `schouw-agent inspect --json` gives it, or as evidence holds it, signed.

    Raises `ConfigError` for anything else.  Who signed it is not asked.
    """
    try:
        payload = verify(octets).payload if b'"payloadType"' in octets[:65_536] else octets
        return Report.model_validate_json(payload)
    except (SignatureError, ValidationError):
        raise ConfigError(f"{name}: neither a capture nor a report of this version") from None


def read_file(path: Path) -> bytes:
    """Return the octets of a file.  Raises `ConfigError` if it cannot be read, or is too large."""
    try:
        with path.open("rb") as file:
            octets = file.read(MAX_OCTETS + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    if len(octets) > MAX_OCTETS:
        raise ConfigError(f"{path}: larger than {MAX_OCTETS >> 20} MiB")
    return octets


def _begins_as_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None


def _inspected(captures: Sequence[Path], mandate: Order | None) -> Report:
    with feeds(captures, Live(), mandate) as found:
        return inspect(found, order=mandate)
