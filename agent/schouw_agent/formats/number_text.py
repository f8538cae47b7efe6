"""A number written as text, with or without its unit: `21.5`, `21,5 °C`."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened
from schouw_agent.vocabulary.quantities import dimensions_of

_NUMBER = re.compile(r"\s*([+-]?\d{1,12}(?:[.,]\d{1,9})?(?:[eE][+-]?\d{1,2})?)\s*(\S.{0,11})?\s*$")
_LONGEST = 40


def _read(octets: bytes) -> Leaf | None:
    if not 0 < len(octets) <= _LONGEST:
        return None
    try:
        match = _NUMBER.match(octets.decode())
    except UnicodeDecodeError:
        return None
    if not match:
        return None
    unit = (match[2] or "").strip()
    if unit and not dimensions_of(unit):
        return None
    return Leaf("", float(match[1].replace(",", ".")), unit)


def _probe(content: Content) -> float:
    # Above JSON: a bare JSON number is the same octets, and the more exact name is this one.
    return 0.8 if _read(content.octets) else 0.0


def _open(content: Content) -> Opened:
    leaf = _read(content.octets)
    if leaf is None:
        raise DecodeError("number_text: not a number")
    return Opened(leaves=(leaf,))


FORMAT = Format(
    id="number_text",
    title="Number as text",
    reference="decimal notation; ISO 80000-1, 7.3.2 allows the comma",
    probe=_probe,
    open=_open,
)
