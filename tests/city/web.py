"""Servers of the municipality, of suppliers and others: HTTP and HTTPS, and who posts to them."""

import http.client
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from tests.city.network import PATIENCE, Wire

Answer = Callable[[str, str, bytes], tuple[str, bytes]]
"""Given method, path and body: media type and body of the answer."""


def _accepted(_method: str, _path: str, _body: bytes) -> tuple[str, bytes]:
    return "application/json", b'{"ok":true}'


class Web:
    """All web servers of a town; each answers while the context lasts."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self._wire, self._folder = wire, folder
        self._servers: list[ThreadingHTTPServer] = []
        self._threads: list[threading.Thread] = []

    def serve(
        self, address: str, port: int, *, name: str = "", answer: Answer = _accepted,
        in_street: bool = False, banner: str = "nginx",
    ) -> None:  # fmt: skip
        """Serve at an address; with a `name` it is HTTPS, with a certificate of that name.

        `in_street`: the server is a device, such as a camera.
        """
        handler = _handler(answer, banner)
        if in_street:
            server = _Server((address, port), handler)
        else:
            with self._wire.among_servers():
                server = _Server((address, port), handler)
        if name:
            public, private = self.certificate(name)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(public, private)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        self._servers.append(server)

    def certificate(self, name: str) -> tuple[Path, Path]:
        """Return a self-made certificate for a name, and its key."""
        public, private = self._folder / f"{name}.pem", self._folder / f"{name}.key"
        if not public.exists():
            command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"]
            command += ["ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}"]
            command += ["-addext", f"subjectAltName=DNS:{name}", "-out", str(public)]
            subprocess.run([*command, "-keyout", str(private)], check=True, capture_output=True)
        return public, private

    def __enter__(self) -> "Web":
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        """Bind, and look up no name: there is nobody to ask, and that takes ten seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, *_: Any) -> None:
        """Say nothing: who breaks off is part of the story."""


def _handler(answer: Answer, banner: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = banner, ""
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            kind, body = answer(self.command, self.path, self.rfile.read(size))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = _any  # noqa: N815 - so the library calls them

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def request(
    source: str,
    address: str,
    *,
    host: str,
    path: str = "/",
    body: bytes = b"",
    kind: str = "application/json",
    secure: bool = False,
    port: int = 0,
    method: str = "",
    headers: dict[str, str] | None = None,
    agent: str = "sensor/1.0",
) -> bytes:
    """Return what a server answers to one request from an address; POST if there is a body."""
    given = {"Host": host, "User-Agent": agent, **(headers or {})}
    if body:
        given["Content-Type"] = kind
    if secure:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = _Named(address, port or 443, source, context, host)
    else:
        connection = http.client.HTTPConnection(
            address, port or 80, timeout=PATIENCE, source_address=(source, 0)
        )
    try:
        connection.request(method or ("POST" if body else "GET"), path, body or None, given)
        answer = connection.getresponse().read()
        _hang_up(connection.sock)
        return answer
    finally:
        connection.close()


def _hang_up(sock: Any) -> None:
    """Take leave, and wait until the server has too.

    What it sent later would be of the next event, minutes away in the story.
    """
    with suppress(OSError, ValueError, AttributeError):
        plain = sock.unwrap() if isinstance(sock, ssl.SSLSocket) else sock
        plain.shutdown(socket.SHUT_WR)
        while plain.recv(4096):
            pass


class _Named(http.client.HTTPSConnection):
    """HTTPS to an address, asking for a name."""

    def __init__(
        self, address: str, port: int, source: str, context: ssl.SSLContext, name: str
    ) -> None:
        super().__init__(
            address, port, timeout=PATIENCE, source_address=(source, 0), context=context
        )
        self._asked, self._with = name, context

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), PATIENCE, self.source_address)
        self.sock = self._with.wrap_socket(plain, server_hostname=self._asked)
