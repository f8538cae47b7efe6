"""The interfaces of a pcapng section: their clocks, names and losses.

Source: draft-ietf-opsawg-pcapng, sections 4.2 (interface description) and 4.6 (statistics).
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schouw_agent.records import Interface

INTERFACES_MAX = 65_535
"""A frame block numbers them in 16 bits."""
_NANOSECONDS = 1_000_000_000
_TIME_MAX = 1 << 62
"""Differences of two times must fit 64 bits; this is the year 2116."""
_OFFSET_SECONDS_MAX = _TIME_MAX // _NANOSECONDS
_OPTION_NAME, _OPTION_RESOLUTION, _OPTION_OFFSET = 2, 9, 14
_OPTION_INTERFACE_DROPS, _OPTION_SYSTEM_DROPS = 5, 7


@dataclass(slots=True)
class Port:
    """An interface as one section describes it."""

    index: int
    """In the interfaces of the whole capture."""
    snap_length: int
    resolution: int
    """if_tsresol as it stands: a power of ten, or of two with the top bit set."""
    offset: int
    """Seconds to add."""
    dropped: int = 0
    """As the latest statistics say."""

    def nanoseconds(self, ticks: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the times since 1970; absurd ones are clipped."""
        power = self.resolution & 0x7F
        if self.resolution & 0x80:
            time = _binary(ticks, power)
        elif power <= 9:
            factor = 10 ** (9 - power)
            time = np.minimum(ticks, np.uint64(_TIME_MAX // factor)) * np.uint64(factor)
        else:
            # Beyond 10^-28 every 64-bit count is less than a nanosecond.
            time = ticks // np.uint64(10 ** min(power - 9, 19))
        clipped = np.minimum(time, np.uint64(_TIME_MAX)).astype(np.int64)
        return np.clip(clipped + self.offset * _NANOSECONDS, 0, _TIME_MAX)


def _binary(ticks: NDArray[np.uint64], power: int) -> NDArray[np.uint64]:
    if power >= 64:
        return np.zeros_like(ticks)
    shift = np.uint64(power)
    seconds = np.minimum(ticks >> shift, np.uint64(_OFFSET_SECONDS_MAX))
    rest = ticks & np.uint64((1 << power) - 1)
    if power > 34:  # so that the product with 10^9 fits 64 bits
        rest, shift = rest >> np.uint64(power - 34), np.uint64(34)
    whole: NDArray[np.uint64] = seconds * np.uint64(_NANOSECONDS)
    return whole + (rest * np.uint64(_NANOSECONDS) >> shift)


def describe(order: str, body: bytes) -> tuple[Interface, Port]:
    """Return what the body of an interface description says; the index is still to be set.

    Raises `struct.error` if the body is too short.
    """
    link_type, snap_length = struct.unpack_from(order + "H2xI", body)
    name, resolution, offset = "", 6, 0
    for code, value in _options(order, body[8:]):
        if code == _OPTION_NAME:
            name = "".join(filter(str.isprintable, value.decode("utf-8", "replace")))
        elif code == _OPTION_RESOLUTION and value:
            resolution = value[0]
        elif code == _OPTION_OFFSET and len(value) == 8:
            seconds = struct.unpack(order + "q", value)[0]
            offset = max(-_OFFSET_SECONDS_MAX, min(seconds, _OFFSET_SECONDS_MAX))
    return Interface(name, link_type), Port(0, snap_length, resolution, offset)


def losses(order: str, body: bytes, ports: list[Port]) -> int | None:
    """Return how many frames an interface lost since its previous statistics; None if untold.

    Raises `struct.error` if the body is too short.
    """
    number = struct.unpack_from(order + "I", body)[0]
    counts = [
        struct.unpack(order + "Q", value)[0]
        for code, value in _options(order, body[12:])
        if code in (_OPTION_INTERFACE_DROPS, _OPTION_SYSTEM_DROPS) and len(value) == 8
    ]
    if number >= len(ports) or not counts:
        return None
    total = sum(counts)
    port = ports[number]
    fresh = max(0, total - port.dropped)
    port.dropped = max(port.dropped, total)
    return int(fresh)


def _options(order: str, body: bytes) -> "list[tuple[int, bytes]]":
    found: list[tuple[int, bytes]] = []
    header: Any = struct.Struct(order + "HH").unpack_from
    at = 0
    while at + 4 <= len(body):
        code, length = header(body, at)
        if code == 0:
            break
        found.append((code, body[at + 4 : at + 4 + length]))
        at += 4 + (length + 3 & ~3)
    return found
