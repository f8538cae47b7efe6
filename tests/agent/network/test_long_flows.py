"""Flows that run for hours: told of in parts that add up, the same however the capture is cut."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.network.traffic import Limits, Traffic
from schouw_agent.records import Flow

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
CAMERA, SERVER, SENSOR = ("192.0.2.1", 40_000), ("198.51.100.2", 7000), ("192.0.2.3", 40_001)
SYN, ACK = 2, 16
HOURS = 4
EVERY = 4 * SECOND


@pytest.fixture
def hours(tcp, udp) -> list[tuple[bytes, int]]:
    """Return frames with their times: a camera, and a sensor that asks every minute."""
    frames = [(tcp(CAMERA, SERVER, SYN, 0), START)]
    at = 1
    for number in range(HOURS * 3600 * SECOND // EVERY):
        time = START + number * EVERY
        frames.append((tcp(CAMERA, SERVER, ACK, at, 1, b"L\3abc"), time + 1))
        at += 5
        if number % 15 == 0:
            frames.append((udp(SENSOR, ("198.51.100.2", 7001), b"D%08d" % number), time + 2))
            frames.append((udp(("198.51.100.2", 7001), SENSOR, b"?%03d" % number), time + 3))
    return frames


def told(
    decoders, block_of, frames: Sequence[tuple[bytes, int]], cuts: Sequence[int], limits: Limits
) -> tuple[list[FlowBatch], FlowBatch, Traffic]:
    traffic = Traffic(decoders, limits)
    parts: list[FlowBatch] = []
    for first, stop in zip([0, *cuts], [*cuts, len(frames)], strict=True):
        traffic.feed(block_of(*zip(*frames[first:stop], strict=True)))
        parts += traffic.running()
    traffic.close()
    return parts, traffic.ended(), traffic


def rows(parts: Sequence[FlowBatch]) -> list[tuple[Flow, bool]]:
    found = []
    for part in parts:
        found += list(zip(part.rows(), part.goes_on.tolist(), strict=True))
    return found


def test_parts_of_a_long_flow_add_up_to_the_whole(decoders, block_of, hours) -> None:
    parts, ended, traffic = told(decoders, block_of, hours, [], Limits())
    never, whole, _ = told(decoders, block_of, hours, [], Limits(active_seconds=0))
    assert not rows(never)
    assert traffic.counters.flows == 2
    for flow in whole.rows():
        own = [(row, on) for row, on in rows([*parts, ended]) if row.uid == flow.uid]
        # After 1,800 s, and then at the next multiple of 300 s, and of 256 frames.
        assert 6 <= len(own) <= 9
        assert [on for _, on in own] == [False] + [True] * (len(own) - 1)
        assert {(r.orig, r.resp, r.protocol, r.transport) for r, _ in own} == {
            (flow.orig, flow.resp, flow.protocol, flow.transport)
        }
        assert own[0][0].start == flow.start
        assert own[-1][0].end == flow.end
        for (row, _), (following, _) in pairwise(own):
            assert following.start == row.end
            assert 1800 * SECOND <= row.end - row.start < 3600 * SECOND
        for count in ("orig_packets", "resp_packets", "orig_octets", "resp_octets"):
            counts = [getattr(row, count) for row, _ in own]
            assert sum(counts) == getattr(flow, count)
            assert all(counts) == all([getattr(flow, count)])


def test_a_running_flow_is_told_by_the_protocol_that_is_read(decoders, block_of, hours) -> None:
    parts, _, _ = told(decoders, block_of, hours, [], Limits())
    assert {row.protocol for row, _ in rows(parts)} == {"prefixed", "datagrams"}


def test_where_a_capture_is_cut_changes_no_part(decoders, block_of, hours) -> None:
    late = [*hours[:700], (hours[5][0], START + 2 * 3600 * SECOND), *hours[700:]]
    whole = told(decoders, block_of, late, [], Limits(active_seconds=600))
    assert whole[0]
    for cuts in (range(1, len(late), 7), range(256, len(late), 256), [701, 702, 768, 769]):
        cut = told(decoders, block_of, late, list(cuts), Limits(active_seconds=600))
        assert rows(cut[0]) == rows(whole[0])
        assert rows([cut[1]]) == rows([whole[1]])


def test_a_clock_that_jumps_with_each_frame_is_not_followed(decoders, block_of, udp) -> None:
    frames = [
        (udp(SENSOR, ("198.51.100.2", 7001), b"D"), START + number * 3600 * SECOND)
        for number in range(2_000)
    ]
    parts, ended, _ = told(decoders, block_of, frames, [], Limits())
    assert len(parts) == len(frames) // 256
    assert sum(row.orig_packets for row, _ in rows([*parts, ended])) == len(frames)
