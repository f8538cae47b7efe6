"""What crosses the wire, as a capture: real frames, with the time and the MACs of the story."""

import socket
import struct
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_ALL_PROTOCOLS = 3
_OUTGOING = 4
_TIMESTAMP = 35  # SO_TIMESTAMPNS, linux/asm-generic/socket.h
_BUFFER_OCTETS = 64 << 20
_SILENCE = 0.05
"""Seconds of silence after which the end is noticed."""
_SECTION, _INTERFACE, _ENHANCED = 0x0A0D0D0A, 1, 6
_COMMENT = (
    "An invented city. Recorded from real software in network namespaces; the time stamps and the "
    "MAC addresses are those of the story."
)


class Frame(NamedTuple):
    """Nanoseconds since 1970, and the octets from the Ethernet header on."""

    time: int
    octets: bytes


class Tap:
    """Hears one end of the wire in both directions, while the context lasts."""

    def __init__(self, link: str) -> None:
        self._socket = socket.socket(
            socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_PROTOCOLS)
        )
        self._socket.setsockopt(socket.SOL_SOCKET, _TIMESTAMP, 1)
        # SO_RCVBUFFORCE: root may have more than the limit.
        self._socket.setsockopt(socket.SOL_SOCKET, 33, _BUFFER_OCTETS)
        self._socket.bind((link, 0))
        self._socket.settimeout(_SILENCE)
        self.frames: list[Frame] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hear, daemon=True)

    def __enter__(self) -> "Tap":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        dropped = struct.unpack("II", self._socket.getsockopt(263, 6, 8))[1]
        self._socket.close()
        if dropped:
            raise RuntimeError(f"{dropped} frames were lost while recording")

    def _hear(self) -> None:
        while True:
            try:
                octets, ancillary, _, _ = self._socket.recvmsg(65_536, 64)
            except TimeoutError:
                if self._over.is_set():
                    return
                continue
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
            self.frames.append(Frame(seconds * 1_000_000_000 + nanoseconds, octets))


def with_macs(frame: bytes, macs: Mapping[bytes, bytes], router: bytes) -> bytes:
    """Return an IPv4 frame with the MACs of its ends; who has none is behind the router."""
    if frame[12:14] != b"\x08\x00" or len(frame) < 34:
        return frame
    source = macs.get(frame[26:30], router)
    target = frame[:6] if frame[0] & 1 else macs.get(frame[30:34], router)
    return target + source + frame[12:]


def write_pcapng(path: Path, frames: Iterable[Frame]) -> int:
    """Write frames in their order and return how many; time stamps in microseconds."""
    comment = _COMMENT.encode()
    options = struct.pack("<HH", 1, len(comment)) + comment + bytes(-len(comment) % 4) + bytes(4)
    section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + options
    count = 0
    with path.open("wb") as file:
        file.write(_block(_SECTION, section))
        file.write(_block(_INTERFACE, struct.pack("<HHI", 1, 0, 262_144)))
        for time, octets in frames:
            micro, size = time // 1000, len(octets)
            head = struct.pack("<IIIII", 0, micro >> 32, micro & 0xFFFFFFFF, size, size)
            file.write(_block(_ENHANCED, head + octets + bytes(-size % 4)))
            count += 1
    return count


def _block(kind: int, body: bytes) -> bytes:
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length
