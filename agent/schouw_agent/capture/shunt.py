"""How much of a frame is kept: nothing of Schouw's own traffic, of known media the headers.

What comes out is the last part of a filter program.
"""

from collections.abc import Sequence

from schouw_agent.bulk import Bulk
from schouw_agent.capture.bpf import (
    JUMP,
    JUMP_EQUAL,
    JUMP_SET,
    LD_BYTE,
    LD_HALF,
    LD_MEMORY,
    LD_WORD,
    NETWORK,
    PROTOCOL,
    RETURN,
    STORE,
    Instruction,
    Program,
    step,
)

SHUNTED_OCTETS = 96
"""Room for Ethernet with a tag, IPv6, UDP and RTP."""
_IPV4, _IPV6, _TCP, _UDP = 0x0800, 0x86DD, 6, 17
_MAPPED = bytes(10) + b"\xff\xff"
_PORTS = 0
"""Place in the scratch memory."""


def tail(bulk: Sequence[Bulk], own: Sequence[Bulk], kept: int, room: int) -> Program:
    """Return a program that keeps `kept` octets of a frame, but of bulk only the headers.

    `own` is TCP of which nothing is kept.  As many of the bulk, from the first on, as the room
    allows.  Each is recognised by both addresses and ports; IPv4 with options, IPv6 with extension
    headers, and fragments are not.
    """
    whole = step(RETURN, kept)
    none = _part(own, _TCP, 0, room) if own else []
    return [*none, *_part(bulk, _UDP, SHUNTED_OCTETS, room - len(none) - 1), whole]


def _part(flows: Sequence[Bulk], protocol: int, kept: int, room: int) -> list[Instruction]:
    """Return what keeps so much of these flows, and lets all other frames fall through."""
    checks: tuple[list[Instruction], list[Instruction]] = ([], [])
    room -= len(_family(_IPV4, protocol, [])) + len(_family(_IPV6, protocol, []))
    for each in flows:
        is_six = not each.source.startswith(_MAPPED)
        check = _check(each, is_six, kept)
        room -= len(check)
        if room < 0:
            break
        checks[is_six].extend(check)
    four, six = (
        _family(kind, protocol, found) if found else []
        for kind, found in zip((_IPV4, _IPV6), checks, strict=True)
    )
    return [*four, *six]


def _family(ethertype: int, protocol: int, checks: list[Instruction]) -> list[Instruction]:
    """Return the checks behind what they presume; what does not fit falls through."""
    if ethertype == _IPV4:
        ports = 20
        presumed = [
            [step(LD_BYTE, NETWORK), step(JUMP_EQUAL, 0x45, 1)],
            [step(LD_BYTE, NETWORK + 9), step(JUMP_EQUAL, protocol, 1)],
            [step(LD_HALF, NETWORK + 6), step(JUMP_SET, 0x3FFF, 0, 1)],
        ]
    else:
        ports = 40
        presumed = [[step(LD_BYTE, NETWORK + 6), step(JUMP_EQUAL, protocol, 1)]]
    presumed.insert(0, [step(LD_WORD, PROTOCOL), step(JUMP_EQUAL, ethertype, 1)])
    rest = [step(LD_WORD, NETWORK + ports), step(STORE, _PORTS), *checks]
    found: list[Instruction] = []
    for each in reversed(presumed):
        found = [*each, step(JUMP, len(found) + len(rest)), *found]
    return [*found, *rest]


def _check(bulk: Bulk, is_six: bool, kept: int) -> list[Instruction]:
    """Return what compares with one flow; the ports are in the accumulator all along."""
    offset, begin = (8, 0) if is_six else (12, 12)
    addresses = bulk.source[begin:] + bulk.destination[begin:]
    words = range(0, len(addresses), 4)
    ports = bulk.source_port << 16 | bulk.destination_port
    found = [step(JUMP_EQUAL, ports, 0, 2 * len(words) + 2)]
    for at in words:
        rest = 2 * (len(words) - at // 4 - 1)
        value = int.from_bytes(addresses[at : at + 4], "big")
        found += [step(LD_WORD, NETWORK + offset + at), step(JUMP_EQUAL, value, 0, rest + 1)]
    return [*found, step(RETURN, kept), step(LD_MEMORY, _PORTS)]
