"""The servers around the square: broker, names, time, and who takes the data in."""

import argparse
import socket
import socketserver
import ssl
import subprocess
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from recording.clock import now, ntp_moment
from recording.plan import (
    INTERNET,
    RELAY_PASSWORD,
    RELAY_USER,
    ROUTER,
    SOUND_METER_PASSWORD,
    SOUND_METER_USER,
    SQUARE,
)


def broker_settings(folder: Path) -> Path:
    """Return the settings of mosquitto: accounts for those who have one, others anonymous."""
    accounts = folder / "accounts"
    accounts.touch(mode=0o644)
    for user, password in ((RELAY_USER, RELAY_PASSWORD), (SOUND_METER_USER, SOUND_METER_PASSWORD)):
        subprocess.run(["mosquitto_passwd", "-b", str(accounts), user, password], check=True)
    accounts.chmod(0o644)
    settings = folder / "mosquitto.conf"
    settings.write_text(
        f"listener 1883\nallow_anonymous true\npassword_file {accounts}\nuser root\n",
        encoding="ascii",
    )
    return settings


def name_server() -> list[str]:
    """Return the command of dnsmasq with the names of the plan and no others."""
    hosts = (ROUTER, *SQUARE.values(), *INTERNET.values())
    records = [f"--host-record={name},{host.address}" for host in hosts for name in host.names]
    return [
        *("dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--user=root"),
        *("--conf-file=/dev/null", "--pid-file=", "--local=/example/", "--bind-interfaces"),
        *("--interface=eth0", "--interface=wan", *records),
    ]


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Return a self-made certificate and its key."""
    public, private = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
            ),
            *(
                "-nodes",
                "-days",
                "3650",
                "-subj",
                f"/CN={name}",
                "-addext",
                f"subjectAltName=DNS:{name}",
            ),
            *("-keyout", str(private), "-out", str(public)),
        ],
        check=True,
        capture_output=True,
    )
    return public, private


class _Intake(BaseHTTPRequestHandler):
    """Takes what is posted and says thanks."""

    protocol_version = "HTTP/1.1"
    server_version = "intake"
    sys_version = ""

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 (its base's)
        """Return the date of the story; `timestamp` is for files, which are not served."""
        return format_datetime(now(), usegmt=True)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(201, b'{"ok":true}', "application/json")

    def do_GET(self) -> None:
        self._answer(200, b"<p>Droog, 17 graden.</p>", "text/html")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def http_server() -> None:
    """Serve plain HTTP on port 80."""
    ThreadingHTTPServer(("", 80), _Intake).serve_forever()


def tls_server(public: Path, private: Path) -> None:
    """Accept anything over TLS on port 443, and answer with two octets."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)

    class Intake(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with context.wrap_socket(self.request, server_side=True) as secure:
                while secure.recv(16384):
                    secure.sendall(b"ok")

    socketserver.ThreadingTCPServer(("", 443), Intake).serve_forever()


def time_server() -> None:
    """Answer SNTP requests on port 123."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("", 123))
        while True:
            request, sender = server.recvfrom(128)
            stamp = ntp_moment()
            answer = b"\x24\x02\x06\xec" + bytes(12) + stamp + request[40:48] + stamp + stamp
            server.sendto(answer, sender)


def main() -> None:
    parser = argparse.ArgumentParser(description="Run one of the servers around the square.")
    parser.add_argument("server", choices=("http", "tls", "time"))
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    {"http": http_server, "tls": tls_server, "time": time_server}[arguments.server](
        *arguments.files
    )


if __name__ == "__main__":
    main()
