"""Known media is cut by the kernel, counted all the same, and nothing else is cut."""

import struct
from collections.abc import Callable
from functools import partial

import pytest

from schouw_agent import pipeline
from schouw_agent.bulk import Bulk
from schouw_agent.capture import bpf, live, shunt
from schouw_agent.capture.live import Interfaces
from schouw_agent.capture.stop import Stop
from schouw_agent.report import Report
from tests.agent.capture.wire import send, udp

FOUR, SIX = ("192.0.2.7", "198.51.100.10"), ("2001:db8::7", "2001:db8::10")
PORTS = (5004, 40_000)


def _bulk(ends: tuple[str, str], ports: tuple[int, int] = PORTS) -> Bulk:
    import ipaddress

    source, destination = (ipaddress.ip_address(each) for each in ends)
    pad = bytes(10) + b"\xff\xff" if source.version == 4 else b""
    return Bulk(pad + source.packed, pad + destination.packed, *ports)


def _media(number: int, ends: tuple[str, str] = FOUR, payload: int = 1000) -> bytes:
    head = struct.pack(">BBHII", 0x80, 96, number % 65536, number * 90, 7)
    return udp(head + bytes(payload), *ends, ports=PORTS)


def _fragment(frame: bytes) -> bytes:
    return frame[:20] + b"\x20\0" + frame[22:]


def _with_options(frame: bytes) -> bytes:
    return frame[:14] + b"\x46" + frame[15:34] + b"\1\1\1\1" + frame[34:]


BIG = b"m" * 500
WHOLE = bpf.step(bpf.RETURN, 2000)
# Frame, and whether it is cut when the flow of `_media` is known.
FRAMES = [
    ("the media", udp(BIG, *FOUR, ports=PORTS), True),
    ("with a tag", udp(BIG, *FOUR, ports=PORTS, tag=bytes.fromhex("81000005")), True),
    ("the way back", udp(BIG, *FOUR[::-1], ports=PORTS[::-1]), False),
    ("another port", udp(BIG, *FOUR, ports=(5006, 40_000)), False),
    ("the port of the other end", udp(BIG, *FOUR, ports=PORTS[::-1]), False),
    ("another sender", udp(BIG, "192.0.2.8", FOUR[1], ports=PORTS), False),
    ("another receiver", udp(BIG, FOUR[0], "198.51.100.11", ports=PORTS), False),
    ("a fragment", _fragment(udp(BIG, *FOUR, ports=PORTS)), False),
    ("with options", _with_options(udp(BIG, *FOUR, ports=PORTS)), False),
    ("not UDP", udp(BIG, *FOUR, ports=PORTS).replace(b"\x40\x11", b"\x40\x06", 1), False),
    ("not IP", udp(BIG, *FOUR, ports=PORTS).replace(b"\x08\0", b"\x88\xcc", 1), False),
    ("a short one", udp(b"m" * 8, *FOUR, ports=PORTS), False),
    ("the media over IPv6", udp(BIG, *SIX, ports=PORTS), True),
    ("another sender over IPv6", udp(BIG, "2001:db8::8", SIX[1], ports=PORTS), False),
    ("another receiver over IPv6", udp(BIG, SIX[0], "2001:db8::11", ports=PORTS), False),
    ("another port over IPv6", udp(BIG, *SIX, ports=(5004, 40_002)), False),
]


@pytest.mark.usefixtures("wires")
@pytest.mark.parametrize("others", [0, 40], ids=["alone", "among others"])
@pytest.mark.parametrize("text", ["", "udp or ip or ip6 or ether proto 0x88cc"])
def test_what_is_cut(others: int, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_SHUNT_SECONDS", 0.0)
    crowd = [_bulk((f"192.0.2.{100 + n}", FOUR[1])) for n in range(others)]
    known = [*crowd, _bulk(SIX), _bulk(FOUR)]
    feed_options = {"shunts": True, "expression": text}
    stop = Stop(20)
    feed = Interfaces(["c0"], stop, **feed_options)
    feed.spare(lambda: known)
    lengths, wires, shunted = [], [], 0
    for item in feed:
        if not isinstance(item, tuple):
            lengths += item.captured_length.tolist()
            wires += item.wire_length.tolist()
            shunted += item.shunted
        elif feed._shunted and not lengths:
            send("s0", [frame for _, frame, _ in FRAMES])
        if len(lengths) >= len(FRAMES):
            stop.now()
    tags = [4 if name == "with a tag" else 0 for name, _, _ in FRAMES]
    assert wires == [len(frame) for _, frame, _ in FRAMES]
    assert lengths == [
        shunt.SHUNTED_OCTETS + tag if cut else len(frame)
        for (_, frame, cut), tag in zip(FRAMES, tags, strict=True)
    ]
    assert shunted == sum(cut for _, _, cut in FRAMES)


@pytest.mark.usefixtures("wires")
def test_more_media_than_a_program_has_room_for() -> None:
    known = [_bulk((f"192.0.{n // 250}.{n % 250}", FOUR[1])) for n in range(2000)]
    tail = shunt.tail(known, (), 2000, 768)
    assert 768 - 20 < len(tail) <= 768
    program = [*bpf.join({7: bpf.Port(False, ())}, ()), *tail]
    heard = live.PacketSocket(256 << 10)
    heard.filter(program)
    heard.filter(program)  # the kernel takes it, in place of another
    heard.close()


@pytest.mark.usefixtures("wires")
def test_a_kernel_that_refuses_goes_on_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_SHUNT_SECONDS", 0.0)
    monkeypatch.setattr(
        shunt, "tail", lambda known, *_: [bpf.step(bpf.JUMP, 9)] if known else [WHOLE]
    )
    stop = Stop(20)
    feed = Interfaces(["c0"], stop, shunts=True)
    feed.spare(lambda: [_bulk(FOUR)])
    frames = 0
    for item in feed:
        if not isinstance(item, tuple):
            frames += item.offset.size
            stop.now()
        elif not feed._shunts:
            send("s0", [_media(1)])
    assert frames
    assert "refuses the filter" in feed.seen()[0].notes[0]


def _inspect(acts: list[Callable[[], None]], frames: int, *, shunts: bool) -> Report:
    """Return what a live inspection makes of acts that each follow what was seen before."""
    stop = Stop(30)
    feed = Interfaces(["c0"], stop, shunts=shunts)
    waiting = list(acts)

    def progress(count: int) -> None:
        if waiting:
            if count == 0 or (count >= 200 and (feed._shunted or not shunts)):
                waiting.pop(0)()
        elif count >= frames:
            stop.now()

    return pipeline.inspect([feed], progress=progress)


@pytest.mark.usefixtures("wires")
@pytest.mark.parametrize("ends", [FOUR, SIX], ids=["IPv4", "IPv6"])
def test_the_inventory_is_the_same_and_says_what_was_cut(
    ends: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SHUNT_SECONDS", 0.0)
    media = [_media(n, ends) for n in range(700)]
    acts = [partial(send, "s0", media[:200]), partial(send, "s0", media[200:])]
    cut, whole = (_inspect(list(acts), 700, shunts=each) for each in (True, False))
    assert cut.coverage.shunted_frames == 500
    assert whole.coverage.shunted_frames == 0
    for report in (cut, whole):
        coverage = report.coverage
        assert coverage.frames == 700
        assert coverage.octets == sum(map(len, media))
        assert coverage.truncated_frames == coverage.missed_octets == 0
        assert coverage.payload_octets == coverage.read_octets == 700 * 1012
    assert cut.coverage.undecoded == whole.coverage.undecoded
    devices = [
        [(d.role, d.coverage, d.recipients, [e.category for e in d.emissions]) for d in r.devices]
        for r in (cut, whole)
    ]
    assert devices[0] == devices[1]


@pytest.mark.usefixtures("wires")
def test_a_snap_length_shorter_than_the_headers_shunts_nothing() -> None:
    frames = [_media(n) for n in range(3)]
    stop = Stop(20)
    feed = Interfaces(["c0"], stop, shunts=True, snap_octets=90)
    feed.spare(lambda: [_bulk(FOUR)])
    shunted, lengths = 0, []
    for item in feed:
        if not isinstance(item, tuple):
            shunted += item.shunted
            lengths += item.captured_length.tolist()
        elif not lengths:
            send("s0", frames)
        if len(lengths) >= 3:
            stop.now()
    assert set(lengths) == {90}
    assert shunted == 0


@pytest.mark.usefixtures("wires")
@pytest.mark.parametrize("ends", [FOUR, SIX], ids=["IPv4", "IPv6"])
def test_a_connection_of_schouw_itself_is_left_out(ends: tuple[str, str]) -> None:
    own, port = (ends[0], 40_000), 1883

    def tcp(ends: tuple[str, str], ports: tuple[int, int]) -> bytes:
        frame = udp(bytes(20), *ends, ports=ports)
        # In the place of UDP, what comes behind it makes no difference to a filter.
        return (
            frame[:20] + b"\x06" + frame[21:]
            if ":" in ends[0]
            else frame.replace(b"\x40\x11", b"\x40\x06", 1)
        )

    others = [
        udp(b"x", *ends, ports=(own[1], port)),
        tcp(ends, (own[1] + 1, port)),
        tcp(ends, (port, own[1])),
    ]
    stop = Stop(20)
    feed = Interfaces(["c0"], stop)
    feed.leave_out(lambda: (own, (ends[1], port)))
    seen: list[bytes] = []
    for item in feed:
        if isinstance(item, tuple):
            if not seen:
                own_frames = [tcp(ends, (own[1], port)), tcp(ends[::-1], (port, own[1]))]
                send("s0", [*own_frames, *others])
        else:
            seen += [
                item.octets[at : at + size].tobytes()
                for at, size in zip(
                    item.offset.tolist(), item.captured_length.tolist(), strict=True
                )
            ]
            if len(seen) >= len(others):
                stop.now()
    assert seen == others
    assert "itself to the broker is left out" in feed.seen()[0].notes[-1]
