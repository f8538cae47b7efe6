"""Ways to damage octets that come near to what goes wrong, or what somebody does on purpose."""

import random
import struct

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
