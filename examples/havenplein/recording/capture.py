"""The mirror port: frames to a pcapng file that says nothing about the machine that made it."""

import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from recording.network import BRIDGE, SWITCH

SECTION, INTERFACE, ENHANCED = 0x0A0D0D0A, 1, 6
COMMENT = (
    "Havenplein: an invented square. Recorded from real software in network namespaces; "
    "the time stamps are shifted to the date of the story."
)


class Mirror:
    """Captures the bridge in promiscuous mode, while the context lasts."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        self._process = subprocess.Popen(
            [
                *("ip", "netns", "exec", SWITCH, "dumpcap"),
                *("-q", "-i", BRIDGE, "-w", str(self._file)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while not (self._file.exists() and self._file.stat().st_size):
            if time.monotonic() > deadline:
                raise SystemExit("dumpcap did not start")
            time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        time.sleep(1)
        self._process.terminate()
        self._process.wait()


def frames(file: Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield time in µs, wire length and octets of each frame (pcapng, little-endian)."""
    content = file.read_bytes()
    ticks = 10**6
    at = 0
    while at < len(content):
        kind, length = struct.unpack_from("<II", content, at)
        if kind == INTERFACE:
            ticks = _ticks(content[at + 16 : at + length - 4])
        elif kind == ENHANCED:
            _, high, low, captured, wire = struct.unpack_from("<IIIII", content, at + 8)
            start = at + 28
            stamp = ((high << 32) | low) * 10**6 // ticks
            yield stamp, wire, content[start : start + captured]
        at += length


def _ticks(options: bytes) -> int:
    """Return the ticks a second that an interface description gives (if_tsresol)."""
    at = 0
    while at + 4 <= len(options):
        code, length = struct.unpack_from("<HH", options, at)
        if code == 9:
            return int(10 ** options[at + 4])
        at += 4 + (length + 3) // 4 * 4
    return 10**6


def write_shifted(raw: Path, file: Path, shift: int) -> int:
    """Write the frames with their time shifted by `shift` µs; return how many there are."""
    count = 0
    with file.open("wb") as out:
        section = (
            struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
            + _option(1, COMMENT.encode())
            + _option(0, b"")
        )
        out.write(_block(SECTION, section))
        interface = (
            struct.pack("<HHI", 1, 0, 262_144)
            + _option(2, BRIDGE.encode())
            + _option(9, b"\x06")
            + _option(0, b"")
        )
        out.write(_block(INTERFACE, interface))
        for stamp, wire, octets in frames(raw):
            moved = stamp + shift
            head = struct.pack("<IIIII", 0, moved >> 32, moved & 0xFFFFFFFF, len(octets), wire)
            out.write(_block(ENHANCED, head + octets + bytes(-len(octets) % 4)))
            count += 1
    return count


def _option(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


def _block(kind: int, body: bytes) -> bytes:
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def media_samples(file: Path, count: int) -> list[bytes]:
    """Return octets out of the middle of RTP packets, of those the encoder made itself."""
    large = [
        octets[-120:-80]
        for _, _, octets in frames(file)
        if octets[12:14] == b"\x08\x00" and octets[23] == 17 and len(octets) > 250
    ]
    step = max(1, len(large) // count)
    return [sample for sample in large[::step] if len(set(sample)) > 16][:count]
