"""A town: hosts in the street, servers, a broker, a story; at the end a capture and the truth."""

import ipaddress
import random
import resource
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.city.broker import Broker
from tests.city.capture import Frame, Tap, with_macs, write_pcapng
from tests.city.clock import Clock
from tests.city.mqtt_device import Connection
from tests.city.mqtt_habits import Habits
from tests.city.names import NameServer
from tests.city.network import WIRE, Wire, lay_wire
from tests.city.style import Style
from tests.city.web import Web

START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
BROKER_ADDRESS, ROUTER_MAC = "192.0.2.10", "02:57:48:00:00:01"
BROKER_NAME = "mqtt.voorbeeldstad.example"
AUDITOR_ADDRESS, AUDITOR_MAC = "192.0.2.254", "02:57:4a:00:00:01"
"""Of the machine on which an auditor subscribes; no host of a story ever has them."""
NAME_SERVER_ADDRESS = "192.0.2.2"
_FIRST_DEVICE = int(ipaddress.ip_address("192.0.2.130"))
_MANY = int(ipaddress.ip_address("198.18.0.1"))
_FEW = 120


@dataclass(frozen=True, slots=True)
class Host:
    """A machine in the street."""

    name: str
    address: str
    mac: str


@dataclass(slots=True)
class Truth:
    """What a device really sent: for those who judge, never for those who are judged."""

    host: str
    entry: str
    """Of the register; empty if nobody declared it."""
    categories: set[str] = field(default_factory=set)
    readable: bool = True
    """False: what it sent was encrypted."""


class Town:
    """Builds up a story, acts it out once, and writes the capture."""

    def __init__(
        self,
        seed: int,
        *,
        start: datetime = START,
        secure: bool = False,
        accounts: Mapping[str, str] | None = None,
        acl: Iterable[str] = (),
    ) -> None:
        """`secure`: everything that can speak TLS does, and the broker accepts nothing else."""
        self.seed, self.secure = seed, secure
        self.draw = random.Random(seed)
        self.clock = Clock(start)
        self.hosts: dict[str, Host] = {}
        self.truths: dict[str, Truth] = {}
        self.names: dict[str, str] = {BROKER_NAME: BROKER_ADDRESS}
        """Host name → address."""
        self._macs: dict[bytes, bytes] = {}
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        # A socket for each of ten thousand devices; the broker inherits the limit.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self.wire: Wire = lay_wire()
        self.web = Web(self.wire, self.folder)
        self._accounts, self._acl = accounts, tuple(acl)
        self._connections: list[Connection] = []
        self._listening: list[Connection] = []
        self._servers: list[AbstractContextManager[Any]] = []
        self.known("broker", BROKER_ADDRESS, "02:57:48:00:00:0a")

    def known(self, _name: str, address: str, mac: str) -> None:
        """Give a server on the spot a MAC address of its own; others are behind the router."""
        self._macs[socket.inet_aton(address)] = bytes.fromhex(mac.replace(":", ""))

    def host(self, name: str, *, mac: str = "", entry: str = "", address: str = "") -> Host:
        """Return a new machine in the street; `entry` is what the register calls it."""
        number = len(self.hosts)
        base = _FIRST_DEVICE if number < _FEW else _MANY - _FEW
        address = address or str(ipaddress.ip_address(base + number))
        own = mac or f"02:57:49:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
        found = self.hosts[name] = Host(name, address, own)
        self.truths[name] = Truth(name, entry)
        self.known(name, address, own)
        return found

    def style(self, host: Host, **fixed: Any) -> Style:
        """Return how the maker of a device writes: each seed another, within it the same."""
        return Style.of(random.Random(f"{self.seed} {host.name}"), **fixed)

    def sent(self, host: Host, *categories: str, readable: bool = True) -> None:
        """Note for the truth what a host sends."""
        self.truths[host.name].categories.update(categories)
        self.truths[host.name].readable &= readable

    def jitter(self, seconds: float, share: float = 0.1) -> Callable[[], float]:
        """Return a function that gives an interval that is never quite the same."""
        return lambda: seconds * self.draw.uniform(1 - share, 1 + share)

    def connect(self, host: Host, client_id: str = "", **options: Any) -> Connection:
        """Return the host's connection to the broker, with TLS if the town is secure.

        It asks for the broker's name first, as devices do, and speaks the MQTT of its maker.
        """
        self.look_up(host, BROKER_NAME)
        habits = Habits.of(self.seed, host.name)
        settings: dict[str, Any] = {"version": habits.version, "about": habits.about}
        if self.secure:
            settings["server_name"] = BROKER_NAME
        made = Connection(
            host.address, BROKER_ADDRESS, client_id or host.name, **{**settings, **options}
        )
        self._connections.append(made)
        if made.listens:
            self._listening.append(made)
        return made

    def during(self, server: AbstractContextManager[Any]) -> None:
        """Let a server run while the town does."""
        self._servers.append(server)

    def add_auditor(self) -> None:
        """Let somebody subscribe to everything that the broker lets them, from the beginning.

        Whoever looks is no part of the story: it has no number among the hosts, and no truth.
        """
        host = Host("auditor", AUDITOR_ADDRESS, AUDITOR_MAC)
        self.known(host.name, host.address, host.mac)

        def listen() -> None:
            heard = self.connect(host, "schouw", on_message=lambda _topic, _payload: None)
            heard.subscribe("#")

        self.clock.at(0.0, listen)

    def look_up(self, host: Host, name: str) -> str:
        """Ask the town's name server for an address, from a host; return the address."""
        return NameServer.ask(host.address, NAME_SERVER_ADDRESS, name)

    def run(self, seconds: float) -> None:
        """Act the story out, from the start to so many seconds later."""
        certificate = self.web.certificate(BROKER_NAME) if self.secure else None
        with self._stack:
            tap = self._stack.enter_context(Tap(WIRE))
            self.clock.mark()
            self._stack.enter_context(NameServer(self.wire, NAME_SERVER_ADDRESS, self.names))
            self._stack.enter_context(
                Broker(
                    self.wire,
                    self.folder,
                    BROKER_ADDRESS,
                    certificate=certificate,
                    accounts=self._accounts,
                    acl=self._acl,
                    secure_only=self.secure,
                )
            )
            self._stack.enter_context(self.web)
            for server in self._servers:
                self._stack.enter_context(server)
            self.clock.run(seconds, self._hear)
            for connection in self._connections:
                connection.leave()
        self.frames = [
            Frame(self.clock.story_time(frame.time), self._with_macs(frame.octets))
            for frame in tap.frames
        ]

    def close(self) -> None:
        """Let go of the networks."""
        self._stack.close()
        self.wire.close()

    def _hear(self) -> None:
        for connection in self._listening:
            connection.hear()

    def _with_macs(self, octets: bytes) -> bytes:
        return with_macs(octets, self._macs, bytes.fromhex(ROUTER_MAC.replace(":", "")))

    def write(
        self, path: Path, *, look: tuple[float, float] | None = None, of_auditor: bool = False
    ) -> int:
        """Write the capture and return how many frames it has.

        `look`: only from so many seconds after the start to so many.
        `of_auditor`: only what the auditor's own machine would see; else all but that.
        """
        frames = (f for f in self.frames if _of_auditor(f) == of_auditor)
        if look is not None:
            begin, end = (self.clock.nanoseconds(seconds) for seconds in look)
            frames = (frame for frame in frames if begin <= frame.time < end)
        return write_pcapng(path, frames)


def _of_auditor(frame: Frame) -> bool:
    return socket.inet_aton(AUDITOR_ADDRESS) in (frame.octets[26:30], frame.octets[30:34])


def tools_missing() -> list[str]:
    """Return the programs that a town needs and that are not there."""
    path = "/usr/sbin:/usr/local/sbin:/sbin"
    wanted = ("ffmpeg", "ip", "mosquitto", "mosquitto_passwd", "nats-server", "openssl", "ss")
    return [name for name in wanted if not (shutil.which(name) or shutil.which(name, path=path))]


def can_make_networks() -> bool:
    """Return whether this process may make network namespaces."""
    return not subprocess.run(
        ["unshare", "--net", "true"], check=False, capture_output=True
    ).returncode
