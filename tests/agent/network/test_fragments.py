"""Fragments: whole again in any order, bounded, and hostile ones survived."""

import random
import struct
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scapy.layers.inet import IP, UDP, fragment
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, fragment6
from scapy.layers.l2 import GRE, Ether
from scapy.packet import Raw

from schouw_agent.network.fragments import FragmentBounds
from schouw_agent.network.headers import Headers
from schouw_agent.network.packets import Tally
from schouw_agent.network.traffic import Traffic

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
LINK = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
PAYLOAD = b"D" + random.Random(1).randbytes(2999)
DATAGRAM = UDP(sport=4000, dport=7001) / Raw(PAYLOAD)
FOUR = IP(src="192.0.2.1", dst="198.51.100.2", id=7) / DATAGRAM
SIX = IPv6(src="2001:db8::1", dst="2001:db8::2") / IPv6ExtHdrFragment(id=9) / DATAGRAM


def pieces(packet) -> list[bytes]:
    parts = fragment(packet, 800) if IP in packet else fragment6(packet, 900)
    return [bytes(LINK / each) for each in parts]


def part(offset: int, content: bytes, *, more: bool, number: int = 7, protocol: int = 17) -> bytes:
    """Return a fragment written by hand; the offset is in octets."""
    head = struct.pack(
        ">BBHHHBBH", 0x45, 0, 20 + len(content), number, more << 13 | offset >> 3, 64, protocol, 0
    )
    return bytes(LINK)[:12] + b"\x08\0" + head + bytes([192, 0, 2, 1, 198, 51, 100, 2]) + content


HEAD = struct.pack(">HHHH", 4000, 7001, 8 + 24, 0)


class Reader:
    """Reads blocks with one state, and remembers payloads."""

    def __init__(self, block_of, bounds: FragmentBounds | None = None) -> None:
        self.headers, self.tally, self._block_of = Headers(None, bounds), Tally(), block_of
        self.payloads: list[bytes] = []
        self.lengths: list[int] = []

    def feed(self, frames, times=None, wire=None) -> "Reader":
        found = self.headers.parse(self._block_of(frames, times, wire=wire), self.tally)
        packets = found.packets
        for at, size in zip(packets.payload.tolist(), packets.captured.tolist(), strict=True):
            self.payloads.append(found.octets[at : at + size].tobytes())
        self.lengths += packets.length.tolist()
        return self

    def close(self) -> "Reader":
        self.headers.close(self.tally)
        return self


@pytest.fixture
def reader(block_of):
    return lambda bounds=None: Reader(block_of, bounds)


@pytest.mark.parametrize("packet", [FOUR, SIX], ids=["IPv4", "IPv6"])
def test_fragments_in_any_order_are_one_datagram(reader, packet) -> None:
    frames = pieces(packet)
    assert len(frames) == 4
    chance = random.Random(2)
    for _ in range(10):
        chance.shuffle(frames)
        read = reader().feed(frames)
        assert read.payloads == [PAYLOAD]
        assert read.lengths == [3000]
        assert (read.tally.fragments, read.tally.lost_fragments, read.tally.invalid) == (3, 0, 0)
        assert read.tally.truncated == 0


def test_the_datagram_stands_where_its_last_fragment_came(block_of) -> None:
    other = bytes(LINK / IP(src="192.0.2.1", dst="198.51.100.2") / UDP(dport=9) / Raw(b"other"))
    frames = pieces(FOUR)
    found = Headers().parse(block_of([other, *frames[:3], other, frames[3], other]), Tally())
    assert found.packets.frame.tolist() == [0, 4, 5, 6]


def test_options_behind_the_fragment_header_are_passed(reader) -> None:
    packet = IPv6(src="2001:db8::1", dst="2001:db8::2") / IPv6ExtHdrFragment(id=9)
    packet = packet / IPv6ExtHdrDestOpt() / DATAGRAM
    assert reader().feed(pieces(packet)).payloads == [PAYLOAD]


def test_a_tunnel_in_fragments_is_opened(reader) -> None:
    outer = IP(src="203.0.113.1", dst="203.0.113.2", id=3) / GRE() / FOUR
    read = reader().feed(pieces(outer))
    assert read.payloads == [PAYLOAD]
    assert read.tally.tunnels == {"gre": 1}


def test_fragments_in_a_tunnel_are_put_together(reader) -> None:
    outer = IP(src="203.0.113.1", dst="203.0.113.2") / GRE()
    frames = [bytes(LINK / outer / each) for each in fragment(FOUR, 800)]
    read = reader().feed(frames)
    assert read.payloads == [PAYLOAD]


def test_equal_numbers_of_other_ends_are_other_packets(reader) -> None:
    other = IP(src="192.0.2.9", dst="198.51.100.2", id=7) / DATAGRAM
    first, second = pieces(FOUR), pieces(other)
    mixed = [each for pair in zip(first, second, strict=True) for each in pair]
    assert reader().feed(mixed).payloads == [PAYLOAD] * 2


def test_a_snap_length_cuts_the_datagram(reader) -> None:
    frames = pieces(FOUR)
    read = reader().feed([each[:200] for each in frames], wire=[len(each) for each in frames])
    assert read.payloads == [PAYLOAD[: 200 - 14 - 20 - 8]]
    assert read.lengths == [3000]
    assert read.tally.truncated == 4


def test_the_first_of_overlapping_fragments_wins(reader) -> None:
    read = reader().feed([
        part(0, HEAD + b"D" * 8, more=True),
        part(8, b"X" * 16, more=True),
        part(24, b"E" * 8, more=False),
    ])  # fmt: skip
    assert read.payloads == [b"D" * 8 + b"X" * 8 + b"E" * 8]
    assert read.tally.overlapping_fragments == 1


HOSTILE = [
    ("teardrop", [part(0, HEAD + b"D" * 24, more=True), part(8, b"x" * 4, more=False)]),
    ("beyond 65,535", [part(65_528, b"x" * 100, more=False)]),
    ("an end within", [part(0, HEAD + b"D" * 24, more=True), part(16, b"x" * 3, more=False)]),
    ("two ends", [part(32, b"x" * 8, more=False), part(64, b"x" * 8, more=False)]),
    ("behind the end", [part(32, b"x" * 8, more=False), part(64, b"x" * 8, more=True)]),
    ("nothing in it", [part(8, b"", more=True)]),
    ("not in eights", [part(0, HEAD + b"x", more=True)]),
]


@pytest.mark.parametrize("frames", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_impossible_fragments_are_counted(reader, frames) -> None:
    read = reader().feed(frames).close()
    assert read.payloads == []
    assert read.tally.fragments == read.tally.lost_fragments == len(frames)
    assert read.tally.invalid == 0


def test_tiny_fragments_are_put_together(reader) -> None:
    content = HEAD + b"D" * 24
    frames = [part(at, content[at : at + 8], more=at < 24) for at in range(0, 32, 8)]
    assert reader().feed(frames).payloads == [b"D" * 24]


def test_a_packet_of_too_many_fragments_is_given_up(reader) -> None:
    frames = [part(8 * i, b"x" * 8, more=True) for i in range(1, 600)]
    read = reader(FragmentBounds(of_one=256)).feed(frames).close()
    assert read.payloads == []
    assert read.tally.lost_fragments == 599


def test_fragments_wait_only_so_long(reader) -> None:
    first, *rest = pieces(FOUR)
    read = reader().feed([first], [START]).feed(rest, [START + 29 * SECOND] * 3)
    assert read.payloads == [PAYLOAD]
    read = reader().feed([first], [START]).feed(rest, [START + 31 * SECOND] * 3).close()
    assert read.payloads == []
    assert read.tally.lost_fragments == 4


def test_copies_of_fragments_make_no_second_datagram(reader) -> None:
    frames = [copy for each in pieces(FOUR) for copy in (each, each)]
    read = reader().feed(frames).close()
    assert read.payloads == [PAYLOAD]
    assert read.tally.lost_fragments == 0
    assert (read.tally.overlapping_fragments, read.tally.duplicates) == (3, 1)


def test_a_number_may_be_used_again_later(reader) -> None:
    read = reader().feed(pieces(FOUR)).feed(pieces(FOUR), [START + SECOND] * 4)
    assert read.payloads == [PAYLOAD] * 2


def test_very_many_unfinished_packets_take_bounded_memory(reader) -> None:
    read = reader(FragmentBounds(packets=64, octets=100_000))
    tracemalloc.start()
    for start in range(0, 100_000, 5_000):
        frames = [
            part(0, HEAD + bytes(1000), more=True, number=i & 0xFFFF, protocol=17 + (i >> 16))
            for i in range(start, start + 500)
        ]
        read.feed(frames)
        del frames
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 2_000_000
    assert read.close().tally.lost_fragments == 10_000


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), data=st.data())
def test_cutting_a_capture_anywhere_changes_nothing(decoders, block_of, seed: int, data) -> None:
    chance = random.Random(seed)
    frames: list[tuple[bytes, int]] = []
    time = START
    for number in range(12):
        time += chance.choice([0, 1000, SECOND, 40 * SECOND])
        packet = chance.choice([FOUR, SIX]).copy()
        if IP in packet:
            packet[IP].id = number // 2
        parts = [each for each in pieces(packet) if chance.random() > 0.05]
        for each in parts:
            at = max(0, len(frames) - chance.randrange(6))
            frames.insert(at, (each, time))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(frames)), max_size=8)))

    def outcome(bounds):
        traffic = Traffic(decoders)
        found = []
        for start, stop in zip([0, *bounds], [*bounds, len(frames)], strict=True):
            some = frames[start:stop]
            found += traffic.feed(block_of([f for f, _ in some], [t for _, t in some]))
        found += traffic.close()
        tally = traffic.counters.tally
        flows = [(f.uid, f.orig_packets, f.orig_octets) for f in traffic.ended().rows()]
        return [(d.flow.uid, d.time, d.message) for d in found], flows, tally

    assert outcome(cuts) == outcome([]) == outcome(list(range(1, len(frames))))
