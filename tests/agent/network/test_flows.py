"""Flows: who opened them, when they end, and that no two are ever taken for one."""

import numpy as np
import pytest

from schouw_agent.network.idle import ESTABLISHED_SECONDS, TCP_IDLE_SECONDS, UDP_IDLE_SECONDS
from schouw_agent.network.index import Index
from schouw_agent.network.traffic import Limits, Traffic

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
SENSOR, BROKER = ("192.0.2.1", 40_000), ("198.51.100.2", 7000)
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def flows_of(traffic: Traffic, *blocks) -> list:
    """Return the flows in order of start."""
    for block in blocks:
        traffic.feed(block)
    traffic.close()
    return sorted(traffic.ended().rows(), key=lambda flow: (flow.start, flow.uid))


@pytest.fixture
def traffic(decoders) -> Traffic:
    return Traffic(decoders)


ORIGINS = [
    ("SYN", [(SENSOR, BROKER, SYN)], SENSOR),
    ("SYN from a server port", [(BROKER, SENSOR, SYN)], BROKER),
    ("answer to a SYN that was not seen", [(BROKER, SENSOR, SYN | ACK)], SENSOR),
    ("mid-stream from the sensor", [(SENSOR, BROKER, ACK)], SENSOR),
    ("mid-stream from a known server port", [(BROKER, SENSOR, ACK)], SENSOR),
    ("mid-stream from a well-known port", [(("198.51.100.2", 443), SENSOR, ACK)], SENSOR),
    ("both ports are servers', the lower one serves",
     [(("198.51.100.2", 443), ("192.0.2.1", 7000), ACK)], ("192.0.2.1", 7000)),
    ("no port says anything", [(("198.51.100.2", 50_000), SENSOR, ACK)], ("198.51.100.2", 50_000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("segments", "orig"), [r[1:] for r in ORIGINS], ids=[r[0] for r in ORIGINS]
)
def test_orig_is_who_opened_the_flow(traffic, block_of, tcp, segments, orig) -> None:
    (flow,) = flows_of(
        traffic, block_of([tcp(source, to, flags, 5, 6) for source, to, flags in segments])
    )
    assert (flow.orig.address, flow.orig.port) == orig
    assert flow.orig.mac == f"02:00:00:00:00:{int(orig[0].split('.')[3]):02x}"


def test_a_datagram_from_a_known_server_port_answers(traffic, block_of, udp) -> None:
    server = ("198.51.100.2", 7001)
    (flow,) = flows_of(traffic, block_of([udp(server, SENSOR, b"Dx"), udp(SENSOR, server, b"Dy!")]))
    assert (flow.orig.address, flow.orig.port) == SENSOR
    assert (flow.orig_packets, flow.resp_packets) == (1, 1)
    assert (flow.orig_octets, flow.resp_octets) == (3, 2)


def test_a_datagram_from_a_low_port_without_decoder_proves_nothing(traffic, block_of, udp) -> None:
    (flow,) = flows_of(traffic, block_of([udp(("198.51.100.2", 500), SENSOR, b"Dx")]))
    assert flow.orig.port == 500


def segments(tcp, *rows) -> list[bytes]:
    """Return frames from rows of who sends, flags, sequence, acknowledgement."""
    return [
        tcp(SENSOR, BROKER, *rest) if by_sensor else tcp(BROKER, SENSOR, *rest)
        for by_sensor, *rest in rows
    ]


OPEN = (True, SYN, 100, 0), (False, SYN | ACK, 900, 101), (True, ACK, 101, 901)
SPLITS = [
    ("one connection", OPEN, 1),
    ("SYN repeated", (OPEN[0], OPEN[0], *OPEN[1:]), 1),
    ("SYN and answer captured in the wrong order", (OPEN[1], OPEN[0], OPEN[2]), 1),
    ("new SYN after FIN", (*OPEN, (True, FIN | ACK, 101, 901), (True, SYN, 700, 0)), 2),
    ("new SYN after RST, same number", (*OPEN, (False, RST, 901, 101), (True, SYN, 100, 0)), 2),
    ("new SYN without an end: the device restarted", (*OPEN, (True, SYN, 9000, 0)), 2),
    ("SYN after a stream without beginning", ((True, ACK, 101, 901), (True, SYN, 7, 0)), 2),
    ("refused again and again", ((True, SYN, 1, 0), (False, RST | ACK, 0, 2)) * 3, 3),
    ("data after FIN", (*OPEN, (True, FIN | ACK, 101, 901), (False, ACK, 901, 102)), 1),
    ("three lives", (*OPEN, (True, SYN, 7, 0), (False, SYN | ACK, 1, 8), (True, SYN, 9, 0)), 3),
]


@pytest.mark.parametrize("cut", [False, True], ids=["one block", "a block each"])
@pytest.mark.parametrize(("rows", "count"), [r[1:] for r in SPLITS], ids=[r[0] for r in SPLITS])
def test_a_new_connection_is_a_new_flow(traffic, block_of, tcp, rows, count: int, cut) -> None:
    frames = segments(tcp, *rows)
    blocks = (
        [block_of([each], [START + i]) for i, each in enumerate(frames)] if cut
        else [block_of(frames)]
    )  # fmt: skip
    flows = flows_of(traffic, *blocks)
    assert len(flows) == count
    assert sum(flow.orig_packets + flow.resp_packets for flow in flows) == len(rows)
    assert len({flow.uid for flow in flows}) == count


IDLE = [
    ("udp", UDP_IDLE_SECONDS, b"Dx"),
    ("tcp", TCP_IDLE_SECONDS, b""),
    ("tcp", ESTABLISHED_SECONDS, b"L\1a"),
]


@pytest.mark.parametrize("cut", [False, True], ids=["one block", "a block each"])
@pytest.mark.parametrize(("transport", "idle", "payload"), IDLE)
def test_silence_ends_a_flow(
    traffic, block_of, tcp, udp, transport, idle: int, payload: bytes, cut
) -> None:
    frame = udp(SENSOR, BROKER, payload)
    if transport == "tcp":
        frame = tcp(SENSOR, BROKER, ACK, 5, 0, payload)
    just, over = START + idle * SECOND, START + 2 * idle * SECOND + 1
    times = [START, just, over]
    blocks = (
        [block_of([frame], [time]) for time in times] if cut else [block_of([frame] * 3, times)]
    )
    flows = flows_of(traffic, *blocks)
    assert [(flow.start, flow.end) for flow in flows] == [(START, just), (over, over)]


@pytest.mark.parametrize("cut", [False, True], ids=["one block", "a block each"])
@pytest.mark.parametrize("flag", [FIN, RST])
def test_what_closes_is_not_waited_for(traffic, block_of, tcp, flag: int, cut) -> None:
    frames = [
        tcp(SENSOR, BROKER, ACK, 5, 0, b"L\1a"),
        tcp(SENSOR, BROKER, ACK | flag, 8),
        tcp(SENSOR, BROKER, ACK, 9),
    ]
    times = [START, START + 1000 * SECOND, START + 2000 * SECOND]
    columns = zip(frames, times, strict=True)
    blocks = [block_of([f], [t]) for f, t in columns] if cut else [block_of(frames, times)]
    flows = flows_of(traffic, *blocks)
    assert [(flow.start, flow.end) for flow in flows] == [(times[0], times[1]), (times[2],) * 2]


def test_a_sensor_that_is_silent_for_an_hour_is_read_on(traffic, block_of, tcp) -> None:
    """What it says then shows nowhere which protocol it is."""
    opening = [tcp(SENSOR, BROKER, SYN, 4), tcp(SENSOR, BROKER, ACK, 5, 1, b"L\3abcL\5hel")]
    traffic.feed(block_of(opening, [START, START + 1]))
    later = START + 3600 * SECOND
    (delivery,) = traffic.feed(block_of([tcp(SENSOR, BROKER, ACK, 15, 1, b"lo")], [later]))
    assert (delivery.message.payload, delivery.time) == (b"hello", later)
    traffic.close()
    assert [flow.protocol for flow in traffic.ended().rows()] == ["prefixed"]


def test_idle_flows_are_reported_while_others_run(traffic, block_of, udp) -> None:
    other = ("192.0.2.9", 1)
    traffic.feed(block_of([udp(SENSOR, BROKER, b"Dx")], [START]))
    assert len(traffic.ended().uid) == 0
    traffic.feed(block_of([udp(other, BROKER, b"Dx")], [START + 1000 * SECOND]))
    (flow,) = traffic.ended().rows()
    assert flow.orig.address == SENSOR[0]
    assert len(traffic.ended().uid) == 0
    traffic.close()
    (flow,) = traffic.ended().rows()
    assert flow.orig.address == other[0]


def test_time_that_goes_back_ends_nothing(traffic, block_of, udp) -> None:
    frame = udp(SENSOR, BROKER, b"Dx")
    (flow,) = flows_of(traffic, block_of([frame, frame], [START, START - 10_000 * SECOND]))
    assert (flow.start, flow.end) == (START, START)


def test_too_many_flows_end_the_oldest_and_are_counted(decoders, block_of, udp) -> None:
    frames = [udp(("192.0.2.1", 1000 + i), BROKER, b"Dx") for i in range(100)]
    expected = None
    for step in (100, 7, 1):
        traffic = Traffic(decoders, Limits(flows=16))
        blocks = [
            block_of(frames[i : i + step], [START + n for n in range(i, min(100, i + step))])
            for i in range(0, 100, step)
        ]
        flows = flows_of(traffic, *blocks)
        assert len(flows) == 100
        assert traffic.counters.evicted_flows == 88
        expected = expected or flows
        assert flows == expected


def test_flows_with_the_same_key_stay_apart(decoders, block_of, udp, monkeypatch) -> None:
    frames = [
        udp(("192.0.2.1", 1000 + i % 40), ("198.51.100.2", 2000 + i % 3), b"D" * (1 + i % 5))
        for i in range(400)
    ]
    apart = flows_of(Traffic(decoders), block_of(frames))
    monkeypatch.setattr(Index, "_key", lambda _, columns: np.full(len(columns), 7, dtype=np.uint64))
    assert flows_of(Traffic(decoders), block_of(frames)) == apart
    assert len(apart) == 120
    by_step = [block_of(frames[i : i + 9], [START + n for n in range(i, min(400, i + 9))])
               for i in range(0, 400, 9)]  # fmt: skip
    assert flows_of(Traffic(decoders), *by_step) == apart


def test_the_seed_changes_no_result(decoders, block_of, udp) -> None:
    frames = [udp((f"192.0.2.{i % 50}", i % 7), BROKER, b"Dx") for i in range(300)]
    results = [
        flows_of(Traffic(decoders, seed=seed), block_of(frames)) for seed in (b"a", b"b" * 32, None)
    ]
    assert results[0] == results[1] == results[2]


def test_flows_of_a_busy_square_grow_past_every_table(decoders, block_of, udp) -> None:
    frames = [udp((f"192.0.2.{i % 200}", 1 + i // 200), BROKER, b"Dx") for i in range(9000)]
    traffic = Traffic(decoders)
    flows = flows_of(traffic, block_of(frames), block_of(frames))
    assert len(flows) == 9000
    assert all(flow.orig_packets == 2 for flow in flows)


def test_cooked_links_show_a_mac_only_once_its_end_sends(traffic, block_of, udp) -> None:
    def cooked(frame: bytes) -> bytes:
        return b"\0\0\0\x01\0\x06" + frame[6:12] + b"\0\0" + frame[12:]

    request, answer = udp(SENSOR, BROKER, b"Dx"), udp(BROKER, SENSOR, b"Dy")
    traffic.feed(block_of([cooked(request)], links=(113,)))
    (flow,) = flows_of(traffic, block_of([cooked(answer)], links=(113,)))
    assert (flow.orig.mac, flow.resp.mac) == ("02:00:00:00:00:01", "02:00:00:00:00:02")


def test_a_message_knows_only_the_macs_that_were_seen_by_then(decoders, block_of, udp) -> None:
    def cooked(frame: bytes) -> bytes:
        return b"\0\0\0\x01\0\x06" + frame[6:12] + b"\0\0" + frame[12:]

    server = ("198.51.100.2", 7001)
    frames = [cooked(udp(SENSOR, server, b"Dx")), cooked(udp(server, SENSOR, b"Dy"))]
    at_once = Traffic(decoders).feed(block_of(frames, links=(113,)))
    traffic = Traffic(decoders)
    one_by_one = [
        delivery
        for i, each in enumerate(frames)
        for delivery in traffic.feed(block_of([each], [START + i], links=(113,)))
    ]
    assert at_once == one_by_one
    assert at_once[0].flow.resp.mac == ""
