"""What an opaque stream resembles: said where it is clear, and not where it is not."""

from datetime import UTC, datetime, timedelta

import pytest

from schouw_agent.inventory.stream_shape import FILE, SOUND, VIDEO, consistent_with, shapes_of
from schouw_agent.records import Endpoint, Flow
from schouw_agent.report import Emission
from tests.agent.flow_records import batch_of

SECOND = 1_000_000_000
A = Endpoint("02:00:00:00:00:03", "192.0.2.3", 40000)
B = Endpoint("02:00:00:00:00:fe", "203.0.113.7", 443)


def _flow(
    transport: str, seconds: float, sent: tuple[int, int], back: tuple[int, int], missed: int = 0
) -> Flow:
    """Return a flow with packets and octets sent, and those that came back."""
    return Flow(
        "", A, B, transport, "tls", "", "tls 1.3", 0, int(seconds * SECOND),
        sent[0], back[0], sent[1], back[1], missed,
    )  # fmt: skip


def _packets(number: int, size: int) -> tuple[int, int]:
    return number, number * size


CASES = [
    (_flow("tcp", 600, _packets(114_000, 1250), (40_000, 20_000)), VIDEO, "1.9 Mbit/s for 10 min"),
    (_flow("udp", 300, _packets(60_000, 1100), (200, 20_000)), VIDEO, "the same over QUIC"),
    (_flow("udp", 120, _packets(6_000, 90), _packets(6_000, 90)), SOUND, "20 ms, both ways"),
    (_flow("udp", 120, _packets(6_060, 90), (12, 700)), SOUND, "one way, a little off"),
    (_flow("tcp", 4, _packets(1_400, 1440), (700, 4_000)), FILE, "2 MB in full packets"),
    (_flow("tcp", 90, _packets(17_100, 1250), (6_000, 3_000)), "", "too short for a video"),
    (_flow("tcp", 600, _packets(114_000, 1448), (40_000, 20_000)), "", "long, but all full"),
    (_flow("tcp", 600, _packets(114_000, 1250), (40_000, 9_000_000)), "", "much comes back"),
    (_flow("tcp", 600, _packets(6_000, 1250), (3_000, 2_000)), "", "too slow: 100 kbit/s"),
    (_flow("tcp", 600, _packets(114_000, 9000), (40_000, 20_000)), "", "cut by nobody: no packets"),
    (_flow("tcp", 600, _packets(114_000, 1250), (4, 20), 5000), "", "parts of it were not seen"),
    (_flow("udp", 120, _packets(6_600, 90), (12, 700)), "", "55 a second are no frames of a codec"),
    (_flow("tcp", 120, _packets(6_000, 90), (12, 700)), "", "sound goes over UDP"),
    (_flow("udp", 20, _packets(1_000, 90), (12, 700)), "", "too short for sound"),
    (_flow("udp", 120, _packets(6_000, 900), (6_000, 900_000)), "", "too large for sound"),
    (_flow("tcp", 4, _packets(300, 1440), (150, 1_000)), "", "too little for a file"),
    (_flow("tcp", 4, _packets(1_400, 700), (700, 4_000)), "", "a file fills its packets"),
    (_flow("tcp", 600, _packets(600, 80), _packets(600, 60)), "", "little, now and then"),
    (_flow("tcp", 0, (1, 100), (0, 0)), "", "one packet"),
    (_flow("tcp", 30, (0, 0), (9, 900)), "", "nothing sent"),
]  # fmt: skip


@pytest.mark.parametrize(("flow", "shape", "why"), CASES)
def test_the_shape_is_the_same_in_either_direction(flow: Flow, shape: str, why: str) -> None:
    turned = flow._replace(
        orig_packets=flow.resp_packets, orig_octets=flow.resp_octets,
        resp_packets=flow.orig_packets, resp_octets=flow.orig_octets,
    )  # fmt: skip
    for each, sent in ((flow, True), (turned, False)):
        told = shapes_of(batch_of(each), sent=sent)
        assert [kind for kind, _, _ in told.values()] == [shape] * bool(shape), why


def test_flows_are_told_apart_by_their_place() -> None:
    told = shapes_of(batch_of(*(flow for flow, _, _ in CASES)), sent=True)
    assert {place: kind for place, (kind, _, _) in told.items()} == {
        place: shape for place, (_, shape, _) in enumerate(CASES) if shape
    }


def _emission(*, messages: int, octets: int, intervals: tuple[int, ...] = ()) -> Emission:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Emission(
        category="opaque_payload", privacy_class="unknown", path="", protocol="tls",
        channel="tls 1.3", direction="sent", recipient="x.example", messages=messages,
        octets=octets, intervals=intervals, confidence=1.0, basis=("value_structure",),
        first_seen=start, last_seen=start + timedelta(seconds=60 * (messages - 1)),
    )  # fmt: skip


def test_a_shape_is_told_if_it_is_nearly_all_of_the_stream() -> None:
    emission = _emission(messages=2, octets=150_000_000)
    shapes = {VIDEO: [142_500_000, 600 * SECOND]}
    assert consistent_with(emission, shapes) == "video, 1.9 Mbit/s, 10 min"
    half = {VIDEO: [75_000_000, 600 * SECOND]}
    assert consistent_with(emission, half) == ""


def _minute(count: int, other: tuple[int, int] = (0, 0)) -> tuple[int, ...]:
    """Return a histogram with so many intervals of about a minute, and others of a class."""
    histogram = [0] * 20
    histogram[15] = count
    histogram[other[0]] += other[1]
    return tuple(histogram)


def test_connections_at_regular_times_are_consistent_with_telemetry() -> None:
    emission = _emission(messages=21, octets=21 * 900, intervals=_minute(20))
    told = "telemetry, 60 s"
    assert consistent_with(emission, {}) == told


@pytest.mark.parametrize(
    ("messages", "octets", "intervals", "why"),
    [
        (6, 5_400, _minute(5), "too few to be regular"),
        (21, 21 * 900, _minute(10, (18, 10)), "half of them eight times as long"),
        (21, 21 * 900, _minute(19, (3, 1)), "two at once, as browsers do"),
        (21, 21 * 90_000, _minute(20), "too much for telemetry"),
        (1, 900, (), "once"),
    ],
)
def test_other_rhythms_are_consistent_with_nothing(
    messages: int, octets: int, intervals: tuple[int, ...], why: str
) -> None:
    emission = _emission(messages=messages, octets=octets, intervals=intervals)
    assert consistent_with(emission, {}) == "", why
