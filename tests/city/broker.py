"""A real mosquitto among the servers, with accounts, topics that are closed, and TLS if asked."""

import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.city.network import PATIENCE, Wire, enter

PLAIN, SECURE = 1883, 8883
INSIDE = 1884
"""In clear, for what runs on the machine itself."""


class Broker:
    """Runs while the context lasts, at one address."""

    def __init__(
        self,
        wire: Wire,
        folder: Path,
        address: str,
        *,
        certificate: tuple[Path, Path] | None = None,
        accounts: Mapping[str, str] | None = None,
        acl: Sequence[str] = (),
        secure_only: bool = False,
    ) -> None:
        self.address = address
        self._wire = wire
        lines = ["user root", "allow_anonymous true", "persistence false", "max_queued_messages 0"]
        lines.append("set_tcp_nodelay true")
        lines.append(f"listener {INSIDE} 127.0.0.1")
        if not secure_only:
            lines.append(f"listener {PLAIN} {address}")
        if certificate:
            public, private = certificate
            lines += [
                f"listener {SECURE} {address}",
                f"certfile {public}",
                f"keyfile {private}",
            ]
        if accounts:
            file = folder / "accounts"
            file.touch(mode=0o600)
            for user, password in accounts.items():
                subprocess.run(["mosquitto_passwd", "-b", str(file), user, password], check=True)
            lines.append(f"password_file {file}")
        if acl:
            (folder / "acl").write_text("\n".join(acl) + "\n", encoding="utf-8")
            lines.append(f"acl_file {folder / 'acl'}")
        self._settings = folder / f"mosquitto-{address}.conf"
        self._settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._port = SECURE if secure_only else PLAIN

    def __enter__(self) -> "Broker":
        servers = self._wire.servers
        self._process = subprocess.Popen(
            ["mosquitto", "-c", str(self._settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"},
            preexec_fn=lambda: enter(servers),
        )
        deadline = time.monotonic() + PATIENCE
        with self._wire.among_servers():
            while time.monotonic() < deadline:
                try:
                    socket.create_connection((self.address, self._port), timeout=1).close()
                except OSError:
                    time.sleep(0.01)
                else:
                    return self
        raise RuntimeError("mosquitto did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
