"""IEC 60870-5-104: telecontrol of pumps, locks and substations, recognised and counted."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise

PORTS = frozenset({2404})
_START = 0x68
_CONTROL_OCTETS = 4
_UNNUMBERED = frozenset({0x07, 0x0B, 0x13, 0x23, 0x43, 0x83})
_TYPES = frozenset(
    {*range(1, 41), *range(45, 52), *range(58, 65), 70, *range(100, 108)}
    | {*range(110, 114), *range(120, 128)}
)
"""Type identifications of IEC 60870-5-101 and -104."""
_SHORTEST_DATA = 10
_LONGEST_CAUSE = 47
_SURE = 32
"""Bits of a chain that had to fit by chance for something else."""


def _bits(head: bytes) -> int:
    """Return how many bits of a head fit a chain of APDUs; -1 if one does not."""
    at = total = 0
    while at + 2 + _CONTROL_OCTETS <= len(head):
        length = head[at + 1]
        if head[at] != _START or not _CONTROL_OCTETS <= length <= 253:
            return -1
        found = _control_bits(head[at + 2 : at + 2 + length], length)
        if found < 0:
            return -1
        total += found
        at += 2 + length
    return total if at >= len(head) or head[at] == _START else -1


def _control_bits(body: bytes, length: int) -> int:
    """Return the bits of one control field (IEC 60870-5-104, 5) that are fixed; -1 if wrong."""
    if body[0] & 3 == 3:
        fits = length == _CONTROL_OCTETS and body[0] in _UNNUMBERED and not any(body[1:4])
        return 40 if fits else -1
    if body[0] & 3 == 1:
        fits = length == _CONTROL_OCTETS and body[0] == 1 and not body[1] and not body[2] & 1
        return 30 if fits else -1
    if length < _SHORTEST_DATA or body[2] & 1:
        return -1
    if len(body) < _SHORTEST_DATA:
        return 12
    counted = body[5] & 0x7F > 0 and 0 < body[6] & 0x3F <= _LONGEST_CAUSE
    return 18 if counted and body[4] in _TYPES else -1


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are APDUs: chains of them in either direction."""
    heads = [head for head in (orig, resp) if head]
    if not heads or any(head[0] != _START for head in heads):
        return 0.0
    found = [_bits(head) for head in heads]
    total = sum(found)
    if min(found) < 0 or not total:
        return 0.0
    if PORTS & {hint.orig_port, hint.resp_port}:
        return 0.95
    return 0.9 if total >= _SURE else 0.0


DECODER = Decoder(
    id="iec60870",
    title="IEC 60870-5-104",
    reference="IEC 60870-5-104:2006, 5 and 6; IEC 60870-5-101:2003, 7",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=recognise,
    screens=(Screen(octets={0: {_START}, 1: range(_CONTROL_OCTETS, 254)}),),
)
