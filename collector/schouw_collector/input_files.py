"""The files that a check is told to read: bounded, and remembered with their digest."""

import hashlib
from pathlib import Path
from typing import Literal

from schouw_agent.errors import ConfigError
from schouw_collector.manifest import Input

MAX_OCTETS = 256 << 20
"""A larger file is refused."""
_Kind = Literal["register", "bindings", "order", "governance", "country data", "report", "state"]


def read_input(kind: _Kind, path: Path, inputs: list[Input]) -> bytes:
    """Return the octets of a file, and note what it was.  Raises `ConfigError` with one line."""
    try:
        with path.open("rb") as file:
            octets = file.read(MAX_OCTETS + 1)
    except OSError as error:
        raise ConfigError(f"the {kind} {path}: {error.strerror}") from None
    if len(octets) > MAX_OCTETS:
        raise ConfigError(f"the {kind} {path}: larger than {MAX_OCTETS >> 20} MiB")
    digest = hashlib.sha256(octets).hexdigest()
    inputs.append(Input(kind=kind, name=path.name, sha256=digest, size=len(octets)))
    return octets
