"""Programs of the kernel's packet filter: put together, and attached to a socket.

The value that a program returns is how many octets of the frame are kept; 0: none of it.
Source: linux/filter.h, linux/bpf_common.h, Documentation/networking/filter.rst.
"""

import ctypes
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

INSTRUCTIONS_MAX = 4096
LD_WORD, LD_HALF, LD_BYTE, LD_MEMORY, STORE = 0x20, 0x28, 0x30, 0x60, 0x02
JUMP, JUMP_EQUAL, JUMP_SET, AND = 0x05, 0x15, 0x45, 0x54
RETURN, RETURN_A = 0x06, 0x16
_ANCILLARY = 0xFFFFF000
PROTOCOL, PACKET_TYPE, INTERFACE = (_ANCILLARY + each for each in (0, 4, 8))
NETWORK = 0xFFF00000
"""Added to an offset: it counts from the network layer."""
OUTGOING = 4
_SO_ATTACH_FILTER = 26


class Instruction(NamedTuple):
    """One step of a program."""

    code: int
    if_true: int
    if_false: int
    k: int


Program = Sequence[Instruction]


def step(code: int, k: int, if_true: int = 0, if_false: int = 0) -> Instruction:
    """Return an instruction; jumps count from the next one."""
    return Instruction(code, if_true, if_false, k)


NOTHING: Program = (step(RETURN, 0),)
"""Keeps no frame."""
ANYTHING: Program = (step(RETURN, 1),)
"""Wants every frame."""


class Port(NamedTuple):
    """An interface as a program sees it."""

    loopback: bool
    """It shows each frame twice, of which the one going out is left alone."""
    wanted: Program
    """Decides what to keep; empty: everything."""


def join(ports: Mapping[int, Port], tail: Program) -> list[Instruction]:
    """Return one program for several interfaces, by their index.

    What the program of an interface wants goes on to the tail, which says how much is kept.
    """
    bodies = []
    for port in ports.values():
        body = list(port.wanted or ANYTHING)
        if port.loopback:
            outgoing = [step(LD_WORD, PACKET_TYPE), step(JUMP_EQUAL, OUTGOING, 0, 1), *NOTHING]
            body = [*outgoing, *body]
        bodies.append(body)
    head: list[Instruction] = [step(LD_WORD, INTERFACE)]
    before = 0
    for number, (index, body) in enumerate(zip(ports, bodies, strict=True)):
        # Past the pairs that follow, the refusal, and the bodies that stand before.
        over = 2 * (len(ports) - number - 1) + 1 + before
        head += [step(JUMP_EQUAL, index, 0, 1), step(JUMP, over)]
        before += len(body)
    program = [*head, *NOTHING]
    end = len(program) + before
    for body in bodies:
        start = len(program)
        program += [_onward(each, end - start - n - 1) for n, each in enumerate(body)]
    return [*program, *tail]


def _onward(instruction: Instruction, distance: int) -> Instruction:
    """Return an instruction, or if it is the end of a program that keeps the frame, a jump."""
    if instruction.code == RETURN and instruction.k:
        return step(JUMP, distance)
    return instruction


def attach(to: socket.socket, program: Program) -> None:
    """Let a socket see only what the program keeps, from now on.  Raises `OSError`."""
    octets = b"".join(struct.pack("=HBBI", *each) for each in program)
    held = ctypes.create_string_buffer(octets, len(octets))
    header = struct.pack("@HP", len(program), ctypes.addressof(held))
    to.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, header)
