"""Subscribing to real brokers, and to some that misbehave."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from schouw_agent.capture.broker import Broker
from schouw_agent.capture.inbox import Arrival, Inbox
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError
from tests.agent.capture.brokers import (
    FakeBroker,
    access,
    free_port,
    listen,
    mosquitto,
    publish,
    publisher,
)

JSON = b'{"temperature": 20.5}'


@pytest.fixture(scope="module", autouse=True)
def _installed(programs: Callable[..., None]) -> None:
    programs("mosquitto")


def _open(port: int) -> tuple[str, str]:
    return f"listener {port} 127.0.0.1", "allow_anonymous true"


@pytest.mark.parametrize("version", ["", "5", "3.1.1"])
def test_what_is_published_is_passed_on_and_stored_messages_are_marked(
    tmp_path: Path, version: str
) -> None:
    port = free_port()
    stop = Stop(20)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        publish(client, "square/stored", b"old", retain=True)
        feed = Broker(access(port, version=version), ["square/#"], stop)
        act = partial(publish, client, "square/7", JSON)
        before = time.time_ns()
        found = listen(feed, stop, [act], lambda n: n >= 2)
    assert [(m.fields["topic"], m.payload) for m in found] == [
        ("square/stored", b"old"),
        ("square/7", JSON),
    ]
    assert [m.fields["retain"] for m in found] == [True, False]
    assert {m.fields["version"] for m in found} == {version or "5"}
    assert {(m.protocol, m.kind) for m in found} == {("mqtt", "publish")}
    (seen,) = feed.seen()
    assert (seen.name, seen.kind) == (f"127.0.0.1:{port}", "broker")
    assert any("withhold" in note for note in seen.notes)
    assert feed.span is not None
    assert before - 10**9 < feed.span[0] < feed.span[1]


def test_a_message_is_a_delivery_to_nobody_from_whom_nobody_saw(tmp_path: Path) -> None:
    port = free_port()
    stop = Stop(20)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        publish(client, "square/7", JSON, retain=True)
        feed = Broker(access(port, host="localhost"), ["square/7"], stop)
        (delivery,) = next(item for item in feed if item)
        stop.now()
    assert not delivery.from_orig
    assert delivery.flow.orig.address == ""
    assert (delivery.flow.resp.address, delivery.flow.resp.port) == ("127.0.0.1", port)
    assert delivery.message.fields["host"] == "localhost"
    assert not any("withhold" in note for note in feed.seen()[0].notes)


def test_what_the_broker_says_of_itself_only_when_asked(tmp_path: Path) -> None:
    port = free_port()
    with mosquitto(tmp_path, port, "sys_interval 1", *_open(port)), publisher(port) as client:
        stop = Stop(20)
        act = partial(publish, client, "a", b"1")
        found = listen(Broker(access(port), ["#"], stop), stop, [act], lambda n: n >= 1)
        assert [m.fields["topic"] for m in found] == ["a"]
        stop = Stop(20)
        found = listen(Broker(access(port), ["$SYS/#"], stop), stop, [], lambda n: n >= 1)
        assert all(m.fields["topic"].startswith("$SYS/") for m in found)


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_a_broker_that_restarts_is_found_again_and_stored_messages_count_once(
    tmp_path: Path, version: str
) -> None:
    port = free_port()
    stop = Stop(20)
    feed = Broker(access(port, version=version), ["square/#"], stop)
    found = []
    blocks = iter(feed)

    def until(count: int) -> None:
        deadline = time.monotonic() + 20
        while len(found) < count:
            found.extend(delivery.message for delivery in next(blocks))
            assert time.monotonic() < deadline, found

    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        publish(client, "square/stored", b"old", retain=True)
        until(1)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        publish(client, "square/stored", b"old", retain=True)
        while not feed.ends():
            next(blocks)
        # Sent again and again until the subscription stands.
        deadline = time.monotonic() + 20
        while len(found) < 2 and time.monotonic() < deadline:
            publish(client, "square/7", JSON)
            found.extend(delivery.message for delivery in next(blocks))
        stop.now()
        found.extend(message for item in blocks for _, message, *_ in item)
    assert [m.payload for m in found[:2]] == [b"old", JSON]
    assert [m.payload for m in found].count(b"old") == 1
    assert any("lost, times: 1" in note for note in feed.seen()[0].notes)


def test_what_there_is_no_room_for_is_counted(tmp_path: Path) -> None:
    port = free_port()
    stop = Stop(20)
    inbox = Inbox(messages_max=5)
    feed = Broker(access(port), ["#"], stop, inbox=inbox)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        blocks = iter(feed)
        next(blocks)
        for _ in range(50):
            publish(client, "square/7", JSON)
        while inbox.refused < 45:  # the network needs no reader
            time.sleep(0.01)
        stop.now()
        kept = sum(len(item) for item in blocks)
    assert kept == 5
    assert feed.missed_messages == 45
    assert any("too many at a time: 45" in note for note in feed.seen()[0].notes)


def test_a_long_payload_is_cut_and_said_to_be(tmp_path: Path) -> None:
    port = free_port()
    stop = Stop(20)
    feed = Broker(access(port), ["#"], stop, payload_octets_max=100)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:

        def act() -> None:
            publish(client, "long", b"x" * 250)
            publish(client, "short", b"x" * 100)

        long, short = listen(feed, stop, [act], lambda n: n >= 2)
    assert (len(long.payload), long.fields["truncated"], long.fields["skipped_octets"]) == (
        100, True, 150,
    )  # fmt: skip
    assert "truncated" not in short.fields
    assert any("cut to 100 octets: 1" in note for note in feed.seen()[0].notes)


PLAIN = b"\0\1a" + JSON


@pytest.mark.parametrize("how", [{"only_older": True}, {"hangs_up": True}], ids=str)
def test_a_broker_of_the_older_version_is_spoken_to_in_it(how: dict[str, bool]) -> None:
    with FakeBroker(publishes=(PLAIN,), **how) as broker:
        stop = Stop(20)
        feed = Broker(access(broker.port), ["#"], stop)
        found = listen(feed, stop, [], lambda n: n >= 1)
        assert found[0].fields["version"] == "3.1.1"
        assert broker.versions == [5, 4]
        with pytest.raises(CaptureError, match=r"(?i)unsupported protocol version|closed"):
            list(Broker(access(broker.port, version="5"), ["#"], Stop(20)))


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_a_refused_subscription_is_told_and_not_waited_for(version: str) -> None:
    code = 0x87 if version == "5" else 0x80
    with FakeBroker(suback=code) as broker:
        feed = Broker(access(broker.port, version=version), ["city/#"], Stop(20))
        started = time.monotonic()
        assert [item for item in feed if item] == []
        assert time.monotonic() - started < 10
    notes = feed.seen()[0].notes
    assert any(note.startswith("the broker refuses city/#: ") for note in notes)
    assert not any("withhold" in note for note in notes)


def test_topics_that_are_none_are_counted_and_not_passed_on() -> None:
    wrong = (b"\0\3a/#x", b"\0\2\xff\xfex", b"\0\2a\x01x")
    with FakeBroker(publishes=(*wrong, PLAIN)) as broker:
        stop = Stop(20)
        feed = Broker(access(broker.port, version="3.1.1"), ["#"], stop)
        found = listen(feed, stop, [], lambda n: n >= 1)
    assert [m.fields["topic"] for m in found] == ["a"]
    assert any("without a valid topic: 3" in note for note in feed.seen()[0].notes)


def test_no_broker_is_one_clear_error() -> None:
    port = free_port()
    with pytest.raises(CaptureError, match=rf"^127\.0\.0\.1:{port}: Connection refused$"):
        list(Broker(access(port), ["#"], Stop(20)))
    with pytest.raises(CaptureError, match="no such host"):
        list(Broker(access(port, host="nowhere.invalid"), ["#"], Stop(20)))


def test_who_does_not_answer_is_not_waited_for_after_a_stop() -> None:
    import socket

    stop = Stop()
    stop.now()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(CaptureError, match="stopped before it answered"):
            list(Broker(access(port), ["#"], stop))


def test_the_inbox_is_bounded_in_octets_too() -> None:
    inbox = Inbox(octets_max=1000)
    for _ in range(3):
        inbox.put(Arrival("a", bytes(400), 0, 0, False, False, "", 7))
    assert inbox.refused == 1
    assert len(inbox.take(7)) == 0
    assert len(inbox.take(8)) == 2
    inbox.put(Arrival("a", bytes(900), 0, 0, False, False, "", 9))
    assert len(inbox.take()) == 1
