"""A subscription at a real broker, alone and together with the frames: what the report says."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from schouw_agent import pipeline
from schouw_agent.capture.broker import Broker
from schouw_agent.capture.live import Interfaces
from schouw_agent.capture.stop import Stop
from schouw_agent.capture.together import Together
from schouw_agent.report import Report
from tests.agent.capture.brokers import (
    access,
    free_port,
    mosquitto,
    papers,
    publish,
    publisher,
)
from tests.agent.capture.wire import ip, is_root, namespace

LEVEL = b'{"laeq_dba": 55.5}'
HASHES = json.dumps({"wifi_mac_sha256": ["ab" * 32]}).encode()
ORDER = """schema = "https://schouw.example.org/schema/order/1"
principal = "College"
permission = "Netbeheer"
[period]
start = 2026-01-01T00:00:00Z
end = 2100-01-01T00:00:00Z
[scope]
brokers = ["127.0.0.1"]
topics = ["square/#"]
[[exclusion]]
topic = "square/police/#"
reason = "not ours"
"""


@pytest.fixture(autouse=True)
def _installed(programs: Callable[..., None]) -> None:
    programs("mosquitto")


@pytest.fixture
def alone(demand: Callable[[bool, str], None], programs: Callable[..., None]) -> Iterator[None]:
    """A namespace with nothing but its loopback."""
    programs("ip")
    demand(is_root(), "a network namespace needs root")
    with namespace():
        ip("link", "set", "lo", "up")
        yield


def _open(port: int) -> tuple[str, str]:
    return f"listener {port} 127.0.0.1", "allow_anonymous true"


def _inspect(feed: Broker | Together, stop: Stop, acts: list[Callable[[], None]]) -> Report:
    """Return the report: acts are done one a time, and after the last some rounds are waited."""
    waiting, idle = list(acts), []

    def progress(_count: int) -> None:
        if waiting:
            waiting.pop(0)()
        elif isinstance(feed, Together):
            idle.append(True)
            if len(idle) > 16:
                stop.now()
        elif feed.messages >= 4:
            stop.now()

    return pipeline.inspect([feed], progress=progress)


def _emissions(report: Report) -> dict[tuple[str, str], tuple[int, bool, str, str]]:
    return {
        (e.channel, e.category): (e.messages, e.retained, e.recipient, e.direction)
        for device in report.devices
        for e in device.emissions
    }


def test_a_subscription_alone(tmp_path: Path) -> None:
    port = free_port()
    stop = Stop(20)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        publish(client, "square/lamp/state", b'{"battery": 80}', retain=True)
        acts = [partial(publish, client, "square/sound/level", LEVEL)] * 2
        acts.append(partial(publish, client, "square/count/hashed", HASHES))
        report = _inspect(Broker(access(port), ["#"], stop), stop, acts)
    found = _emissions(report)
    assert found["square/sound/level", "sound_level"] == (2, False, "127.0.0.1", "sent")
    assert found["square/count/hashed", "wifi_mac_hashed"] == (1, False, "127.0.0.1", "sent")
    assert found["square/lamp/state", "device_health"][:2] == (1, True)
    for device in report.devices:
        assert {i.kind for i in device.identifiers} == {"topic"}
        assert device.authentication == "unseen"
        # How the publisher sends was not seen; that Schouw itself used no TLS says nothing of it.
        assert {r.transport_security for r in device.recipients} == {"unknown"}
        assert {(r.role, r.port) for r in device.recipients} == {("broker", port)}
    assert len(report.devices) == 3
    assert report.coverage.vantage == "broker subscription"
    # A broker may withhold topics: what was not seen proves nothing.
    assert report.coverage.partial
    assert (report.coverage.frames, report.coverage.messages) == (0, 4)
    assert [(s.kind, s.name) for s in report.sources] == [("broker", f"127.0.0.1:{port}")]


@pytest.mark.usefixtures("alone")
def test_frames_and_a_subscription_count_a_message_once(tmp_path: Path) -> None:
    clear, secret = free_port(), free_port()
    issued = papers(tmp_path)
    certificate, key = issued.broker
    settings = [
        "per_listener_settings false", *_open(clear),
        f"listener {secret} 127.0.0.1", f"certfile {certificate}", f"keyfile {key}",
    ]  # fmt: skip
    stop = Stop(30)
    feed = Together(Interfaces(["lo"], stop), Broker(access(clear), ["#"], stop))
    with (
        mosquitto(tmp_path, clear, *settings),
        publisher(clear) as client,
        publisher(secret, tls=issued.authority) as hidden,
    ):
        publish(client, "square/sound/level", b'{"laeq_dba": 44.5}', retain=True)
        acts = [partial(publish, client, "square/sound/level", LEVEL)] * 3
        acts.append(partial(publish, hidden, "square/count/hashed", HASHES))
        report = _inspect(feed, stop, acts)
    assert report.coverage.kernel_drops == 0
    assert [note for note in report.coverage.notes if "3 messages of the broker were seen" in note]
    assert [note for note in report.coverage.notes if "itself to the broker is left out" in note]
    levels = [
        (device, emission)
        for device in report.devices
        for emission in device.emissions
        if emission.category == "sound_level"
    ]
    # The stored message came before the frames; it is of whoever publishes there.
    assert {device.id for device, _ in levels} == {levels[0][0].id}
    assert {(e.messages, e.retained) for _, e in levels} == {(3, False), (1, True)}
    assert "ip" in {i.kind for i in levels[0][0].identifiers}
    hashed = next(
        device
        for device in report.devices
        if any(e.category == "wifi_mac_hashed" for e in device.emissions)
    )
    assert {i.kind for i in hashed.identifiers} == {"topic"}
    assert report.coverage.vantage == "network interface, broker subscription"
    assert not report.coverage.partial
    assert {s.kind for s in report.sources} == {"interface", "broker"}


def _agent(*arguments: str) -> tuple[int, str, str]:
    program = [sys.executable, "-c", "from schouw_agent.cli import main; main()", "inspect"]
    done = subprocess.run([*program, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_command_keeps_to_the_order(tmp_path: Path) -> None:
    port = free_port()
    order = tmp_path / "order.toml"
    order.write_text(ORDER)
    with mosquitto(tmp_path, port, *_open(port)), publisher(port) as client:
        for topic in ("square/7", "square/police/1", "elsewhere/7"):
            publish(client, topic, LEVEL, retain=True)
        base = ["--broker", f"mqtt://127.0.0.1:{port}", "--order", str(order), "--duration", "2s"]
        code, out, err = _agent(*base)
        assert (code, err) == (0, "")
        report = json.loads(out)
        assert {e["channel"] for d in report["devices"] for e in d["emissions"]} == {"square/7"}
        assert [n for n in report["coverage"]["notes"] if "1 messages were not looked at" in n]
        assert report["coverage"]["messages"] == 1
        code, out, err = _agent(*base, "--topic", "#")
        assert (code, out) == (2, "")
        assert "reaches beyond the topics of the order" in err
