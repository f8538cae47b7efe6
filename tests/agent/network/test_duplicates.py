"""Frames that were captured twice count once; what was said twice counts twice."""

import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import GRE, Dot1Q, Ether
from scapy.packet import Raw

from schouw_agent.network.traffic import Traffic

MICROSECOND = 1_000
MILLISECOND = 1_000_000
START = 1_700_000_000_000_000_000
LINK = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
OTHER_LINK = Ether(src="02:00:00:00:00:03", dst="02:00:00:00:00:04") / Dot1Q(vlan=5)


def datagram(number: int, text: bytes = b"Dx", ttl: int = 64):
    packet = IP(src="192.0.2.1", dst="198.51.100.2", id=number, ttl=ttl)
    return packet / UDP(sport=4000, dport=7001) / Raw(text)


def six(text: bytes = b"Dx"):
    packet = IPv6(src="2001:db8::1", dst="2001:db8::2")
    return packet / UDP(sport=4000, dport=7001) / Raw(text)


@pytest.fixture
def read(decoders, block_of):
    """Return a function from rows of packet, time and interface to duplicates and messages."""

    def run(rows, cuts=(), links=(1, 1)):
        traffic = Traffic(decoders)
        found = []
        for start, stop in pairwise([0, *cuts, len(rows)]):
            some = rows[start:stop]
            block = block_of(
                [bytes(packet if Ether in packet else LINK / packet) for packet, _, _ in some],
                [START + time for _, time, _ in some],
                links=links,
                ports=[port for _, _, port in some],
            )
            found += [delivery.message.payload for delivery in traffic.feed(block)]
        traffic.close()
        packets = sum(flow.orig_packets + flow.resp_packets for flow in traffic.ended().rows())
        tally = traffic.counters.tally
        assert tally.frames == len(rows) == packets + tally.duplicates
        return tally.duplicates, len(found)

    return run


# Each is what the second sighting looks like, after evidence that numbers mean something.
MIRROR = [(datagram(number), 0, 0) for number in (1, 1, 2, 2, 3, 3)]

CASES = [
    ("on two interfaces", [(datagram(0), 0, 0), (datagram(0), 400 * MICROSECOND, 1)], 1),
    ("with a number, later", [(datagram(7), 0, 0), (datagram(7), 8 * MILLISECOND, 1)], 1),
    ("IPv6", [(six(), 0, 0), (six(), 400 * MICROSECOND, 1)], 1),
    ("behind another link", [(LINK / datagram(7), 0, 0), (OTHER_LINK / datagram(7), 5, 1)], 1),
    ("inside a tunnel", [(datagram(7), 0, 0),
     (IP(src="203.0.113.2", dst="203.0.113.1") / GRE() / datagram(7), 5, 1)], 1),
    ("three times", [(datagram(7), 0, 0), (datagram(7), 5, 1), (datagram(7), 9, 1)], 2),
    ("others between", [(datagram(7), 0, 0), *[(datagram(8 + i), 1, 0) for i in range(50)],
     (datagram(7), 5, 1)], 1),
    ("mirrored both ways", [*MIRROR, (datagram(4), 9, 0), (datagram(4), 12, 0)], 2),
    ("without a number, later", [(datagram(0), 0, 0), (datagram(0), 2 * MILLISECOND, 1)], 0),
    ("with a number, much later", [(datagram(7), 0, 0), (datagram(7), 11 * MILLISECOND, 1)], 0),
    ("said twice without a number", [(datagram(0), 0, 0)] * 9, 0),
    ("said twice with a number that never changes", [(datagram(1), 0, 0)] * 9, 0),
    ("IPv6 said twice", [(six(), 0, 0)] * 9, 0),
    ("mirrored, but later", [*MIRROR, (datagram(4), 0, 0), (datagram(4), MILLISECOND, 0)], 1),
    ("passed on by a router", [(datagram(7), 0, 0), (datagram(7, ttl=63), 5, 1)], 0),
    ("another number", [(datagram(7), 0, 0), (datagram(8), 5, 1)], 0),
    ("another content", [(datagram(7), 0, 0), (datagram(7, b"Dy"), 5, 1)], 0),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [r[1:] for r in CASES], ids=[r[0] for r in CASES])
def test_only_what_is_surely_the_same_is_dropped(read, rows, expected: int) -> None:
    assert read(rows) == (expected, len(rows) - expected)


def test_an_interface_may_turn_up_late(read) -> None:
    """Until then nothing is remembered but the packet before."""
    rows = [(datagram(7), 0, 0), (datagram(8), 1, 0), (datagram(8), 2, 1), (datagram(7), 3, 1)]
    assert read(rows, links=(1, 1)) == (2, 2)
    late = [(packet, time, 0) for packet, time, _ in MIRROR]
    assert read(late, links=(1,)) == (1, 5)


def test_each_of_two_interfaces_may_say_it_twice(read) -> None:
    twice = [(datagram(0), 0, 0), (datagram(0), 1, 1), (datagram(0), 2, 0), (datagram(0), 3, 1)]
    assert read(twice) == (2, 2)


def test_a_retransmission_is_none(read) -> None:
    segment = [
        IP(src="192.0.2.1", dst="198.51.100.2", id=number)
        / TCP(sport=4000, dport=7000, flags="A", seq=1)
        / Raw(b"L\2ab")
        for number in (5, 6)
    ]
    rows = [(segment[0], 0, 0), (segment[1], 5, 0), (segment[1], 5, 1)]
    assert read(rows)[0] == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), data=st.data())
def test_cutting_a_capture_anywhere_changes_nothing(read, seed: int, data) -> None:
    chance = random.Random(seed)
    rows, time = [], 0
    for number in range(20):
        time += chance.choice([1, 300 * MICROSECOND, 3 * MILLISECOND])
        packet = chance.choice([datagram(number), datagram(1), datagram(0), six()])
        for _ in range(chance.choice([1, 1, 2, 2, 3])):
            rows.append((packet, time, chance.choice([0, 0, 0, seed & 1])))
            time += chance.choice([0, 5, 400 * MICROSECOND])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=8)))
    assert read(rows, cuts) == read(rows) == read(rows, range(1, len(rows)))
