"""The way into a broker: TLS, certificates, WebSockets, passwords, and what it withholds."""

import ssl
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from schouw_agent.capture.broker import Broker
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError, ConfigError
from tests.agent.capture.brokers import (
    Papers,
    access,
    free_port,
    listen,
    mosquitto,
    papers,
    publish,
    publisher,
)
from tests.agent.capture.web_gate import web_gate

JSON = b'{"temperature": 20.5}'


@pytest.fixture(scope="module", autouse=True)
def _installed(programs: Callable[..., None]) -> None:
    programs("mosquitto")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("papers"))


def _open(port: int) -> tuple[str, str]:
    return f"listener {port} 127.0.0.1", "allow_anonymous true"


def _tls(port: int, issued: Papers, *more: str) -> list[str]:
    certificate, key = issued.broker
    return [*_open(port), f"certfile {certificate}", f"keyfile {key}", *more]


def test_tls(tmp_path: Path, issued: Papers) -> None:
    port = free_port()
    with mosquitto(tmp_path, port, *_tls(port, issued)):
        secure = partial(access, port, secure=True)
        stop = Stop(20)
        feed = Broker(secure(ca_file=issued.authority), ["$SYS/broker/version"], stop)
        assert len(listen(feed, stop, [], lambda n: n >= 1)) == 1
        with pytest.raises(CaptureError, match="certificate is not trusted"):
            list(Broker(secure(ca_file=issued.stranger), ["#"], Stop(20)))
        with pytest.raises(CaptureError, match="certificate is not trusted"):
            list(Broker(secure(), ["#"], Stop(20)))
        with pytest.raises(CaptureError, match=r"^127\.0\.0\.1:"):
            list(Broker(access(port), ["#"], Stop(20)))


@pytest.mark.parametrize("secure", [False, True], ids=["ws", "wss"])
def test_websockets(tmp_path: Path, issued: Papers, secure: bool) -> None:
    port = free_port()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*issued.broker)
    with (
        mosquitto(tmp_path, port, *_open(port)),
        web_gate(port, context if secure else None) as (gate, paths),
        publisher(port) as client,
    ):
        stop = Stop(20)
        ca_file = issued.authority if secure else None
        way_in = access(gate, secure=secure, path="/city", ca_file=ca_file)
        feed = Broker(way_in, ["square/#"], stop)
        act = partial(publish, client, "square/7", b"x" * 70_000)
        (message,) = listen(feed, stop, [act], lambda n: n >= 1)
        assert message.payload == b"x" * 70_000
        assert paths == ["/city"]
        if secure:
            with pytest.raises(CaptureError, match="certificate is not trusted"):
                list(Broker(access(gate, secure=True, path="/city"), ["#"], Stop(20)))


def test_a_client_certificate(tmp_path: Path, issued: Papers) -> None:
    port = free_port()
    more = f"cafile {issued.authority}", "require_certificate true"
    with mosquitto(tmp_path, port, *_tls(port, issued, *more)):
        secure = partial(access, port, secure=True, ca_file=issued.authority)
        stop = Stop(20)
        certificate, key = issued.client
        feed = Broker(secure(certificate=certificate, key=key), ["$SYS/broker/version"], stop)
        assert len(listen(feed, stop, [], lambda n: n >= 1)) == 1
        with pytest.raises(CaptureError, match=r"^127\.0\.0\.1:"):
            list(Broker(secure(), ["#"], Stop(20)))


def _passwords(folder: Path, port: int, *rights: str) -> list[str]:
    import subprocess

    file, rules = folder / "passwords", folder / "rules"
    command = ["mosquitto_passwd", "-c", "-b", str(file), "schouw", "not-a-real-one"]
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run([*command[:1], *command[2:4], "other", "not-a-real-one"], check=True)
    rules.write_text("\n".join(("user schouw", *rights, "user other", "topic readwrite #")) + "\n")
    return [f"listener {port} 127.0.0.1", f"password_file {file}", f"acl_file {rules}"]


def test_a_password_comes_from_a_file_and_withheld_topics_are_not_seen(tmp_path: Path) -> None:
    port = free_port()
    secret = tmp_path / "secret"
    secret.write_text("not-a-real-one\nsecond line\n")
    wrong = tmp_path / "wrong"
    wrong.write_text("another")
    with (
        mosquitto(tmp_path, port, *_passwords(tmp_path, port, "topic read open/#")),
        publisher(port, "other", "not-a-real-one") as client,
    ):
        known = partial(access, port, username="schouw")
        stop = Stop(20)
        feed = Broker(known(password_file=secret), ["#"], stop)

        def act() -> None:
            publish(client, "closed/7", JSON)
            publish(client, "open/7", JSON)

        found = listen(feed, stop, [act], lambda n: n >= 1)
        # The broker grants "#" all the same: only the note tells that there may be more.
        assert [m.fields["topic"] for m in found] == ["open/7"]
        assert any("withhold" in note for note in feed.seen()[0].notes)
        assert not any("refuses" in note for note in feed.seen()[0].notes)
        for way_in in (known(password_file=wrong), access(port)):
            with pytest.raises(CaptureError, match=r"(?i)not authorized|bad user name") as raised:
                list(Broker(way_in, ["#"], Stop(20)))
            assert "another" not in raised.value.diagnostics()


def test_files_that_are_no_use_are_clear_errors(tmp_path: Path, issued: Papers) -> None:
    nothing = tmp_path / "nothing"
    for options, why in (
        ({"ca_file": nothing}, "--ca-file"),
        ({"ca_file": issued.authority, "certificate": nothing}, "--client-certificate"),
        ({"certificate": issued.client[0], "key": issued.broker[1]}, "--client-certificate"),
    ):
        with pytest.raises(ConfigError, match=why):
            access(1, secure=True, **options).context()
    with pytest.raises(ConfigError, match="nothing: No such file"):
        access(1, password_file=nothing).password()
    nothing.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        access(1, password_file=nothing).password()
    nothing.write_bytes(b"")
    assert access(1, password_file=nothing).password() == ""
