"""IP fragments to whole packets, within bounds.

Where fragments overlap, the first that came wins.  All depends on the order and the times of frames
alone.  Sources: RFC 791 section 3.2, RFC 8200 section 4.5, RFC 5722 (overlaps are attacks).
"""

import struct
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from schouw_agent.network.internet import Datagrams
from schouw_agent.network.lanes import Lane, Piece
from schouw_agent.network.layer import IPV4, Layer, Octets, Rows
from schouw_agent.network.packets import Tally

Key = tuple[bytes, bytes, int, int, int]
"""Both addresses, protocol (-1 for IPv6), identification and virtual network."""
_SECOND = 1_000_000_000
_PAYLOAD_MAX = 65_515
"""So that a header of IPv4 fits in the 16 bits of its length too."""
_ECHO_NANOSECONDS = _SECOND // 20
"""So long after a packet was whole, its fragments are copies: no sender is back at its number."""
_FOUR = struct.Struct(">BBHHHBBH")
_SIX = struct.Struct(">IHBB")


@dataclass(frozen=True, slots=True)
class FragmentBounds:
    """How much may be held back for fragments that are missing."""

    packets: int = 1024
    octets: int = 4 << 20
    of_one: int = 256
    """Fragments of one packet."""
    seconds: int = 30


class Whole(NamedTuple):
    """A packet whose fragments have all come."""

    row: int
    """Of the layer: the fragment that came last."""
    octets: bytes
    """With a header before it.  Fewer than `length` if the capture cut a fragment."""
    length: int


class _Fragment(NamedTuple):
    key: Key
    start: int
    end: int
    more: bool
    octets: bytes
    protocol: int


class _Parts(Lane):
    """The fragments of one packet that have come."""

    __slots__ = ("protocol", "since", "total")

    def __init__(self, since: int) -> None:
        super().__init__()
        self.since = since
        self.total = -1
        """Octets of the whole, once the last fragment has come."""
        self.protocol = -1
        """As the first fragment says."""

    def whole(self) -> bool:
        at = 0
        for piece in self.held:
            if piece.start != at:
                return False
            at = piece.end
        return at == self.total


class Fragments:
    """The packets of which some fragments have come."""

    def __init__(self, bounds: FragmentBounds | None = None) -> None:
        self._bounds = bounds if bounds is not None else FragmentBounds()
        self._parts: dict[Key, _Parts] = {}
        self._done: dict[Key, int] = {}
        self._octets = 0
        self._clock = 0

    def take(
        self,
        octets: Octets,
        layer: Layer,
        datagrams: Datagrams,
        rows: Rows,
        times: list[int],
        tally: Tally,
    ) -> list[Whole]:
        """Return the packets that these fragments complete, and count the fragments.

        `rows`: the fragments among the datagrams; `times`: when each came.
        """
        found = []
        tally.fragments += rows.size
        for row, time in zip(rows.tolist(), times, strict=True):
            self._clock = max(self._clock, time)
            self._expire(tally)
            number = int(datagrams.row[row])
            fragment = _read(octets, layer, datagrams, row, number)
            whole = self._add(fragment, number, tally)
            if whole is not None:
                tally.fragments -= 1  # it stands for the packet
                found.append(whole)
        return found

    def close(self, tally: Tally) -> None:
        """Count the fragments that wait in vain."""
        for key in list(self._parts):
            self._give_up(key, tally)

    def _add(self, fragment: _Fragment, row: int, tally: Tally) -> Whole | None:
        key, start, end, more, octets, protocol = fragment
        if self._clock - self._done.get(key, -_SECOND) <= _ECHO_NANOSECONDS:
            tally.duplicates += 1
            return None
        if end <= start or end > _PAYLOAD_MAX or (more and (end - start) % 8):
            tally.lost_fragments += 1
            return None
        parts = self._parts.get(key)
        if parts is None:
            parts = self._parts[key] = _Parts(self._clock)
        known = parts.total
        reached = max((piece.end for piece in parts.held[-1:]), default=0)
        if (not more and (known not in (-1, end) or reached > end)) or -1 < known < end:
            tally.lost_fragments += 1
            return None
        if len(parts.held) >= self._bounds.of_one:
            tally.lost_fragments += 1
            self._give_up(key, tally)
            return None
        if any(piece.start < end and start < piece.end for piece in parts.held):
            tally.overlapping_fragments += 1
        if not more:
            parts.total = end
        before = parts.octets
        parts.add(Piece(start, end, octets, self._clock))
        if start == 0 and parts.protocol < 0:
            parts.protocol = protocol
        self._octets += parts.octets - before
        if parts.whole():
            self._forget(key)
            self._done[key] = self._clock
            return _assemble(key, parts, row)
        self._make_room(tally)
        return None

    def _expire(self, tally: Tally) -> None:
        limit = self._clock - self._bounds.seconds * _SECOND
        while self._parts and next(iter(self._parts.values())).since < limit:
            self._give_up(next(iter(self._parts)), tally)
        while self._done:
            key, time = next(iter(self._done.items()))
            if self._clock - time <= _ECHO_NANOSECONDS and len(self._done) <= self._bounds.packets:
                break
            del self._done[key]

    def _make_room(self, tally: Tally) -> None:
        bounds = self._bounds
        while len(self._parts) > bounds.packets or self._octets > bounds.octets:
            self._give_up(next(iter(self._parts)), tally)

    def _give_up(self, key: Key, tally: Tally) -> None:
        tally.lost_fragments += len(self._parts[key].held)
        self._forget(key)

    def _forget(self, key: Key) -> None:
        self._octets -= self._parts.pop(key).octets


def _read(octets: Octets, layer: Layer, datagrams: Datagrams, row: int, number: int) -> _Fragment:
    start, end = int(datagrams.start[row]), int(datagrams.captured_end[row])
    length = int(datagrams.wire_end[row]) - start
    protocol = int(datagrams.protocol[row])
    if layer.kind[number] == IPV4:
        at = int(layer.network[number])
        identification, position = struct.unpack_from(">HH", octets.data, at + 4)
        offset, more, kind = (position & 0x1FFF) * 8, position & 0x2000 != 0, protocol
    else:
        position, identification = struct.unpack_from(">HI", octets.data, start - 6)
        # The fragments of a packet need not agree on what follows; that of the first counts.
        offset, more, kind = position & 0xFFF8, position & 1 != 0, -1
    ends = (datagrams.source[row].tobytes(), datagrams.destination[row].tobytes())
    key = (*ends, kind, identification, int(layer.tunnel[number]))
    return _Fragment(key, offset, offset + length, more, octets[start:end].tobytes(), protocol)


def _assemble(key: Key, parts: _Parts, row: int) -> Whole:
    """Return the packet with a plain header."""
    pieces = []
    for piece in parts.held:
        pieces.append(piece.octets)
        if len(piece.octets) < piece.end - piece.start:
            break
    source, destination = (np.frombuffer(end, dtype=np.uint64).astype(">u8") for end in key[:2])
    if key[2] >= 0:
        header = _FOUR.pack(0x45, 0, 20 + parts.total, key[3], 0, 64, parts.protocol, 0)
        header += source.tobytes()[12:] + destination.tobytes()[12:]
    else:
        header = _SIX.pack(0x6000_0000, parts.total, parts.protocol, 64)
        header += source.tobytes() + destination.tobytes()
    return Whole(row, header + b"".join(pieces), len(header) + parts.total)
