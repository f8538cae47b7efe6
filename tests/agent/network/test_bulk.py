"""Which flows are bulk: those that a decoder knows and leaves, and nothing else."""

import struct

import numpy as np

from schouw_agent.bulk import Bulk
from schouw_agent.network.traffic import Traffic
from schouw_agent.pipeline import decoders
from schouw_agent.records import FrameBlock, Interface
from tests.agent.capture.wire import udp

ENDS = ("192.0.2.7", "198.51.100.10")
PORTS = (5004, 40_000)


def _block(frames: list[bytes], first: int = 0) -> FrameBlock:
    lengths = np.array([len(each) for each in frames])
    return FrameBlock(
        octets=np.frombuffer(b"".join(frames), dtype=np.uint8),
        offset=np.cumsum(lengths) - lengths,
        captured_length=lengths.astype(np.uint32),
        wire_length=lengths.astype(np.uint32),
        time=(first + np.arange(lengths.size)) * 1_000_000,
        interface=np.zeros(lengths.size, dtype=np.uint16),
        interfaces=(Interface("", 1),),
    )


def _media(count: int, payload: int, ports: tuple[int, int] = PORTS) -> list[bytes]:
    return [
        udp(struct.pack(">BBHII", 0x80, 96, n, n * 90, 7) + bytes(payload), *ENDS, ports=ports)
        for n in range(count)
    ]


def _address(text: str) -> bytes:
    return bytes(10) + b"\xff\xff" + bytes(map(int, text.split(".")))


def test_known_media_is_bulk_and_the_largest_comes_first() -> None:
    traffic = Traffic(decoders())
    traffic.feed(_block(_media(100, 400) + _media(100, 1200, (5006, 40_002))))
    ends = _address(ENDS[0]), _address(ENDS[1])
    assert traffic.bulk() == [Bulk(*ends, 5006, 40_002), Bulk(*ends, *PORTS)]


def test_what_is_small_few_unknown_or_over_is_not_bulk() -> None:
    few = _media(50, 1200)
    small = _media(100, 20, (5006, 40_002))
    unknown = [udp(b"\xfe" * 900, *ENDS, ports=(7001, 7003))] * 100
    traffic = Traffic(decoders())
    traffic.feed(_block(few + small + unknown))
    assert traffic.bulk() == []
    traffic.feed(_block(_media(100, 400, (5008, 40_004)), 1000))
    assert len(traffic.bulk()) == 1
    traffic.feed(_block(_media(1, 1, (5010, 40_006)), 1_000_000))  # a quarter of an hour later
    assert traffic.bulk() == []
