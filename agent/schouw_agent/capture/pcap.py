"""Classic pcap files: microseconds or nanoseconds, either byte order.

Source: draft-ietf-opsawg-pcap, sections 4 and 5.
"""

import struct
from collections.abc import Iterator

import numpy as np

from schouw_agent.capture.source import RECORD_OCTETS_MAX, Source
from schouw_agent.numbers import overlapping
from schouw_agent.records import FrameBlock, Interface

MAGIC = {
    b"\xd4\xc3\xb2\xa1": ("<", 1_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1),
    b"\xa1\xb2\x3c\x4d": (">", 1),
}
"""First four octets → byte order, and nanoseconds per unit of the fraction."""
_FILE_HEADER_OCTETS = 24
_RECORD_HEADER_OCTETS = 16


def read(source: Source) -> Iterator[FrameBlock]:
    """Yield the frames in blocks; the source notes what could not be read."""
    head = source.buffer[source.begin : source.end][:_FILE_HEADER_OCTETS].tobytes()
    order, unit = MAGIC[head[:4]]
    if len(head) < _FILE_HEADER_OCTETS:
        source.truncated = True
        return
    # The upper bits tell the length of the frame check sequence.
    link_type = struct.unpack_from(order + "I", head, 20)[0] & 0xFFFF
    interfaces = (Interface("", link_type),)
    source.consume(_FILE_HEADER_OCTETS)
    while True:
        starts, after, need = _index(source, order)
        if starts:
            yield _block(source, starts, order, unit, interfaces)
            source.consume(after - source.begin)
        if need > RECORD_OCTETS_MAX:
            source.notes.append(
                f"impossible record length at octet {source.position}; the rest was not read"
            )
            return
        if not source.fill(need):
            source.truncated = source.available() > 0
            return


def _index(source: Source, order: str) -> tuple[list[int], int, int]:
    """Return where the whole records start, where the last ends, and what the next one needs."""
    captured_length = struct.Struct(order + "8xI").unpack_from
    data = source.buffer.data
    starts: list[int] = []
    append = starts.append
    position, last = source.begin, source.end - _RECORD_HEADER_OCTETS
    while position <= last:
        append(position)
        position += _RECORD_HEADER_OCTETS + captured_length(data, position)[0]
    if position <= source.end:
        return starts, position, _RECORD_HEADER_OCTETS
    start = starts.pop()
    return starts, start, position - start


def _block(
    source: Source, starts: list[int], order: str, unit: int, interfaces: tuple[Interface, ...]
) -> FrameBlock:
    at = np.array(starts, dtype=np.int64)
    numbers = overlapping(source.buffer, order + "u4")
    captured = numbers[at + 8].astype(np.uint32)
    seconds = numbers[at].astype(np.int64)
    fraction = numbers[at + 4].astype(np.int64)
    return FrameBlock(
        octets=source.buffer,
        offset=at + _RECORD_HEADER_OCTETS,
        captured_length=captured,
        wire_length=np.maximum(numbers[at + 12].astype(np.uint32), captured),
        time=seconds * 1_000_000_000 + fraction * unit,
        interface=np.zeros(at.size, dtype=np.uint16),
        interfaces=interfaces,
    )
