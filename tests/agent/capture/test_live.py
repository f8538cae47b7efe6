"""Live capture of real frames, on wires in a network namespace that has nothing else."""

import socket
import struct
import time
from functools import partial
from pathlib import Path

import pytest

from schouw_agent import pipeline
from schouw_agent.capture import bpf
from schouw_agent.capture.live import Interfaces
from schouw_agent.capture.packet_socket import PacketSocket
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError
from schouw_agent.order import Order
from tests.agent.capture.wire import FRAMES, ip, lay, send, udp, watch


@pytest.mark.usefixtures("wires")
def test_frames_come_as_they_were_sent() -> None:
    before = time.time_ns()
    seen, feed, dropped = watch(["c0"], [partial(send, "s0", FRAMES)], lambda s: len(s) >= 3)
    assert [each.octets for each in seen] == FRAMES
    assert [each.wire_length for each in seen] == [len(each) for each in FRAMES]
    assert {(each.interface, each.link_type) for each in seen} == {("c0", 1)}
    times = [each.time for each in seen]
    assert times == sorted(times)
    assert before <= times[0] <= times[-1] <= time.time_ns()
    assert any(each % 1000 for each in times), "not to the nanosecond"
    assert dropped == 0
    assert feed.tells_drops
    assert not feed.partial
    assert feed.frames == 3
    assert feed.span is not None
    assert before <= feed.span[0] <= times[0] <= times[-1] <= feed.span[1]
    assert [(s.name, s.kind, s.frames, s.notes) for s in feed.seen()] == [
        ("c0", "interface", 3, ())
    ]


@pytest.mark.usefixtures("wires")
@pytest.mark.parametrize(
    "tag", ["81000005", "88a80007", "8100000581000006", "88a8f00781000006"], ids=str
)
def test_vlan_tags_that_the_kernel_took_out_are_put_back(tag: str) -> None:
    frame = udp(b"x" * 30, tag=bytes.fromhex(tag))
    seen, _, _ = watch(["c0"], [partial(send, "s0", [frame])], lambda s: len(s) >= 1)
    assert [each.octets for each in seen] == [frame]
    assert seen[0].wire_length == len(frame)


@pytest.mark.usefixtures("wires")
def test_frames_of_several_interfaces_come_in_one_order() -> None:
    frames = [udp(struct.pack(">I", n)) for n in range(200)]

    def talk() -> None:
        with (
            socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as one,
            socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as other,
        ):
            one.bind(("s0", 0))
            other.bind(("s1", 0))
            for n, frame in enumerate(frames):
                (other if n % 2 else one).send(frame)

    seen, feed, _ = watch(["c0", "c1"], [talk], lambda s: len(s) >= 200)
    assert [each.octets for each in seen] == frames
    assert [each.interface for each in seen] == ["c0", "c1"] * 100
    assert [(s.name, s.frames) for s in feed.seen()] == [("c0", 100), ("c1", 100)]


@pytest.mark.usefixtures("wires")
def test_other_interfaces_are_not_heard() -> None:
    def talk() -> None:
        send("s1", [udp(b"other")])
        send("s0", [udp(b"mine")])

    seen, _, _ = watch(["c0"], [talk], lambda s: len(s) >= 1)
    assert [each.octets for each in seen] == [udp(b"mine")]


@pytest.mark.usefixtures("wires")
def test_frames_for_others_are_heard() -> None:
    """The interface takes what is not addressed to it: promiscuous, as long as it is looked at."""
    inside = []

    def talk() -> None:
        with Path("/proc/net/packet").open() as table:
            inside.append(len(table.readlines()) - 1)
        send("s0", FRAMES[:1])

    seen, _, _ = watch(["c0"], [talk], lambda s: len(s) >= 1)
    assert len(seen) == 1
    assert inside == [1]


@pytest.mark.usefixtures("wires")
def test_what_a_small_ring_has_no_room_for_is_counted() -> None:
    frames = [udp(bytes(1000))] * 3000
    seen, _, dropped = watch(
        ["c0"], [partial(send, "s0", frames)], lambda _: True, ring_octets=256 << 10
    )
    assert dropped > 0
    assert len(seen) + dropped == len(frames)


@pytest.mark.usefixtures("wires")
def test_losses_are_in_the_coverage() -> None:
    stop = Stop(20)
    feed = Interfaces(["c0"], stop, ring_octets=256 << 10)
    told = []

    def progress(frames: int) -> None:
        told.append(frames)
        if len(told) == 1:
            send("s0", [udp(bytes(1000))] * 3000)
        elif frames > 0:
            stop.now()

    coverage = pipeline.inspect([feed], progress=progress).coverage
    assert coverage.kernel_drops
    assert coverage.frames + coverage.kernel_drops == 3000
    assert coverage.vantage == "network interface"
    assert coverage.clock_synchronised in (True, False)


@pytest.mark.usefixtures("wires")
def test_the_loopback_is_counted_once() -> None:
    ip("link", "set", "lo", "up")

    def talk() -> None:
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to,
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
        ):
            to.bind(("127.0.0.1", 0))
            out.sendto(b"once", to.getsockname())
            out.sendto(b"end", to.getsockname())

    seen, _, _ = watch(["lo"], [talk], lambda s: any(e.octets.endswith(b"end") for e in s))
    assert len([each for each in seen if each.octets.endswith(b"once")]) == 1


def _again() -> None:
    lay("s0", "c0")


@pytest.mark.usefixtures("wires")
def test_an_interface_that_goes_and_returns_is_heard_again() -> None:
    first, last = udp(b"first"), udp(b"last")
    sent = []

    def return_and_talk() -> None:
        _again()
        sent.append(True)

    acts = [
        partial(send, "s0", [first]),
        partial(ip, "link", "del", "s0"),
        return_and_talk,
    ]

    def enough(seen: list) -> bool:
        # The new interface is heard only from the next look on, so it is sent to until then.
        if sent and seen[-1].octets != last:
            send("s0", [last])
        return seen[-1].octets == last if sent else bool(seen)

    seen, feed, _ = watch(["c0"], acts, enough)
    assert seen[0].octets == first
    assert {each.octets for each in seen[1:]} == {last}
    assert {each.interface for each in seen} == {"c0"}
    (told,) = feed.seen()
    assert told.frames == len(seen)
    assert "went away, times: 1" in told.notes[0]
    assert feed.partial


@pytest.mark.usefixtures("wires")
def test_an_interface_that_goes_for_good_is_told_and_the_other_still_heard() -> None:
    gone_at = []

    def go() -> None:
        ip("link", "del", "s0")
        gone_at.append(time.monotonic())

    def enough(seen: list) -> bool:
        if not gone_at:
            return bool(seen)
        send("s1", [udp(b"still here")])
        return time.monotonic() > gone_at[0] + 1.2

    seen, feed, _ = watch(["c0", "c1"], [partial(send, "s0", FRAMES[:1]), go], enough)
    assert seen[-1].interface == "c1"
    notes = {each.name: each.notes for each in feed.seen()}
    assert notes["c0"][0].endswith("at the end too")
    assert notes["c1"] == ()


@pytest.mark.usefixtures("wires")
def test_what_is_not_there_or_down_is_one_clear_error() -> None:
    with pytest.raises(CaptureError, match=r"^c9: no such interface; there are: .*c0"):
        list(Interfaces(["c9"], Stop(1)))
    with pytest.raises(CaptureError, match=r"^a-name-much-too-long: no such interface"):
        list(Interfaces(["a-name-much-too-long"], Stop(1)))
    ip("link", "set", "c0", "down")
    with pytest.raises(CaptureError, match=r"^c0: is down; to start it: ip link set c0 up"):
        list(Interfaces(["c0"], Stop(1)))


@pytest.mark.usefixtures("wires")
def test_nothing_of_the_ring_is_left_behind() -> None:
    watch(["c0"], [partial(send, "s0", FRAMES)], lambda s: len(s) >= 3)
    with Path("/proc/net/packet").open() as table:
        assert len(table.readlines()) == 1


@pytest.mark.usefixtures("wires")
def test_a_snap_length_cuts_and_is_counted() -> None:
    seen, _, _ = watch(["c0"], [partial(send, "s0", FRAMES)], lambda s: len(s) >= 3, snap_octets=64)
    assert [each.octets for each in seen] == [each[:64] for each in FRAMES]
    assert [each.wire_length for each in seen] == [len(each) for each in FRAMES]


@pytest.mark.usefixtures("wires")
def test_before_it_has_a_filter_a_socket_hears_nothing() -> None:
    heard = PacketSocket(256 << 10)
    try:
        send("s0", FRAMES)
        time.sleep(0.3)
        assert list(heard.blocks((), {}, 0)) == []
        with pytest.raises(CaptureError, match="refuses the filter"):
            heard.filter([bpf.step(bpf.JUMP, 7)])
    finally:
        heard.close()


@pytest.mark.usefixtures("wires")
def test_an_order_is_kept_live() -> None:
    order = Order.model_validate(
        {
            "schema": "https://schouw.example.org/schema/order/1",
            "principal": "Gemeente Waterhaven",
            "permission": "Netbeheer",
            "period": {"start": "2026-01-01T00:00:00Z", "end": "2100-01-01T00:00:00Z"},
            "exclusion": [{"address": "192.0.2.8", "reason": "not ours"}],
        }
    )
    stop = Stop(20)
    told = []

    def progress(frames: int) -> None:
        told.append(frames)
        if len(told) == 1:
            send("s0", [*FRAMES, udp(b"a", source="192.0.2.8")])
        elif frames >= 4:
            stop.now()

    report = pipeline.inspect([Interfaces(["c0"], stop)], order=order, progress=progress)
    assert report.coverage.outside_order_frames == 1
    assert report.coverage.frames == 4
    assert "192.0.2.8" not in report.model_dump_json()
    assert [(s.name, s.kind) for s in report.sources] == [("c0", "interface")]
