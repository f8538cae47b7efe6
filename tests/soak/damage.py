"""Ways to damage octets that come near to what goes wrong, or what somebody does on purpose."""

import copy
import random
import struct
from typing import Any

MARKER = "Kwikzwaan7"
"""What must never be quoted."""
_LIES = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damaged(octets: bytes, chance: random.Random, most: int = 4) -> bytes:
    """Return the octets with one to `most` places damaged."""
    out = bytearray(octets)
    for _ in range(chance.randint(1, most)):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 2, 4, 8, 40, 300))
        chance.choice((_replace, _lie, _cut, _repeat, _flip, _end))(out, at, length, chance)
    return bytes(out)


def _replace(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    out[at : at + length] = chance.randbytes(min(length, 64))


def _lie(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    """Put a number there that is an absurd length, wherever there is one."""
    form = chance.choice(("<B", "<H", ">H", "<I", ">I"))
    size = struct.calcsize(form)
    number = chance.choice(_LIES) & ((1 << 8 * size) - 1)
    out[at : at + size] = struct.pack(form, number)


def _cut(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    del out[at : at + length]


def _repeat(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    out[at:at] = out[at : at + length] * chance.choice((1, 2, 50))


def _flip(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    if at < len(out):
        out[at] ^= 1 << chance.randrange(8)


def _end(out: bytearray, at: int, length: int, chance: random.Random) -> None:
    if chance.random() < 0.3:
        del out[at:]


_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, 10**25, "", MARKER, "\0", "\ud7ff", f"{MARKER}@mail.example",
    [], {}, [MARKER], {MARKER: MARKER}, [[[[MARKER]]]], "x" * 5000, f"{MARKER}\n{MARKER}",
    "2026-13-45", f"http://{MARKER}:x@h/", "١٢٣",
)  # fmt: skip


def mutated(document: Any, chance: random.Random) -> Any:
    """Return a document in which a few values, or keys, are others."""
    out = [copy.deepcopy(document)]
    for _ in range(chance.randint(1, 3)):
        parent: Any = out
        key: Any = 0
        while isinstance(parent[key], dict | list) and parent[key] and chance.random() < 0.8:
            parent = parent[key]
            keys = list(parent) if isinstance(parent, dict) else range(len(parent))
            key = chance.choice(keys)
        turn = chance.random()
        if turn < 0.2 and isinstance(parent, dict):
            parent[MARKER] = parent.pop(key)
        elif turn < 0.3:
            parent[key] = [copy.deepcopy(parent[key]) for _ in range(3)]
        elif turn < 0.4 and parent is not out:
            del parent[key]
        else:
            parent[key] = copy.deepcopy(chance.choice(_VALUES))
    return out[0]
