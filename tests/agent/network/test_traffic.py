"""Traffic as a whole: messages and flows do not depend on how a capture was cut."""

import random
from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent.network.reassembly import Bounds
from schouw_agent.network.traffic import Limits, Traffic

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
SENSOR, BROKER = ("192.0.2.1", 40_000), ("198.51.100.2", 7000)
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
FIRST = (1 << 32) - 40
"""Sequence number that soon wraps."""


def frame(payload: bytes, kind: bytes = b"L") -> bytes:
    return kind + bytes((len(payload),)) + payload


STREAM = b"".join(frame(bytes([65 + i]) * (i % 23)) for i in range(60))


def sent(tcp, offset: int, payload: bytes, acknowledged: int = 1) -> bytes:
    """Return a segment of the sensor with the octets at this offset of its stream."""
    return tcp(SENSOR, BROKER, ACK | PSH, FIRST + 1 + offset, acknowledged, payload)


def answered(tcp, offset: int) -> bytes:
    """Return an acknowledgement of all octets before this offset of the sensor's stream."""
    return tcp(BROKER, SENSOR, ACK, 1, FIRST + 1 + offset)


def sliced(stream: bytes, *lengths: int) -> list[tuple[int, bytes]]:
    """Return offsets and parts of a stream."""
    parts, at = [], 0
    for length in lengths:
        parts.append((at, stream[at : at + length]))
        at += length
    return [*parts, (at, stream[at:])]


def run(traffic: Traffic, *blocks):
    """Return the deliveries, and all that is known afterwards."""
    deliveries = [each for block in blocks for each in traffic.feed(block)]
    deliveries += traffic.close()
    return deliveries, list(traffic.ended().rows())


def payloads(deliveries) -> list[bytes]:
    return [each.message.payload for each in deliveries]


@pytest.fixture
def traffic(decoders) -> Traffic:
    return Traffic(decoders)


def test_a_stream_becomes_messages_with_their_times_and_flow(traffic, block_of, tcp) -> None:
    frames = [
        tcp(SENSOR, BROKER, SYN, FIRST),
        tcp(BROKER, SENSOR, SYN | ACK, 0, FIRST + 1),
        sent(tcp, 0, b"L\x03on"),
        sent(tcp, 4, b"eL\x03"),
        tcp(BROKER, SENSOR, ACK, 1, FIRST + 8, frame(b"fine")),
        sent(tcp, 7, b"two"),
        tcp(SENSOR, BROKER, ACK | FIN, FIRST + 11, 7),
    ]
    deliveries, (flow,) = run(traffic, block_of(frames))
    found = [(d.message.payload, d.message.end, d.time - START, d.from_orig) for d in deliveries]
    assert found == [(b"one", 5, 3, True), (b"fine", 6, 4, False), (b"two", 10, 5, True)]
    reference = deliveries[0].flow
    assert all(each.flow is reference for each in deliveries)
    assert (reference.uid, reference.orig, reference.resp, reference.transport) == (
        flow.uid, flow.orig, flow.resp, "tcp",
    )  # fmt: skip
    assert (flow.protocol, flow.orig_octets, flow.resp_octets) == ("prefixed", 10, 6)
    counters = traffic.counters
    assert (counters.payload_octets, counters.read_octets, counters.missed_octets) == (16, 16, 0)
    assert counters.undecoded == {}


def ordered(tcp) -> list[bytes]:
    return [sent(tcp, at, part) for at, part in sliced(STREAM, 1, 1, 30, 7, 50, 3, 90)]


ARRIVALS = [
    ("in order", lambda s: s, None),
    ("backwards after the first", lambda s: [s[0], *s[:0:-1]], None),
    ("every segment twice", lambda s: [each for each in s for _ in range(2)], None),
    ("all again at the end", lambda s: [*s, *s], None),
    ("neighbours swapped", lambda s: [s[0], s[2], s[1], s[4], s[3], s[6], s[5], s[7]], None),
]


@pytest.mark.parametrize("arrive", [row[1] for row in ARRIVALS], ids=[row[0] for row in ARRIVALS])
def test_order_and_repetition_do_not_change_the_stream(traffic, block_of, tcp, arrive) -> None:
    deliveries, (flow,) = run(traffic, block_of(arrive(ordered(tcp))))
    assert b"".join(frame(each) for each in payloads(deliveries)) == STREAM
    assert flow.missed_octets == 0


def test_where_segments_overlap_the_first_wins(traffic, block_of, tcp) -> None:
    frames = [
        sent(tcp, 0, b"L\x0a"),
        sent(tcp, 6, b"6789"),
        sent(tcp, 4, b"45xx"),
        sent(tcp, 2, b"23yyyyyyab"),
        sent(tcp, 0, b"zzzzzzzzzzzz"),
    ]
    deliveries, _ = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"23456789ab"]


def test_a_hole_is_a_gap_once_its_receiver_does_not_miss_it(traffic, block_of, tcp) -> None:
    frames = [sent(tcp, 0, frame(b"a")), sent(tcp, 9, frame(b"late")), answered(tcp, 3)]
    assert payloads(traffic.feed(block_of(frames))) == [b"a"]
    found = traffic.feed(block_of([answered(tcp, 15)], [START + 9]))
    assert payloads(found) == [b"late"]
    assert found[0].message.end == 15
    assert found[0].time == START + 1
    _, (flow,) = run(traffic)
    assert flow.missed_octets == 6
    assert traffic.counters.undecoded["gap"].octets == 6


def test_a_hole_is_a_gap_when_the_flow_ends(traffic, block_of, tcp) -> None:
    deliveries, (flow,) = run(
        traffic, block_of([sent(tcp, 0, frame(b"a")), sent(tcp, 9, frame(b"late"))])
    )
    assert payloads(deliveries) == [b"a", b"late"]
    assert flow.missed_octets == 6


def test_a_stream_may_begin_anywhere(traffic, block_of, tcp) -> None:
    frames = [sent(tcp, 5000, frame(b"a")), sent(tcp, 5003, frame(b"b"))]
    deliveries, (flow,) = run(traffic, block_of(frames))
    assert [(d.message.payload, d.message.end) for d in deliveries] == [(b"a", 3), (b"b", 6)]
    assert flow.missed_octets == 0


BOUNDS = [
    ("segments", Bounds(lane_segments=3)),
    ("octets of one direction", Bounds(lane_octets=40)),
    ("octets of all flows", Bounds(total_octets=40)),
]


@pytest.mark.parametrize("bounds", [row[1] for row in BOUNDS], ids=[row[0] for row in BOUNDS])
def test_what_is_held_back_is_bounded(decoders, block_of, tcp, bounds: Bounds) -> None:
    traffic = Traffic(decoders, Limits(held=bounds))
    message = frame(b"0123456789")
    frames = [sent(tcp, 0, frame(b"a"))]
    frames += [sent(tcp, 10 + 12 * i, message) for i in range(4)]
    assert len(traffic.feed(block_of(frames))) == 5
    _, (flow,) = run(traffic)
    assert flow.missed_octets == 7


def test_a_lone_segment_from_far_ahead_is_not_believed(traffic, block_of, tcp) -> None:
    frames = [
        sent(tcp, 0, frame(b"a")), sent(tcp, 1 << 30, frame(b"forged")), answered(tcp, 3),
        sent(tcp, 3, frame(b"b")),
    ]  # fmt: skip
    deliveries, (flow,) = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"a", b"b"]
    assert flow.missed_octets == 0


def test_a_stream_that_goes_on_far_ahead_is_followed(traffic, block_of, tcp) -> None:
    far = 1 << 30
    frames = [sent(tcp, 0, frame(b"a"))]
    frames += [sent(tcp, far + 3 * i, frame(b"b")) for i in range(3)]
    frames.append(answered(tcp, far + 9))
    deliveries, _ = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"a", b"b", b"b"]


def test_cut_frames_leave_a_gap_and_are_counted(traffic, block_of, tcp, udp) -> None:
    device = ("198.51.100.2", 7001)
    frames = [
        sent(tcp, 0, frame(b"a")), sent(tcp, 3, frame(b"b" * 20)), sent(tcp, 25, frame(b"c" * 9)),
        udp(SENSOR, device, b"D" * 30), udp(SENSOR, device, b"D" * 40),
    ]  # fmt: skip
    wire = [len(each) for each in frames]
    frames[1], frames[4] = frames[1][:-12], frames[4][:-10]
    deliveries, flows = run(traffic, block_of(frames, wire=wire))
    assert payloads(deliveries) == [b"a", b"c" * 9, b"D" * 30]
    assert sorted(flow.missed_octets for flow in flows) == [10, 12]
    counters = traffic.counters
    assert counters.tally.truncated == 2
    assert counters.undecoded["truncated"].octets == 22
    assert counters.payload_octets == 36 + 70
    assert counters.read_octets == 36 + 70 - 22


def test_an_error_ends_the_reading_and_the_rest_is_counted(traffic, block_of, tcp) -> None:
    stream = frame(b"good") + b"?" * 10 + frame(b"unseen")
    whole = block_of([sent(tcp, 0, stream), sent(tcp, len(stream), stream)])
    deliveries, (flow,) = run(traffic, whole)
    assert payloads(deliveries) == [b"good"]
    assert flow.protocol == "prefixed"
    assert traffic.counters.read_octets == 6
    assert asdict(traffic.counters.undecoded["invalid"]) == {
        "flows": 1, "octets": 2 * len(stream) - 6,
    }  # fmt: skip


def test_a_wrong_datagram_does_not_end_the_reading(traffic, block_of, udp) -> None:
    frames = [udp(SENSOR, ("198.51.100.2", 7001), each) for each in (b"Done", b"wrong", b"Dtwo")]
    deliveries, _ = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"Done", b"Dtwo"]
    assert traffic.counters.undecoded["invalid"].octets == 5
    assert traffic.counters.read_octets == 8


def test_only_wrong_datagrams_end_it_after_all(traffic, block_of, udp) -> None:
    frames = [udp(SENSOR, ("198.51.100.2", 7001), b"Done")]
    frames += [udp(SENSOR, ("198.51.100.2", 7001), b"wrong")] * 30
    frames += [udp(SENSOR, ("198.51.100.2", 7001), b"Dtoo late")]
    deliveries, _ = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"Done"]
    assert traffic.counters.undecoded["invalid"].octets == 159
    assert traffic.counters.read_octets == 4


def test_what_is_not_wanted_is_only_counted(traffic, block_of, tcp) -> None:
    frames = [sent(tcp, 0, frame(b"last", b"T")), *(sent(tcp, 6 + i, b"?") for i in range(50))]
    deliveries, (flow,) = run(traffic, block_of(frames))
    assert payloads(deliveries) == [b"last"]
    assert (flow.orig_octets, flow.encryption) == (56, "")
    assert traffic.counters.read_octets == 56


def test_encrypted_payload_is_counted_as_such(traffic, block_of, tcp) -> None:
    frames = [sent(tcp, 0, frame(b"example.org", b"E")), sent(tcp, 13, b"?" * 100)]
    _, (flow,) = run(traffic, block_of(frames))
    assert (flow.protocol, flow.server_name, flow.encryption) == (
        "prefixed", "example.org", "toy 1",
    )  # fmt: skip
    assert traffic.counters.read_octets == 0
    assert asdict(traffic.counters.undecoded["encrypted"]) == {"flows": 1, "octets": 113}


UNKNOWN = [
    ("TCP: much at once", [b"?" * 300]),
    ("TCP: little by little", [b"?"] * 20),
    ("TCP: one octet, then the end", [b"?"]),
]


@pytest.mark.parametrize("parts", [row[1] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_what_no_decoder_knows_is_counted_as_unknown(traffic, block_of, tcp, parts) -> None:
    frames, at = [], 0
    for part in parts:
        frames.append(sent(tcp, at, part))
        at += len(part)
    frames.append(sent(tcp, at, frame(b"too late")))
    if len(parts) == 1 and at == 1:
        frames.pop()
    deliveries, (flow,) = run(traffic, block_of(frames))
    assert deliveries == []
    assert flow.protocol == "unknown"
    assert traffic.counters.undecoded["unknown_protocol"].octets == flow.orig_octets


def test_what_was_held_until_the_protocol_is_known_is_not_lost(traffic, block_of, tcp) -> None:
    stream = frame(b"abc") + frame(b"d")
    frames = [sent(tcp, i, stream[i : i + 1]) for i in range(len(stream))]
    deliveries, _ = run(traffic, block_of(frames))
    assert [(d.message.payload, d.time - START) for d in deliveries] == [(b"abc", 4), (b"d", 7)]


def test_other_traffic_is_no_payload(traffic, block_of, tcp, udp) -> None:
    ping = bytearray(udp(SENSOR, BROKER, b"12345"))
    ping[23] = 1
    _, (flow,) = run(traffic, block_of([bytes(ping)]))
    assert (flow.transport, flow.protocol, flow.orig_octets) == ("icmp", "icmp", 5)
    assert traffic.counters.payload_octets == 0
    assert traffic.counters.undecoded == {}


@pytest.mark.parametrize(
    ("number", "protocol", "reason"),
    [(50, "ipsec", "encrypted"), (132, "unknown", "unknown_protocol")],
)
def test_what_no_decoder_is_asked_about_counts_as_unread(
    traffic, block_of, udp, number: int, protocol: str, reason: str
) -> None:
    packet = bytearray(udp(SENSOR, BROKER, bytes(40)))
    packet[23] = number
    _, (flow,) = run(traffic, block_of([bytes(packet)]))
    octets = flow.orig_octets
    assert (flow.transport, flow.protocol, octets > 30) == (f"ip-{number}", protocol, True)
    assert traffic.counters.payload_octets == octets
    assert {key: n.octets for key, n in traffic.counters.undecoded.items()} == {reason: octets}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.integers(1, len(STREAM) - 1), max_size=15, unique=True),
    order=st.randoms(use_true_random=False),
)
def test_any_order_within_the_window_gives_the_same_stream(
    decoders, block_of, tcp, cuts: list[int], order: random.Random
) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    parts = [sent(tcp, first, STREAM[first:stop]) for first, stop in pairwise(edges)]
    parts += order.choices(parts, k=4)
    order.shuffle(parts)
    deliveries, (flow,) = run(
        Traffic(decoders), block_of([tcp(SENSOR, BROKER, SYN, FIRST), *parts])
    )
    assert b"".join(frame(each) for each in payloads(deliveries)) == STREAM
    assert flow.missed_octets == 0
