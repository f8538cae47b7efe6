"""MQTT for browsers: a gateway before the broker that speaks WebSocket (RFC 6455; MQTT 5.0, 6).

Debian's mosquitto has no WebSocket, so such a gateway stands before it, as a web server would.
"""

import base64
import hashlib
import socket
import ssl
import threading
from contextlib import suppress

from tests.city.broker import INSIDE
from tests.city.town import BROKER_ADDRESS, BROKER_NAME, Host, Town

PORT, SECURE_PORT = 9001, 9443
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_BINARY, _CLOSE = 0x82, 0x88
_LONGEST_HEAD = 8192


class MqttGateway:
    """Runs while the town does, on the machine of the broker; make it before."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._open: list[socket.socket] = []
        self._listening = socket.socket()
        self._context: ssl.SSLContext | None = None
        town.during(self)

    @property
    def port(self) -> int:
        """Where it listens: with TLS if the town is secure."""
        return SECURE_PORT if self._town.secure else PORT

    def __enter__(self) -> "MqttGateway":
        with self._town.wire.among_servers():
            self._listening = socket.create_server((BROKER_ADDRESS, self.port))
        if self._town.secure:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*self._town.web.certificate(BROKER_NAME))
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        """Greet a browser, and carry what it and the broker say."""
        with suppress(OSError, ValueError):
            browser.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                browser = self._context.wrap_socket(browser, server_side=True)
            rest = _greet(browser)
            with self._town.wire.among_servers():
                broker = socket.create_connection(("127.0.0.1", INSIDE))
            broker.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += [browser, broker]
            back = threading.Thread(target=_to_browser, args=(broker, browser), daemon=True)
            back.start()
            _to_broker(rest, browser, broker)
            broker.shutdown(socket.SHUT_RDWR)
            back.join()
            browser.close()
            broker.close()


def dashboard(town: Town, host: Host, gateway: MqttGateway, *topic_filters: str) -> None:
    """Let a page in a browser of a host show what the broker has, from now on."""
    page = town.connect(
        host, f"dashboard-{host.name}", websocket_port=gateway.port, on_message=lambda *_: None
    )
    page.subscribe(*topic_filters)


def _greet(browser: socket.socket) -> bytes:
    """Answer the handshake (RFC 6455, 4.2.2), and return what came behind it."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = browser.recv(4096)
        if not more or len(head) > _LONGEST_HEAD:
            raise ValueError("no handshake")
        head += more
    head, _, rest = head.partition(b"\r\n\r\n")
    told = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    key = {name.lower(): value for name, value in told.items()}[b"sec-websocket-key"]
    accepted = base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    browser.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nServer: nginx\r\nConnection: upgrade\r\n"
        b"Upgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n"
        b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
    )
    return rest


def _to_broker(rest: bytes, browser: socket.socket, broker: socket.socket) -> None:
    """Take the frames of a browser apart, whose octets are masked (RFC 6455, 5.2)."""
    while True:
        while (whole := _frame(rest)) is not None:
            first, payload, rest = whole
            if first == _CLOSE:
                return
            broker.sendall(payload)
        more = browser.recv(65_536)
        if not more:
            return
        rest += more


def _frame(octets: bytes) -> tuple[int, bytes, bytes] | None:
    """Return the first octet, the payload, and what follows; None if more is to come."""
    if len(octets) < 2:
        return None
    size, at = octets[1] & 0x7F, 2
    if size >= 126:
        width = 2 if size == 126 else 8
        size, at = int.from_bytes(octets[2 : 2 + width], "big"), 2 + width
    if len(octets) < at + 4 + size:
        return None
    mask, body = octets[at : at + 4], octets[at + 4 : at + 4 + size]
    payload = bytes(octet ^ mask[n % 4] for n, octet in enumerate(body))
    return octets[0], payload, octets[at + 4 + size :]


def _to_browser(broker: socket.socket, browser: socket.socket) -> None:
    """Put what the broker says in frames."""
    with suppress(OSError):
        while octets := broker.recv(16_384):
            size = len(octets)
            length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")
            browser.sendall(bytes([_BINARY]) + length + octets)
