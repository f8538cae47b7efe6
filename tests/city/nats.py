"""A real nats-server among the servers, and clients that publish and listen.

NATS documentation, client protocol; in a secure town under TLS after INFO.
"""

import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping
from typing import Any

from tests.city.network import PATIENCE, enter
from tests.city.town import Host, Town

PORT = 4222


class Nats:
    """A server, and how to reach it; make it before the town runs."""

    def __init__(self, town: Town, address: str, name: str) -> None:
        """`name` is what devices look up, and what its certificate is of."""
        self.town, self.address, self.name = town, address, name
        town.names[name] = address
        self._settings = town.folder / f"nats-{address}.conf"
        lines = [f"host: {address}", f"port: {PORT}", f'server_name: "{name}"']
        if town.secure:
            public, private = town.web.certificate(name)
            lines.append(f'tls {{ cert_file: "{public}", key_file: "{private}", timeout: 10 }}')
        self._settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        town.during(self)

    def __enter__(self) -> "Nats":
        servers = self.town.wire.servers
        self._process = subprocess.Popen(
            [shutil.which("nats-server") or "/usr/sbin/nats-server", "-c", str(self._settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "GOMAXPROCS": "1"},
            preexec_fn=lambda: enter(servers),
        )
        deadline = time.monotonic() + PATIENCE
        with self.town.wire.among_servers():
            while time.monotonic() < deadline:
                try:
                    socket.create_connection((self.address, PORT), timeout=1).close()
                except OSError:
                    time.sleep(0.01)
                else:
                    return self
        raise RuntimeError("nats-server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


class NatsClient:
    """A client of one server, from a host in the street; connected when it is made."""

    def __init__(
        self, server: Nats, host: Host, *, name: str = "", about: Mapping[str, str] | None = None
    ) -> None:
        """`about`: what it tells in the header of each message; none: messages without one."""
        server.town.look_up(host, server.name)
        self._about = about or {}
        plain = socket.create_connection((server.address, PORT), PATIENCE, (host.address, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket: socket.socket = plain
        self._rest = b""
        self._line()
        if server.town.secure:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self._socket = context.wrap_socket(plain, server_hostname=server.name)
        stated = {
            "verbose": False, "pedantic": False, "tls_required": server.town.secure,
            "name": name or host.name, "lang": "python3", "version": "2.6.0", "protocol": 1,
            "headers": True, "no_responders": True, "echo": False,
        }  # fmt: skip
        self._socket.sendall(b"CONNECT " + json.dumps(stated).encode() + b"\r\n")
        self._settle()

    def publish(self, topic: str, message: Any) -> None:
        """Publish something as JSON, by a topic, and wait until the server has it."""
        subject = topic.replace("/", ".")
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        head = b""
        if self._about:
            told = "".join(f"{key}: {value}\r\n" for key, value in self._about.items())
            head = f"NATS/1.0\r\n{told}\r\n".encode()
            line = f"HPUB {subject} {len(head)} {len(head) + len(body)}\r\n"
        else:
            line = f"PUB {subject} {len(body)}\r\n"
        self._socket.sendall(line.encode() + head + body + b"\r\n")
        self._settle()

    def subscribe(self, subject: str) -> None:
        """Ask for a subject, or several by wildcards."""
        self._socket.sendall(f"SUB {subject} 1\r\n".encode())
        self._settle()

    def take(self) -> None:
        """Take what has come."""
        self._settle()

    def leave(self) -> None:
        """Hang up."""
        self._socket.close()

    def _settle(self) -> None:
        """Ask whether the server is there, and take all that it sends until it answers."""
        self._socket.sendall(b"PING\r\n")
        while (line := self._line()) != b"PONG":
            if line.startswith((b"MSG ", b"HMSG ")):
                self._octets(int(line.rsplit(b" ", 1)[1]) + 2)
            elif line == b"PING":
                self._socket.sendall(b"PONG\r\n")

    def _line(self) -> bytes:
        while b"\r\n" not in self._rest:
            self._receive()
        line, _, self._rest = self._rest.partition(b"\r\n")
        return line

    def _octets(self, count: int) -> None:
        while len(self._rest) < count:
            self._receive()
        self._rest = self._rest[count:]

    def _receive(self) -> None:
        more = self._socket.recv(65_536)
        if not more:
            raise RuntimeError("the server hung up")
        self._rest += more
