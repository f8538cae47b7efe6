"""What flows hold until their protocol is known is bounded; the oldest are given up and counted."""

from schouw_agent.network.reassembly import Bounds
from schouw_agent.network.traffic import Limits, Traffic
from schouw_agent.network.waiting import Waiting


def test_the_first_that_waited_is_given_up_first() -> None:
    waiting = Waiting(octets_max=10, flows_max=3)
    assert [waiting.hold(flow, 3) for flow in (1, 2, 3)] == [[], [], []]
    assert waiting.hold(1, 2) == [1]
    waiting.forget(2)
    assert [waiting.hold(flow, 1) for flow in (4, 5)] == [[], []]
    assert waiting.hold(6, 1) == [3]


def test_flows_that_nobody_knows_yet_are_bounded_and_counted(decoders, block_of, udp) -> None:
    traffic = Traffic(decoders, Limits(held=Bounds(undecided_flows=10)))
    server = ("198.51.100.2", 7001)
    frames = [udp(("192.0.2.1", 40_000 + n), server, b"?" * 9) for n in range(30)]
    traffic.feed(block_of(frames))
    late = [udp(("192.0.2.1", 40_000 + n), server, b"Dlate") for n in range(30)]
    assert len(traffic.feed(block_of(late))) == 10
    traffic.close()
    assert traffic.counters.undecoded["over_limit"].flows == 20
    assert traffic.counters.undecoded["over_limit"].octets == 20 * 14
