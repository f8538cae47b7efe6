"""Frames of every link type as octets that can be changed at random, and captures of them."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from schouw_agent.network import streams
from schouw_agent.network.screening import Screening
from schouw_agent.network.traffic import Traffic
from schouw_agent.pipeline import decoders
from schouw_agent.plugins import Decoder
from schouw_agent.records import FrameBlock, Interface
from tests.leaks.secrets import media, secrets
from tests.leaks.traffic import capture

ROOT = Path(__file__).resolve().parent.parent.parent
_FRAME = struct.Struct(">BH")


def read(link: int, octets: bytes) -> None:
    """Have the traffic of frames read; each is preceded by a time step and its length."""
    frames, times, wire, now = [], [], [], 1_793_000_000 * 10**9
    at = 0
    while at + _FRAME.size <= len(octets):
        step, length = _FRAME.unpack_from(octets, at)
        at += _FRAME.size
        now += 10 ** (step & 15)
        frames.append(octets[at : at + length])
        times.append(now)
        wire.append(length + (step >> 4) ** 3)
        at += length
    if not frames:
        return
    with screened_once():
        traffic = Traffic(decoders())
    for _ in traffic.feed(_block(link, frames, times, wire)):
        pass
    for _ in traffic.close():
        pass
    assert traffic.counters.tally.frames == len(frames)
    list(traffic.ended().rows())


_SCREENINGS: dict[tuple[str, ...], Screening] = {}


@contextmanager
def screened_once() -> Iterator[None]:
    """Let all traffic share its screens, which take longer to make than a few frames to read."""

    def screening(known: Sequence[Decoder]) -> Screening:
        names = tuple(each.id for each in known)
        if names not in _SCREENINGS:
            _SCREENINGS[names] = Screening(known)
        return _SCREENINGS[names]

    with patch.object(streams, "Screening", screening):
        yield


def _block(link: int, frames: list[bytes], times: list[int], wire: list[int]) -> FrameBlock:
    lengths = np.array([len(each) for each in frames], dtype=np.uint32)
    return FrameBlock(
        octets=np.frombuffer(b"".join(frames) + bytes(16), dtype=np.uint8).copy(),
        offset=(np.cumsum(lengths) - lengths).astype(np.int64),
        captured_length=lengths,
        wire_length=np.array(wire, dtype=np.uint32),
        time=np.array(times, dtype=np.int64),
        interface=np.zeros(len(frames), dtype=np.uint16),
        interfaces=(Interface("", link),),
    )


def seeds(link: int) -> list[bytes]:
    """Return some traffic on a link of this type, in tunnels and in fragments too."""
    plain = [linked(link, each) for each in square()]
    some = [plain[at : at + 24] for at in range(0, 240, 24)]
    if link == 1:
        some += _special()
    return [_packed(each) for each in some]


def _special() -> list[list[bytes]]:
    from tests.agent.network.test_fragments import FOUR, SIX, pieces
    from tests.agent.network.test_tunnels import CASES

    found = [[bytes(frame)] for _, link, frame, *_ in CASES if link == 1]
    return [*found, pieces(FOUR), pieces(SIX)]


def _packed(frames: Iterable[bytes]) -> bytes:
    return b"".join(_FRAME.pack(6, len(each)) + each for each in frames)


def square() -> list[bytes]:
    """Return Ethernet frames of a square with devices of many kinds."""
    with TemporaryDirectory() as folder:
        octets = capture(Path(folder) / "small.pcap", secrets(), media()).read_bytes()
    return of_pcap(octets)


def captures(form: str) -> list[bytes]:
    """Return small captures of this form."""
    frames = square()
    some = [frames[at : at + 20] for at in (0, 100, 400)]
    if form == "pcap":
        return [pcap(link, each) for link in (1, 101, 65535) for each in some]
    example = (ROOT / "examples/havenplein/havenplein-2026-09.pcapng").read_bytes()
    return [*(pcapng(1, each) for each in some), example[:4000], example[:28] + example[-3000:]]


def of_pcap(octets: bytes) -> list[bytes]:
    """Return the frames of a little-endian pcap."""
    frames, at = [], 24
    while at < len(octets):
        length = struct.unpack_from("<I", octets, at + 8)[0]
        frames.append(octets[at + 16 : at + 16 + length])
        at += 16 + length
    return frames


def linked(link: int, frame: bytes) -> bytes:
    """Return an Ethernet frame with IPv4 as one of another link type."""
    cooked = b"\0\0\0\x01\0\x06" + frame[6:12] + b"\0\0\x08\0"
    heads = {
        0: b"\x02\0\0\0",
        108: b"\0\0\0\x02",
        113: cooked,
        276: b"\x08\0\0\0\0\0\0\x01\0\x01\0\x06" + frame[6:12] + b"\0\0",
        1: frame[:12] + b"\x81\0\0\x07" * (frame[0] % 3) + b"\x08\0",
    }
    return heads.get(link, b"") + frame[14:]


def pcap(link: int, frames: list[bytes]) -> bytes:
    """Return a pcap of frames, a second apart."""
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link)
    return head + b"".join(
        struct.pack("<IIII", 1_793_000_000 + i, 0, len(f), len(f)) + f for i, f in enumerate(frames)
    )


def pcapng(link: int, frames: list[bytes]) -> bytes:
    """Return a pcapng of frames, a millisecond apart."""
    blocks = [
        block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
        block(1, struct.pack("<HHI", link, 0, 0)),
    ]
    for i, frame in enumerate(frames):
        ticks = 1_793_000_000_000_000 + i * 1000
        head = struct.pack("<IIIII", 0, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame))
        blocks.append(block(6, head + frame))
    return b"".join(blocks)


def block(kind: int, body: bytes) -> bytes:
    """Return a block of a pcapng."""
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
