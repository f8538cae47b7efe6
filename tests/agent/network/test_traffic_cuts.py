"""Random traffic: the same flows and messages however the capture is cut; totals are conserved."""

import random
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent.network import gathering
from schouw_agent.network.reassembly import Bounds
from schouw_agent.network.traffic import Limits, Traffic
from schouw_agent.runs import in_order

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
BROKER = ("198.51.100.2", 7000)
FIN, SYN, ACK = 1, 2, 16


def frame(payload: bytes, kind: bytes = b"L") -> bytes:
    """Return a frame of the invented protocol of conftest."""
    return kind + bytes((len(payload),)) + payload


class Square:
    """Makes random traffic of a few hosts that is lost, repeated, swapped, cut and reopened."""

    def __init__(self, seed: int, tcp, udp, noise: int = 1) -> None:
        self._random = random.Random(seed)
        self._noise = noise
        self._tcp, self._udp = tcp, udp
        self._at: dict[tuple, int] = {}
        self._time = START

    def capture(self, count: int) -> list[tuple[bytes, int, int]]:
        """Return frames with their time and length on the wire."""
        frames = [each for _ in range(count) for each in self._exchange()]
        found = []
        for octets, time in self._disturbed(frames):
            keep = len(octets) if self._random.random() < 0.95 else self._random.randrange(20, 90)
            found.append((octets[:keep], time, len(octets)))
        return found

    def _disturbed(self, frames):
        draw = self._random
        frames = [each for each in frames if draw.random() > 0.04]
        for _ in range(len(frames) // 8):
            i = draw.randrange(len(frames))
            frames.insert(min(len(frames), i + draw.randrange(4)), frames[i])
            j = draw.randrange(max(1, len(frames) - 3))
            frames[j : j + 3] = draw.sample(frames[j : j + 3], len(frames[j : j + 3]))
        return frames

    def _exchange(self):
        draw = self._random
        pauses = [0, 1, 1000, SECOND, SECOND, -SECOND, 70 * SECOND, 400 * SECOND, 8000 * SECOND]
        pause = draw.choice(pauses)
        self._time += pause if draw.random() < 0.3 else 1000
        host = (f"192.0.2.{draw.randrange(3)}", 40_000 + draw.randrange(2))
        if draw.random() < 0.3:
            kind = draw.choice([b"D", b"D", b"D", *[b"?"] * self._noise])
            yield self._udp(host, ("198.51.100.2", 7001), kind + draw.randbytes(5)), self._time
            return
        ends = [host, BROKER]
        draw.shuffle(ends)
        key, back = tuple(ends), tuple(ends[::-1])
        what = draw.random()
        if what < 0.08 or key not in self._at:
            for each in (key, back):
                self._at[each] = draw.randrange(1 << 32)
            yield self._tcp(*key, SYN, self._at[key] - 1), self._time
            yield self._tcp(*back, SYN | ACK, self._at[back] - 1, self._at[key]), self._time
        elif what < 0.14:
            yield self._tcp(*key, FIN | ACK, self._at[key], self._at[back]), self._time
        elif what < 0.25:
            yield self._tcp(*key, ACK, self._at[key], self._at[back]), self._time
        else:
            kind = draw.choice([b"L"] * 30 + [b"T", b"E"] + [b"?"] * self._noise)
            payload = frame(bytes(draw.choices(b"abc", k=draw.randrange(30))), kind)
            payload += b"" if draw.random() < 0.5 else frame(b"more")
            middle = draw.randrange(len(payload) + 1)
            for part in (payload[:middle], payload[middle:]):
                yield self._tcp(*key, ACK, self._at[key], self._at[back], part), self._time
                self._at[key] += len(part)


def outcome(decoders, block_of, capture, cuts, limits: Limits):
    traffic = Traffic(decoders, limits)
    deliveries, flows = [], []
    for first, stop in zip([0, *cuts], [*cuts, len(capture)], strict=True):
        part = capture[first:stop]
        columns = list(zip(*part, strict=True)) or [(), (), ()]
        deliveries += traffic.feed(block_of(columns[0], columns[1], wire=columns[2]))
        flows += traffic.ended().rows()
    deliveries += traffic.close()
    return deliveries, flows + list(traffic.ended().rows()), asdict(traffic.counters)


def gathered(decoders, block_of, capture, cuts, limits: Limits):
    """Return the same as `outcome`, of packets that are read when they are many."""
    traffic = Traffic(decoders, limits)
    delivered, flows = [], []
    for first, stop in zip([0, *cuts], [*cuts, len(capture)], strict=True):
        columns = list(zip(*capture[first:stop], strict=True)) or [(), (), ()]
        delivered += traffic.feed_runs(block_of(columns[0], columns[1], wire=columns[2]))
        flows += traffic.ended().rows()
    delivered += traffic.settle()
    deliveries = [delivery for _, delivery in in_order(delivered)] + traffic.close()
    return deliveries, flows + list(traffic.ended().rows()), asdict(traffic.counters)


LIMITS = [
    Limits(),
    Limits(flows=4),
    Limits(held=Bounds(lane_segments=2, total_octets=60)),
    Limits(held=Bounds(undecided_octets=9)),
    Limits(held=Bounds(undecided_flows=1)),
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), limits=st.sampled_from(LIMITS), data=st.data())
def test_cutting_a_capture_anywhere_changes_nothing(
    decoders, block_of, tcp, udp, seed: int, limits: Limits, data
) -> None:
    capture = Square(seed, tcp, udp).capture(60)
    whole = outcome(decoders, block_of, capture, [], limits)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(capture)), max_size=12)))
    cut = outcome(decoders, block_of, capture, cuts, limits)
    assert cut[0] == whole[0]
    assert cut[1] == whole[1]
    assert cut[2] == whole[2]
    each = outcome(decoders, block_of, capture, list(range(1, len(capture))), limits)
    assert each == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), limits=st.sampled_from(LIMITS), data=st.data())
def test_nor_does_it_where_most_flows_are_passed_over(
    screened, block_of, tcp, udp, seed: int, limits: Limits, data
) -> None:
    capture = Square(seed, tcp, udp, noise=data.draw(st.sampled_from([3, 30]))).capture(60)
    whole = outcome(screened, block_of, capture, [], limits)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(capture)), max_size=12)))
    assert outcome(screened, block_of, capture, cuts, limits) == whole
    each = outcome(screened, block_of, capture, list(range(1, len(capture))), limits)
    assert each == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), limits=st.sampled_from(LIMITS), data=st.data())
def test_nor_does_reading_packets_when_they_are_many(
    decoders, screened, block_of, tcp, udp, seed: int, limits: Limits, data
) -> None:
    capture = Square(seed, tcp, udp, noise=data.draw(st.sampled_from([1, 3, 30]))).capture(60)
    known = data.draw(st.sampled_from([decoders, screened]))
    whole = outcome(known, block_of, capture, [], limits)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(capture)), max_size=12)))
    many = data.draw(st.integers(1, 40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "_FRAMES", data.draw(st.integers(1, 60)))
        found = gathered(known, block_of, capture, cuts, replace(limits, together=many))
    assert found == whole


def test_what_waits_to_be_read_is_bounded(decoders, block_of, tcp, udp) -> None:
    capture = Square(3, tcp, udp).capture(4_000)
    traffic = Traffic(decoders, Limits(active_seconds=0))
    waited = []
    for first in range(0, len(capture), 100):
        frames, times, wire = zip(*capture[first : first + 100], strict=True)
        waited.append(bool(traffic.feed_runs(block_of(frames, times, wire=wire))))
    assert 1 <= sum(waited) <= len(capture) // 4_096 + 1
    assert traffic.settle()
    assert not traffic.settle()


def test_an_error_behind_the_last_message_counts_at_once(decoders, block_of, tcp, udp) -> None:
    """A hole behind the error was counted as missed only if the octets before came joined."""
    capture = Square(5041447, tcp, udp).capture(60)
    whole, cut = (outcome(decoders, block_of, capture, at, LIMITS[0]) for at in ([], [58, 74]))
    assert cut == whole


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), limits=st.sampled_from(LIMITS))
def test_totals_are_conserved(decoders, block_of, tcp, udp, seed: int, limits: Limits) -> None:
    capture = Square(seed, tcp, udp).capture(80)
    _, flows, counters = outcome(decoders, block_of, capture, [], limits)
    tally = counters["tally"]
    assert tally["frames"] == len(capture)
    assert tally["octets"] == sum(wire for _, _, wire in capture)
    packets = sum(flow.orig_packets + flow.resp_packets for flow in flows)
    assert len(capture) - tally["truncated"] <= packets <= len(capture)
    octets = sum(flow.orig_octets + flow.resp_octets for flow in flows)
    assert octets == counters["payload_octets"]
    unread = {reason: each["octets"] for reason, each in counters["undecoded"].items()}
    gap = unread.pop("gap", 0)
    assert counters["read_octets"] + sum(unread.values()) == octets
    assert sum(flow.missed_octets for flow in flows) == counters["missed_octets"]
    assert counters["missed_octets"] == gap + unread.get("truncated", 0)
    assert counters["flows"] == len(flows)
