"""Writes the bulk workloads: full-size packets of video, TLS, DNS and MQTT in 2,000 flows.

    python benchmarks/bulk.py W1.pcap [--packets 800000] [--snap 128]

The same seed gives the same file.
"""

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

FULL_OCTETS = 1400
SMALL_OCTETS = 60
START_SECONDS = 1_750_000_000
CHUNK_FRAMES = 20_000
RECORD_OCTETS, ETHERNET_OCTETS, IPV4_OCTETS, UDP_OCTETS, TCP_OCTETS = 16, 14, 20, 8, 20
FILE_HEADER = bytes.fromhex("d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000")
RTP, TLS, DNS, MQTT = range(4)
SHARES = (0.80, 0.12, 0.03, 0.05)
SERVER_PORTS = np.array([50_000, 443, 53, 1883])
TCP_KINDS = (TLS, MQTT)


def write(
    path: Path, frames: int = 800_000, flows: int = 2_000, snap: int = FULL_OCTETS, seed: int = 1
) -> None:
    """Write video over RTP, TLS, DNS and MQTT in the shares of `SHARES`, cut at `snap` octets."""
    random = np.random.default_rng(seed)
    kind_of = random.choice(4, size=flows, p=SHARES)
    kind_of[:4] = range(4)
    by_kind = [np.flatnonzero(kind_of == kind) for kind in range(4)]
    sequence = np.zeros(flows, dtype=np.int64)
    with path.open("wb") as file:
        file.write(FILE_HEADER)
        for first in range(0, frames, CHUNK_FRAMES):
            count = min(CHUNK_FRAMES, frames - first)
            kind = random.choice(4, size=count, p=SHARES)
            flow = np.array([by_kind[each][0] for each in range(4)])[kind]
            for each in range(4):
                rows = kind == each
                flow[rows] = random.choice(by_kind[each], size=int(rows.sum()))
            _write(file, first, flow, kind, FULL_OCTETS, sequence, random, snap)


def _write(
    file: BinaryIO,
    first: int,
    flow: NDArray[np.int64],
    kind: NDArray[np.int64],
    octets: int,
    sequence: NDArray[np.int64],
    random: np.random.Generator,
    snap: int = FULL_OCTETS,
) -> None:
    """Write one frame of this many octets, of which some are kept, for each entry of `flow`."""
    count = flow.size
    frames = np.zeros((count, RECORD_OCTETS + octets), dtype=np.uint8)
    stamp = START_SECONDS * 1_000_000 + (first + np.arange(count)) * 10
    tcp = np.isin(kind, TCP_KINDS)
    _put(frames, 0, stamp // 1_000_000, "<u4")
    _put(frames, 4, stamp % 1_000_000, "<u4")
    _put(frames, 8, np.full(count, min(snap, octets)), "<u4")
    _put(frames, 12, np.full(count, octets), "<u4")
    network = RECORD_OCTETS + ETHERNET_OCTETS
    frames[:, RECORD_OCTETS] = frames[:, RECORD_OCTETS + 6] = 0x02
    frames[:, RECORD_OCTETS + 5] = 1
    _put(frames, RECORD_OCTETS + 8, flow, ">u4")
    _put(frames, network - 2, np.full(count, 0x0800), ">u2")
    frames[:, network] = 0x45
    _put(frames, network + 2, np.full(count, octets - ETHERNET_OCTETS), ">u2")
    frames[:, network + 8] = 64
    frames[:, network + 9] = np.where(tcp, 6, 17)
    # 198.18.0.0/15 is set aside for benchmarks (RFC 2544).
    _put(frames, network + 12, 0xC6120000 + flow // 16, ">u4")
    _put(frames, network + 16, np.full(count, 0xC6130001), ">u4")
    transport = network + IPV4_OCTETS
    _put(frames, transport, 40_000 + flow % 16, ">u2")
    _put(frames, transport + 2, SERVER_PORTS[kind], ">u2")
    order = np.argsort(flow, kind="stable")
    ordered = flow[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    nth = np.empty(count, dtype=np.int64)
    nth[order] = np.arange(count) - np.repeat(starts, np.diff(np.append(starts, count)))
    nth += sequence[flow]
    np.add.at(sequence, flow, 1)
    _put_tcp(frames, transport, np.flatnonzero(tcp), nth, octets)
    udp = np.flatnonzero(~tcp)
    length = octets - ETHERNET_OCTETS - IPV4_OCTETS
    frames[udp, transport + 4], frames[udp, transport + 5] = length >> 8, length & 255
    _put_payload(frames, transport, kind, nth, random)
    file.write(np.ascontiguousarray(frames[:, : RECORD_OCTETS + snap]).tobytes())


def _put_tcp(
    frames: NDArray[np.uint8], at: int, rows: NDArray[np.intp], nth: NDArray[np.int64], octets: int
) -> None:
    payload = octets - ETHERNET_OCTETS - IPV4_OCTETS - TCP_OCTETS
    some = frames[rows]
    _put(some, at + 4, (1 + nth[rows] * payload) % (1 << 32), ">u4")
    some[:, at + 12] = 0x50
    some[:, at + 13] = 0x10
    frames[rows] = some


def _put_payload(
    frames: NDArray[np.uint8],
    transport: int,
    kind: NDArray[np.int64],
    nth: NDArray[np.int64],
    random: np.random.Generator,
) -> None:
    noise = random.integers(0, 256, size=frames.shape[1], dtype=np.uint8)
    frames[:, transport + 32 :] = noise[transport + 32 :]
    media = np.flatnonzero(kind == RTP)
    head = transport + UDP_OCTETS
    some = frames[media]
    some[:, head], some[:, head + 1] = 0x80, 96
    _put(some, head + 2, nth[media] % (1 << 16), ">u2")
    _put(some, head + 8, np.full(media.size, 0x5C0), ">u4")
    # A slice of H.264 over thirty packets (RFC 6184, 5.8): its start, its middle, its end.
    part = nth[media] % 30
    some[:, head + 12] = 0x7C
    some[:, head + 13] = np.where(part == 0, 0x85, np.where(part == 29, 0x45, 0x05))
    frames[media] = some
    for each, content in ((TLS, b"\x17\x03\x03"), (MQTT, _publish(frames.shape[1]))):
        rows = np.flatnonzero(kind == each)
        start = transport + TCP_OCTETS
        content = content[: frames.shape[1] - start]
        frames[rows, start : start + len(content)] = np.frombuffer(content, dtype=np.uint8)
    names = np.flatnonzero(kind == DNS)
    query = bytes.fromhex("123401000001000000000000") + b"\x07example\x03org\0\0\1\0\1"
    query = query[: frames.shape[1] - head]
    frames[names, head : head + len(query)] = np.frombuffer(query, dtype=np.uint8)


def _publish(frame_octets: int) -> bytes:
    """Return one PUBLISH that fills the payload of a TCP segment of a frame of this size."""
    room = frame_octets - RECORD_OCTETS - ETHERNET_OCTETS - IPV4_OCTETS - TCP_OCTETS - 3
    topic = b"sensors/air/1"
    content = b'{"temperature":20.5,"humidity":51}'
    body = len(topic).to_bytes(2, "big") + topic + content.ljust(room - 2 - len(topic))
    return bytes((0x30, room & 0x7F | 0x80, room >> 7)) + body


def _put(frames: NDArray[np.uint8], at: int, values: NDArray[np.int64], dtype: str) -> None:
    width = np.dtype(dtype).itemsize
    octets = np.ascontiguousarray(values.astype(dtype)).view(np.uint8).reshape(-1, width)
    frames[:, at : at + width] = octets


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--packets", type=int, default=800_000)
    parser.add_argument("--snap", type=int, default=FULL_OCTETS, help="octets kept of a frame")
    given = parser.parse_args()
    write(given.path, given.packets, snap=given.snap)
    return 0


if __name__ == "__main__":
    sys.exit(main())
