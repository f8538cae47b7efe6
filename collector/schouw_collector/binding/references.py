"""Where the reference of a register entry stands in what a device is known by."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schouw_agent.report import Device

_SHORTEST = 4
"""Letters and digits.  A shorter reference stands by chance in many names."""
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Index:
    """References by their parts: many begin with the same ones."""

    lengths: Mapping[str, tuple[int, ...]]
    """First part of a reference → of how many parts those are that begin so."""
    entries: Mapping[tuple[str, ...], tuple[str, ...]]
    """All parts → the entries."""


def tokens(text: str) -> tuple[str, ...]:
    """Return the runs of letters and digits in a text, in lower case."""
    return tuple(_TOKEN.findall(text.casefold()))


def index_references(entries: Iterable[str]) -> Index:
    """Return an index of the references that are long enough, and more than one plain word."""
    found: dict[tuple[str, ...], list[str]] = {}
    lengths: dict[str, set[int]] = {}
    for entry in sorted(entries):
        parts = tokens(entry)
        joined = "".join(parts)
        if len(joined) >= _SHORTEST and (len(parts) > 1 or any(map(str.isdigit, joined))):
            found.setdefault(parts, []).append(entry)
            lengths.setdefault(parts[0], set()).add(len(parts))
    return Index(
        {first: tuple(sorted(rows)) for first, rows in lengths.items()},
        {parts: tuple(rows) for parts, rows in found.items()},
    )


def references_in(texts: Iterable[str], index: Index) -> tuple[str, ...]:
    """Return the entries whose whole reference stands in one of the texts, sorted."""
    found: set[str] = set()
    for text in texts:
        words = tokens(text)
        for place, word in enumerate(words):
            for length in index.lengths.get(word, ()):
                found.update(index.entries.get(words[place : place + length], ()))
    return tuple(sorted(found))


def known_by(device: Device) -> set[str]:
    """Return the names, client ids and topics of a device, and what else people call it by."""
    texts = {i.value for i in device.identifiers if i.kind not in {"mac", "ip", "gateway"}}
    return texts | {e.channel for e in device.emissions if e.direction == "sent"}
