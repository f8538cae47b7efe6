"""pcapng files: several sections of either byte order, several interfaces.

Source: draft-ietf-opsawg-pcapng, section 4; the obsolete packet block is in its appendix A.
"""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from schouw_agent.capture.interfaces import INTERFACES_MAX, Port, describe, losses
from schouw_agent.capture.source import RECORD_OCTETS_MAX, Source
from schouw_agent.numbers import distinct, overlapping
from schouw_agent.records import FrameBlock, Interface

MAGIC = b"\x0a\x0d\x0d\x0a"
_SECTION, _INTERFACE, _OBSOLETE, _SIMPLE, _STATISTICS, _ENHANCED = 0x0A0D0D0A, 1, 2, 3, 5, 6
_ORDERS = {b"\x1a\x2b\x3c\x4d": ">", b"\x4d\x3c\x2b\x1a": "<"}
_BLOCK_OCTETS_MIN = 12
_SECTION_OCTETS_MIN = 28
_DROPS_UNKNOWN = 0xFFFF


def read(source: Source) -> Iterator[FrameBlock]:
    """Yield the frames in blocks; the source notes what could not be read."""
    return _Reader(source).blocks()


class _Reader:
    """Where the reading of one file stands."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._order = "<"
        self._interfaces: dict[Interface, int] = {}
        self._ports: list[Port] = []
        self._dropped = 0
        self._time = 0
        self._contradicting = 0
        self._damaged = False
        """A block contradicts itself, so where the next one starts is unknown."""

    def blocks(self) -> Iterator[FrameBlock]:
        source = self._source
        go_on = True
        while go_on:
            found, after, need = self._index()
            starts = self._trusted(found)
            if starts.size:
                yield self._block(starts)
            if self._damaged:
                source.notes.append(
                    f"damaged block after octet {source.position}; the rest was not read"
                )
                break
            source.consume(after - source.begin)
            go_on = self._advance(need)
        if self._dropped:
            yield self._block(np.empty(0, dtype=np.int64))
        if self._contradicting:
            source.notes.append(f"{self._contradicting} frames contradict their block")

    def _advance(self, need: int) -> bool:
        """Get a block of this length into the buffer, or past it; False at the end."""
        source = self._source
        if need <= RECORD_OCTETS_MAX:
            if need <= source.available() or source.fill(need):
                return True
            source.truncated = source.available() > 0
        elif self._is_needed():
            source.notes.append(
                f"impossible block length at octet {source.position}; the rest was not read"
            )
        elif source.skip(need):
            return True
        else:
            source.truncated = True
        return False

    def _is_needed(self) -> bool:
        """Return whether the block that comes now is of a kind that is read."""
        kind = struct.unpack_from(self._order + "I", self._source.buffer.data, self._source.begin)
        return kind[0] in (_SECTION, _INTERFACE, _OBSOLETE, _SIMPLE, _STATISTICS, _ENHANCED)

    def _index(self) -> tuple[list[int], int, int]:
        """Return where the frames of this section start, where to go on, and what that needs.

        Interfaces and statistics on the way are taken in.
        """
        source = self._source
        data, position, last = source.buffer.data, source.begin, source.end - _BLOCK_OCTETS_MIN
        if position <= last and data[position : position + 4] == MAGIC:
            if source.available() < _SECTION_OCTETS_MIN:
                return [], position, _SECTION_OCTETS_MIN
            self._open_section(bytes(data[position + 8 : position + 12]))
        header = struct.Struct(self._order + "II").unpack_from
        starts: list[int] = []
        first = position
        while position <= last and not self._damaged:
            kind, length = header(data, position)
            if kind == _SECTION and position > first:
                return starts, position, _SECTION_OCTETS_MIN
            if length < _BLOCK_OCTETS_MIN or length & 3:
                self._damaged = True
            elif position + length > source.end:
                return starts, position, length
            elif kind == _ENHANCED or kind in (_SIMPLE, _OBSOLETE):
                starts.append(position)
            elif kind in (_INTERFACE, _STATISTICS):
                self._describe(kind, bytes(data[position + 8 : position + length - 4]))
            position += length
        return starts, position, _BLOCK_OCTETS_MIN

    def _open_section(self, byte_order_magic: bytes) -> None:
        order = _ORDERS.get(byte_order_magic)
        if order is None:
            self._damaged = True
        else:
            self._order, self._ports = order, []

    def _describe(self, kind: int, body: bytes) -> None:
        try:
            if kind == _STATISTICS:
                lost = losses(self._order, body, self._ports)
                self._dropped += lost or 0
                self._source.tells_drops |= lost is not None
                return
            interface, port = describe(self._order, body)
        except struct.error:
            self._damaged = True
            return
        port.index = self._interfaces.setdefault(interface, len(self._interfaces))
        self._ports.append(port)
        if len(self._ports) > INTERFACES_MAX or len(self._interfaces) > INTERFACES_MAX:
            self._damaged = True

    def _trusted(self, starts: list[int]) -> NDArray[np.int64]:
        """Return the starts up to the first block whose two lengths differ."""
        at = np.array(starts, dtype=np.int64)
        number = overlapping(self._source.buffer, self._order + "u4")
        length = number[at + 4].astype(np.int64)
        differ = np.flatnonzero(number[at + length - 4] != length)
        if differ.size:
            self._damaged = True
            return at[: differ[0]]
        return at

    def _block(self, at: NDArray[np.int64]) -> FrameBlock:
        octets = self._source.buffer
        number = overlapping(octets, self._order + "u4")
        kind = number[at].astype(np.uint32)
        room = number[at + 4].astype(np.int64) - 32
        simple = kind == _SIMPLE
        # A simple block may be shorter than the fields that the others have.
        field = np.minimum(at, octets.size - 32)
        port = np.where(simple, 0, number[field + 8].astype(np.int64))
        captured = number[field + 20].astype(np.int64)
        wire = number[field + 24].astype(np.int64)
        offset = at + 28
        if np.any(kind != _ENHANCED):
            obsolete = kind == _OBSOLETE
            pairs = overlapping(octets, self._order + "u2")
            port[obsolete] = pairs[at[obsolete] + 8]
            lost = pairs[field[obsolete] + 10].astype(np.int64)
            told = lost != _DROPS_UNKNOWN
            self._dropped += int(lost[told].sum())
            self._source.tells_drops |= bool(told.any())
            wire[simple] = number[at[simple] + 8]
            snap = self._ports[0].snap_length if self._ports else 0
            room[simple] += 16
            offset[simple] -= 16
            captured[simple] = np.minimum(np.minimum(wire[simple], snap or 1 << 32), room[simple])
        fits = (captured <= room) & (room >= 0) & (port < len(self._ports))
        time = self._times(field, port, fits & ~simple)
        if not fits.all():
            self._contradicting += int(np.count_nonzero(~fits))
            offset, captured, wire = offset[fits], captured[fits], wire[fits]
            port, time = port[fits], time[fits]
        index = np.array([p.index for p in self._ports], dtype=np.uint16)
        dropped, self._dropped = self._dropped, 0
        return FrameBlock(
            octets=octets,
            offset=offset,
            captured_length=captured.astype(np.uint32),
            wire_length=np.maximum(wire, captured).astype(np.uint32),
            time=time,
            interface=index[port],
            interfaces=tuple(self._interfaces),
            dropped=dropped,
        )

    def _times(
        self, field: NDArray[np.int64], port: NDArray[np.int64], stamped: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return the time of each frame; one without has that of the frame before it."""
        number = overlapping(self._source.buffer, self._order + "u4")
        ticks = number[field + 12].astype(np.uint64) << np.uint64(32)
        ticks |= number[field + 16].astype(np.uint64)
        time = np.full(field.size + 1, self._time, dtype=np.int64)
        for each in distinct(port[stamped]).tolist():
            rows = np.flatnonzero(stamped & (port == each))
            time[rows + 1] = self._ports[each].nanoseconds(ticks[rows])
        if not stamped.all():
            known = np.where(np.concatenate([[True], stamped]), np.arange(time.size), 0)
            time = time[np.maximum.accumulate(known)]
        self._time = int(time[-1])
        return time[1:]
