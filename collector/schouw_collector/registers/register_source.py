"""The register that the user names, a file or an address, read with what is to be kept of it."""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from schouw_agent.errors import ConfigError
from schouw_collector.evidence.manifest import Input
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import Provenance
from schouw_collector.registers.register_fetching import fetch
from schouw_collector.registers.register_map import RegisterMap, read_register_map
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.web_address import is_web_address

MAX_OCTETS = 256 << 20
"""A larger file is refused."""


@dataclass(frozen=True, slots=True)
class DeclaredSide:
    """A register, and the inputs that it was read from."""

    register: Register
    inputs: tuple[Input, ...]


def read_file(kind: str, path: Path) -> bytes:
    """Return the octets of a file.  Raises `ConfigError` if it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            # To ask for the most that is allowed would make room for it each time.
            size = min(os.fstat(file.fileno()).st_size, MAX_OCTETS)
            octets = file.read(size + 1)
            if len(octets) > size:
                octets += file.read(MAX_OCTETS - size)
    except OSError as error:
        raise ConfigError(f"the {kind} {path}: {error.strerror}") from None
    if len(octets) > MAX_OCTETS:
        raise ConfigError(f"the {kind} {path}: larger than {MAX_OCTETS >> 20} MiB")
    return octets


def read_declared(where: str | Path, mapping: Path | None = None) -> DeclaredSide:
    """Return the register in a file or at an address, read through a mapping file if one is given.

    Entries of an address say from where and when they were fetched.  Raises `RegisterError`, or
    `ConfigError` for a file that cannot be read.
    """
    inputs: list[Input] = []
    columns: RegisterMap | None = None
    if mapping is not None:
        octets = read_file("register map", mapping)
        columns = read_register_map(mapping.name, octets)
        inputs.append(input_of("register_map", mapping.name, octets))
    if is_web_address(str(where)):
        fetched = fetch(str(where))
        inputs.append(input_of("register", fetched.address, fetched.octets))
        register = read_register(fetched.address, fetched.octets, columns)
        register = _fetched(register, fetched.address, fetched.fetched_at)
    else:
        path = Path(where)
        octets = read_file("register", path)
        inputs.append(input_of("register", path.name, octets))
        register = read_register(path.name, octets, columns)
    return DeclaredSide(register, tuple(inputs))


def input_of(kind: str, name: str, octets: bytes) -> Input:
    """Return what is kept of an input: its kind, name, digest and size."""
    digest = hashlib.sha256(octets).hexdigest()
    return Input.model_validate({"kind": kind, "name": name, "sha256": digest, "size": len(octets)})


def _fetched(register: Register, address: str, when: datetime) -> Register:
    entries = []
    for entry in register.entries:
        known = entry.source or Provenance()
        source = known.model_copy(update={"url": address[:1000], "fetched_at": when})
        entries.append(entry.model_copy(update={"source": source}))
    return replace(register, entries=tuple(entries))
