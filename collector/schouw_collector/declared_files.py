"""All files that say what is declared: the register, and what is given beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from schouw_collector.algorithms import AlgorithmRegister, read_algorithms
from schouw_collector.binding import Bindings, read_bindings
from schouw_collector.capability_reading import CapabilityFile, read_capabilities
from schouw_collector.country_data import read_country_data
from schouw_collector.governance import Governance, read_governance
from schouw_collector.manifest import Input
from schouw_collector.register import Register
from schouw_collector.register_source import input_of, read_declared, read_file


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFiles:
    """Which files; of what is not given nothing is known."""

    register: Path | str
    """A file or an address."""
    register_map: Path | None = None
    bindings: Path | None = None
    governance: Path | None = None
    country_data: Sequence[Path] = ()
    algorithms: Path | None = None
    capabilities: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What they say."""

    register: Register
    """With the errors of the files beside it among its own."""
    bindings: Bindings | None
    beside: dict[str, Any]
    """The other arguments of `assess` that come of files."""
    inputs: tuple[Input, ...]


def read_all(files: DeclaredFiles) -> Declared:
    """Return what the files say.

    Raises `RegisterError`, `BindingError`, `GovernanceError`, `CountryDataError` or `ConfigError`,
    each with one line.
    """
    side = read_declared(files.register, files.register_map)
    inputs = list(side.inputs)
    bound: Bindings | None = None
    if files.bindings is not None:
        bound = read_bindings(files.bindings.name, read("bindings", files.bindings, inputs))
    governed: Governance | None = None
    if files.governance is not None:
        octets = read("governance", files.governance, inputs)
        governed = read_governance(files.governance.name, octets)
    located = [
        (path.name, path.absolute().parent.name, read("country data", path, inputs))
        for path in files.country_data
    ]
    listed: AlgorithmRegister | None = None
    if files.algorithms is not None:
        octets = read("algorithms", files.algorithms, inputs)
        listed = read_algorithms(files.algorithms.name, octets)
    able = [
        read_capabilities(path.absolute(), read("capabilities", path, inputs))
        for path in files.capabilities
    ]
    register = side.register
    return Declared(
        register=replace(register, errors=(*register.errors, *_errors(listed, able))),
        bindings=bound,
        beside={
            "governance": governed,
            "countries": read_country_data(located) if located else None,
            "algorithms": listed.algorithms if listed else None,
            "capabilities": tuple(model for file in able for model in file.models),
        },
        inputs=tuple(inputs),
    )


def read(kind: str, path: Path, inputs: list[Input]) -> bytes:
    """Return the octets of a file, and note what it was.  Raises `ConfigError` with one line."""
    octets = read_file(kind, path)
    inputs.append(input_of(kind, path.name, octets))
    return octets


def _errors(listed: AlgorithmRegister | None, able: Sequence[CapabilityFile]) -> list[str]:
    """Return what could not be read of the files beside the register: it is told with its own."""
    lines = list(listed.errors) if listed else []
    return lines + [line for file in able for line in file.errors]
