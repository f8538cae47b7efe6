"""Bulk media that is known: the kernel need copy no more of it than the headers.

What comes out is the last part of a filter program, which says how much of a frame is kept.
"""

from collections.abc import Sequence

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
from schouw_agent.records import Bulk

SHUNTED_OCTETS = 96
"""Room for Ethernet with a tag, IPv6, UDP and RTP."""
_IPV4, _IPV6, _UDP = 0x0800, 0x86DD, 17
_MAPPED = bytes(10) + b"\xff\xff"
_PORTS = 0
"""Place in the scratch memory."""


def tail(bulk: Sequence[Bulk], kept: int, room: int) -> Program:
    """Return a program that keeps `kept` octets of a frame, but of bulk only the headers.

    As many of the bulk, from the first on, as the room allows.  Each is recognised by both
    addresses and ports; IPv4 with options, IPv6 with extension headers, and fragments are not.
    """
    whole = step(RETURN, kept)
    checks: tuple[list[Instruction], list[Instruction]] = ([], [])
    room -= len(_family(_IPV4, [], whole)) + len(_family(_IPV6, [], whole)) + 1
    for each in bulk:
        is_six = not each.source.startswith(_MAPPED)
        check = _check(each, is_six)
        room -= len(check)
        if room < 0:
            break
        checks[is_six].extend(check)
    four, six = (
        _family(kind, found, whole) if found else []
        for kind, found in zip((_IPV4, _IPV6), checks, strict=True)
    )
    return [*four, *six, whole]


def _family(ethertype: int, checks: list[Instruction], whole: Instruction) -> list[Instruction]:
    """Return the checks behind what they presume; another ethertype falls through."""
    if ethertype == _IPV4:
        ports = 20
        presumed = [
            [step(LD_BYTE, NETWORK), step(JUMP_EQUAL, 0x45, 1)],
            [step(LD_BYTE, NETWORK + 9), step(JUMP_EQUAL, _UDP, 1)],
            [step(LD_HALF, NETWORK + 6), step(JUMP_SET, 0x3FFF, 0, 1)],
        ]
    else:
        ports = 40
        presumed = [[step(LD_BYTE, NETWORK + 6), step(JUMP_EQUAL, _UDP, 1)]]
    body = [instruction for each in presumed for instruction in (*each, whole)]
    body += [step(LD_WORD, NETWORK + ports), step(STORE, _PORTS), *checks, whole]
    return [
        step(LD_WORD, PROTOCOL),
        step(JUMP_EQUAL, ethertype, 1),
        step(JUMP, len(body)),
        *body,
    ]


def _check(bulk: Bulk, is_six: bool) -> list[Instruction]:
    """Return what compares with one of the bulk; the ports are in the accumulator all along."""
    offset, begin = (8, 0) if is_six else (12, 12)
    addresses = bulk.source[begin:] + bulk.destination[begin:]
    words = range(0, len(addresses), 4)
    ports = bulk.source_port << 16 | bulk.destination_port
    found = [step(JUMP_EQUAL, ports, 0, 2 * len(words) + 2)]
    for at in words:
        rest = 2 * (len(words) - at // 4 - 1)
        value = int.from_bytes(addresses[at : at + 4], "big")
        found += [step(LD_WORD, NETWORK + offset + at), step(JUMP_EQUAL, value, 0, rest + 1)]
    return [*found, step(RETURN, SHUNTED_OCTETS), step(LD_MEMORY, _PORTS)]
