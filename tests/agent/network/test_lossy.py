"""Where the capture itself loses frames: holes are given up at once, and counted."""

from dataclasses import replace

import pytest

from schouw_agent.network.traffic import Traffic

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
SENSOR, BROKER = ("192.0.2.1", 40_000), ("198.51.100.2", 7000)
SYN, ACK = 2, 16
FIRST = (1 << 32) - 25
"""Sequence number that soon wraps."""


def said(number: int) -> bytes:
    return b"L\4%04d" % number


@pytest.fixture
def segments(tcp):
    """Return a function that makes the segments with these messages, of six octets each."""

    def make(numbers) -> list[bytes]:
        return [tcp(SENSOR, BROKER, ACK, FIRST + 1 + 6 * n, 1, said(n)) for n in numbers]

    return make


def opened(decoders, block_of, tcp, segments) -> Traffic:
    traffic = Traffic(decoders)
    opening = [tcp(SENSOR, BROKER, SYN, FIRST), *segments([0])]
    assert len(traffic.feed(block_of(opening, [START, START]))) == 1
    return traffic


def payloads(deliveries) -> list[int]:
    return [int(each.message.payload) for each in deliveries]


def test_a_hole_is_waited_for_unless_the_capture_lost_frames(
    decoders, block_of, tcp, segments
) -> None:
    traffic = opened(decoders, block_of, tcp, segments)
    block = block_of(segments([1, 4, 5]), [START + 1] * 3)
    assert payloads(traffic.feed(block)) == [1]
    traffic = opened(decoders, block_of, tcp, segments)
    assert payloads(traffic.feed(replace(block, dropped=2))) == [1, 4, 5]
    # What came before goes on as if nothing had been missing.
    more = block_of(segments([6, 7]), [START + 2] * 2)
    assert payloads(traffic.feed(more)) == [6, 7]
    traffic.close()
    (flow,) = traffic.ended().rows()
    assert (flow.missed_octets, traffic.counters.missed_octets) == (12, 12)
    assert traffic.counters.undecoded["gap"].octets == 12


def test_the_hole_may_come_a_second_after_the_loss_is_told(
    decoders, block_of, tcp, segments
) -> None:
    for later, expected in ((SECOND, [1, 3]), (3 * SECOND, [1])):
        traffic = opened(decoders, block_of, tcp, segments)
        none = block_of([], [])
        traffic.feed(replace(none, dropped=9))
        block = block_of(segments([1, 3]), [START + later] * 2)
        assert payloads(traffic.feed(block)) == expected


def test_what_waited_before_the_loss_waits_no_longer(decoders, block_of, tcp, segments) -> None:
    traffic = opened(decoders, block_of, tcp, segments)
    assert payloads(traffic.feed(block_of(segments([3]), [START + 1]))) == []
    block = replace(block_of(segments([5]), [START + 2]), dropped=1)
    assert payloads(traffic.feed(block)) == [3, 5]


def test_a_repetition_is_no_hole(decoders, block_of, tcp, segments) -> None:
    traffic = opened(decoders, block_of, tcp, segments)
    block = replace(block_of(segments([1, 2, 1, 2, 3, 9]), [START + 1] * 6), dropped=1)
    assert payloads(traffic.feed(block)) == [1, 2, 3, 9]
    traffic.close()
    assert traffic.counters.missed_octets == 30


def test_a_jump_that_no_window_allows_is_not_believed(decoders, block_of, tcp, segments) -> None:
    traffic = opened(decoders, block_of, tcp, segments)
    far = tcp(SENSOR, BROKER, ACK, FIRST + 1 + (200 << 20), 1, said(9))
    block = replace(block_of([far, *segments([1, 2])], [START + 1] * 3), dropped=1)
    assert payloads(traffic.feed(block)) == [1, 2]
