"""Damaged copies of the samples of every register format, and what may come of them."""

import copy
import importlib
import json
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.structured import MAX_DEPTH, MalformedError, read_document
from tests.soak.damage import MARKER, damaged, mutated

_PLACE = re.compile(r" \([^()]*\)")
"""The reference of an entry says where to look; it is the only thing that an error may quote."""
_MOST_ERROR = 600


def samples() -> Mapping[tuple[str, str], bytes]:
    """Return the octets of every sample by format id and file name.

    Each test module of this folder has `SAMPLES`: file name to octets that read without an error.
    """
    found: dict[tuple[str, str], bytes] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path.stem == "test_damage":
            continue
        module = importlib.import_module(f"tests.collector.register_formats.{path.stem}")
        for name, octets in module.SAMPLES.items():
            found[path.stem.removeprefix("test_"), name] = octets
    return found


def damage(octets: bytes, chance: random.Random) -> bytes:
    """Return a copy with a few octets changed, or another document in the same notation."""
    if chance.random() < 0.4:
        return damaged(octets, chance)
    try:
        document = read_document(octets)
    except MalformedError:
        return damaged(octets, chance)
    if not isinstance(document, dict | list) or not _records(document):
        return damaged(octets, chance)  # nothing is in it to leave out or to nest
    changed = chance.choice(_CHANGES)(document, chance)
    write: Callable[[Any], str] = json.dumps if octets.lstrip()[:1] in b"[{" else yaml.safe_dump
    out = write(changed).encode("utf-8", "surrogatepass")
    return damaged(out, chance, most=1) if chance.random() < 0.2 else out


def _dropped(document: Any, chance: random.Random) -> Any:
    """Return it with one key left out of many records."""
    names = sorted({key for record in _records(document) for key in record}, key=str)
    gone = chance.choice(names)
    out = copy.deepcopy(document)
    for record in _records(out):
        if chance.random() < 0.7:
            record.pop(gone, None)
    return out


def _deep(document: Any, chance: random.Random) -> Any:
    """Return it with one value nested too deep, or nearly so."""
    out = copy.deepcopy(document)
    record = chance.choice(_records(out))
    inner: Any = MARKER
    for _ in range(chance.choice((3, MAX_DEPTH - 8, MAX_DEPTH + 5))):
        inner = [inner] if chance.random() < 0.5 else {MARKER: inner}
    record[chance.choice(sorted(record, key=str))] = inner
    return out


def _huge(document: Any, chance: random.Random) -> Any:
    """Return it with numbers that are no usual ones, written as numbers or as texts."""
    out = copy.deepcopy(document)
    record = chance.choice(_records(out))
    number = chance.choice((10**400, -(10**400), 1e308, -1e308, 10**18, 0.1 + 2**60, 2**63, 1e999))
    record[chance.choice(sorted(record, key=str))] = chance.choice(
        (number, str(number), [number] * 3)
    )
    return out


def _repeated(document: Any, chance: random.Random) -> Any:
    """Return it with a list that holds one of its items many times: the same ids again."""
    out = copy.deepcopy(document)
    lists = [v for record in _records(out) for v in record.values() if isinstance(v, list) and v]
    lists += [out] if isinstance(out, list) and out else []
    chosen = chance.choice(lists) if lists else []
    chosen.extend(
        [copy.deepcopy(chance.choice(chosen))] * chance.choice((1, 2, 40)) if chosen else []
    )
    return json.loads(json.dumps(out, default=str))


_CHANGES: tuple[Callable[[Any, random.Random], Any], ...] = (
    mutated,
    mutated,
    _dropped,
    _deep,
    _huge,
    _repeated,
)


def _records(value: Any) -> list[dict[Any, Any]]:
    """Return every record in a document that has a key."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [record for item in inner for record in _records(item)]
    return [value, *found] if isinstance(value, dict) and value else found


def read_damaged(name: str, octets: bytes) -> bool:
    """Return whether entries could be read; anything but those or a `RegisterError` escapes.

    Each error is one line that quotes nothing but the reference of an entry, without contact data.
    """
    try:
        register = read_register(name, octets)
    except RegisterError as error:
        _quotes_nothing(error.diagnostics(), name)
        return False
    for line in register.errors:
        _quotes_nothing(line, name)
    assert register.entries
    return True


def _quotes_nothing(line: str, name: str) -> None:
    assert line.startswith(name)
    assert len(line) < _MOST_ERROR
    assert not re.search(r"\w@[\w-]+\.\w", line)
    place = _PLACE.sub("", line)
    assert MARKER.casefold() not in place.casefold()
    assert "\n" not in place
    assert place.isprintable()
