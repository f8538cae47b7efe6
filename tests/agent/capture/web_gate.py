"""A WebSocket before a broker, as web servers put one there (RFC 6455)."""

import base64
import contextlib
import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from typing import Any

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def _exactly(stream: Any, size: int) -> bytes:
    octets = stream.read(size)
    if octets is None or len(octets) < size:
        raise ConnectionError
    return bytes(octets)


def _greet(stream: Any, web: socket.socket) -> str:
    """Answer the handshake, and return the path that was asked for."""
    lines = []
    while line := stream.readline().strip():
        lines.append(line)
    fields = dict(line.lower().split(b": ", 1) if b": " in line else (line, b"") for line in lines)
    assert fields[b"sec-websocket-protocol"] == b"mqtt"
    key = next(
        line.split(b": ", 1)[1] for line in lines if line.lower().startswith(b"sec-websocket-key")
    )
    accept = base64.b64encode(hashlib.sha1(key + _MAGIC).digest())  # noqa: S324 the protocol's
    web.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
    return lines[0].split()[1].decode()


def _inward(stream: Any, inner: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            kind, size = _exactly(stream, 2)
            size &= 0x7F
            if size >= 126:
                wide = _exactly(stream, 2 if size == 126 else 8)
                size = int.from_bytes(wide, "big")
            mask, masked = _exactly(stream, 4), _exactly(stream, size)
            if kind & 0x0F == 2:
                inner.sendall(bytes(each ^ mask[n % 4] for n, each in enumerate(masked)))
            elif kind & 0x0F == 8:
                break
    with contextlib.suppress(OSError):
        inner.shutdown(socket.SHUT_RDWR)


def _outward(inner: socket.socket, web: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while octets := inner.recv(4096):
            web.sendall(struct.pack(">BBH", 0x82, 126, len(octets)) + octets)
    with contextlib.suppress(OSError):
        web.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def web_gate(
    broker_port: int, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Provide the port of the gate, and the paths that were asked for."""
    listening = socket.create_server(("127.0.0.1", 0))
    paths: list[str] = []
    threads: list[threading.Thread] = []

    def serve(web: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if tls is not None:
                web = tls.wrap_socket(web, server_side=True)
            with web, socket.create_connection(("127.0.0.1", broker_port)) as inner:
                stream = web.makefile("rb")
                paths.append(_greet(stream, web))
                back = threading.Thread(target=_outward, args=(inner, web))
                back.start()
                _inward(stream, inner)
                back.join()

    def accept() -> None:
        while True:
            try:
                web, _ = listening.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(web,)))
            threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield int(listening.getsockname()[1]), paths
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in (accepting, *threads):
            thread.join(10)
