"""Real brokers on the loopback, with certificates, passwords and lists of who may what."""

import contextlib
import datetime as dt
import ipaddress
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import paho.mqtt.client as paho
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from schouw_agent.capture.broker import Broker
from schouw_agent.capture.broker_access import Access
from schouw_agent.capture.stop import Stop
from schouw_agent.records import Message


class Papers(NamedTuple):
    """An authority, and what it vouches for."""

    authority: Path
    broker: tuple[Path, Path]
    client: tuple[Path, Path]
    stranger: Path
    """Another authority."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(path: Path, item: Any) -> Path:
    if isinstance(item, x509.Certificate):
        path.write_bytes(item.public_bytes(serialization.Encoding.PEM))
    else:
        path.write_bytes(
            item.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return path


def _certificate(name: str, key: Any, issuer: str, by: Any, usage: Any = None) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    subject, giver = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer)
    )
    builder = (
        x509.CertificateBuilder(giver, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(usage is None, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
    )
    if usage is not None:
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    else:
        builder = builder.add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True,
                content_commitment=False, key_encipherment=False, data_encipherment=False,
                key_agreement=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )  # fmt: skip
    return builder.sign(by, hashes.SHA256())


def papers(folder: Path) -> Papers:
    """Return certificates of an invented authority."""
    root, other, broker, client = (ec.generate_private_key(ec.SECP256R1()) for _ in range(4))
    server, user = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH
    return Papers(
        _write(folder / "ca.pem", _certificate("authority", root, "authority", root)),
        (
            _write(folder / "b.pem", _certificate("localhost", broker, "authority", root, server)),
            _write(folder / "b.key", broker),
        ),
        (
            _write(folder / "c.pem", _certificate("schouw", client, "authority", root, user)),
            _write(folder / "c.key", client),
        ),
        _write(folder / "other.pem", _certificate("stranger", other, "stranger", other)),
    )


@contextlib.contextmanager
def mosquitto(folder: Path, port: int, *settings: str) -> Iterator[None]:
    """Run a broker with these lines in its configuration, which start with a listener."""
    file = folder / f"mosquitto-{port}.conf"
    file.write_text("\n".join(("user root", "persistence false", *settings)) + "\n")
    process = subprocess.Popen(
        ["mosquitto", "-c", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if "running" in line:
            break
    else:
        raise RuntimeError("".join(said))
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    drain.start()
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)
        drain.join()
        process.stderr.close()


@contextlib.contextmanager
def publisher(
    port: int, username: str = "", password: str = "", tls: Path | None = None
) -> Iterator[paho.Client]:
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    if username:
        client.username_pw_set(username, password)
    if tls is not None:
        client.tls_set(str(tls))
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def publish(client: paho.Client, topic: str, payload: bytes, **options: Any) -> None:
    client.publish(topic, payload, qos=1, **options).wait_for_publish(10)


def access(port: int, host: str = "127.0.0.1", **options: Any) -> Access:
    options = {"secure": False, "path": ""} | options
    return Access(host, port, **options)


def listen(
    broker: Broker, stop: Stop, acts: list[Callable[[], None]], enough: Callable[[int], bool]
) -> list[Message]:
    """Return the messages that a feed gives: the next act comes when `enough` were seen."""
    found: list[Message] = []
    waiting = list(acts)
    deadline = time.monotonic() + 20
    for item in broker:
        found += [delivery.message for delivery in item]
        assert time.monotonic() < deadline, f"waited in vain: {len(found)}"
        if waiting and (len(waiting) == len(acts) or enough(len(found))):
            waiting.pop(0)()
        elif not waiting and enough(len(found)):
            stop.now()
    return found


class FakeBroker(threading.Thread):
    """A broker that does what mosquitto does not: speak 3.1.1 alone, refuse, or say nonsense."""

    def __init__(
        self, *, only_older: bool = False, hangs_up: bool = False, suback: int = 0,
        connack: int = 0, publishes: tuple[bytes, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(daemon=True)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._older, self._hangs_up, self._suback = only_older, hangs_up, suback
        self._connack, self._publishes = connack, publishes
        self.versions: list[int] = []

    def __enter__(self) -> "FakeBroker":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.join(10)

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        while packet := connection.recv(65_536):
            kind = packet[0] >> 4
            if kind == 1:
                version = packet[8]
                self.versions.append(version)
                if version == 5 and self._hangs_up:
                    return
                if version == 5 and self._older:
                    connection.sendall(b"\x20\x02\x00\x01")
                    return
                five = b"\0" if version == 5 else b""
                connection.sendall(bytes((0x20, 2 + len(five), 0, self._connack)) + five)
            elif kind == 8:
                five = b"\0" if self.versions[-1] == 5 else b""
                answer = packet[2:4] + five + bytes((self._suback,))
                connection.sendall(bytes((0x90, len(answer))) + answer)
                for body in self._publishes:
                    connection.sendall(bytes((0x30, len(body))) + body)
            elif kind == 14:
                return
