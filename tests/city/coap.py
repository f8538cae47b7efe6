"""Devices that speak CoAP over UDP: asked by a server, observed by it, or telling it themselves.

RFC 7252; observe RFC 7641; bodies in blocks RFC 7959; what there is RFC 6690.  Both ends are here:
a device in the street, and a collecting server of the municipality.
"""

import json
import socket
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import cbor2

from tests.city.network import PATIENCE
from tests.city.town import Host, Town

PORT = 5683
_CONFIRMABLE, _NOT_CONFIRMABLE, _ACKNOWLEDGEMENT = 0, 1, 2
_EMPTY, _GET, _POST = 0x00, 0x01, 0x02
_CHANGED, _CONTENT, _CONTINUE = 0x44, 0x45, 0x5F
_OBSERVE, _URI_PATH, _CONTENT_FORMAT = 6, 11, 12
_BLOCK2, _BLOCK1 = 23, 27
_LINKS, _JSON, _CBOR, _SENML = 40, 50, 60, 110
_BLOCK_SIZE, _BLOCK_EXPONENT = 64, 2
_LARGEST = 1 << 11

Options = Sequence[tuple[int, bytes]]


def number(value: int) -> bytes:
    """Return an option value: as few octets as it takes (RFC 7252, 3.2)."""
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


def packet(
    kind: int, code: int, identity: int, token: bytes, options: Options = (), payload: bytes = b""
) -> bytes:
    """Return a message (RFC 7252, 3)."""
    out = bytearray((0x40 | kind << 4 | len(token), code))
    out += identity.to_bytes(2, "big") + token
    before = 0
    for option, value in sorted(options, key=lambda each: each[0]):
        head, more = bytearray(1), b""
        for shift, part in ((4, option - before), (0, len(value))):
            if part < 13:
                head[0] |= part << shift
            else:
                head[0] |= 13 << shift
                more += bytes([part - 13])
        out += head + more + value
        before = option
    return bytes(out + (b"\xff" + payload if payload else b""))


class Collector:
    """A server that asks and observes, and takes what devices tell it; make it before the run."""

    def __init__(self, town: Town, address: str, name: str) -> None:
        self.town, self.address, self.name = town, address, name
        town.names[name] = address
        with town.wire.among_servers():
            self.asking = _bound(address, 0)
            self.answering = _bound(address, PORT)


class CoapDevice:
    """A device with one resource, whose values come as its maker writes them."""

    def __init__(
        self, town: Town, host: Host, collector: Collector, path: str, value: Callable[[], Any]
    ) -> None:
        """`value` gives what the resource holds, for JSON or CBOR."""
        self._town, self._host, self._collector = town, host, collector
        self._path, self._value = path.split("/"), value
        style = town.style(host)
        self._format = _SENML if style.shape == "senml" else (_JSON, _CBOR)[style.pick % 2]
        self._confirms = bool(style.pick & 2)
        self._identities = count(town.draw.randrange(1 << 15))
        self._token = town.draw.randbytes(4)
        self._notified = count(2)
        self._served = _bound(host.address, PORT)
        self._own = _bound(host.address, 0)

    def be_observed(self) -> None:
        """Let the collector ask what there is, and then to be told of each change."""
        self._ask(("." + "well-known", "core"), self._links(), _LINKS, observe=False)
        self._ask(self._path, *self._body(), observe=True)

    def notify(self) -> None:
        """Tell the collector that the resource has changed (RFC 7641, 4.2)."""
        body, kind = self._body()
        confirms = _CONFIRMABLE if self._confirms else _NOT_CONFIRMABLE
        identity = self._identity()
        options = [(_OBSERVE, number(next(self._notified))), (_CONTENT_FORMAT, number(kind))]
        if len(body) > _BLOCK_SIZE * 16:
            raise ValueError("a notification that long goes in blocks")
        far = self._collector.asking
        message = packet(confirms, _CONTENT, identity, self._token, options, body)
        self._served.sendto(message, far.getsockname())
        far.recv(_LARGEST)
        if self._confirms:
            far.sendto(packet(_ACKNOWLEDGEMENT, _EMPTY, identity, b""), self._served.getsockname())
            self._served.recv(_LARGEST)

    def tell(self) -> None:
        """Post the resource to the collector, in blocks if it is long (RFC 7959, 3.2)."""
        self._town.look_up(self._host, self._collector.name)
        body, kind = self._body()
        token = self._town.draw.randbytes(2)
        parts = [body[at : at + _BLOCK_SIZE] for at in range(0, len(body), _BLOCK_SIZE)]
        path = [(_URI_PATH, each.encode()) for each in ("in", self._host.name)]
        for at, part in enumerate(parts):
            last = at == len(parts) - 1
            block = number(at << 4 | (0 if last else 8) | _BLOCK_EXPONENT)
            blocks = [(_BLOCK1, block)] if len(parts) > 1 else []
            identity = self._identity()
            options = [*path, (_CONTENT_FORMAT, number(kind)), *blocks]
            asked = packet(_CONFIRMABLE, _POST, identity, token, options, part)
            self._own.sendto(asked, (self._collector.address, PORT))
            _, who = self._collector.answering.recvfrom(_LARGEST)
            code = _CHANGED if last else _CONTINUE
            answer = packet(_ACKNOWLEDGEMENT, code, identity, token, blocks)
            self._collector.answering.sendto(answer, who)
            self._own.recv(_LARGEST)

    def _ask(self, path: Sequence[str], body: bytes, kind: int, *, observe: bool) -> None:
        """Let the collector ask for a resource, in blocks if it is long (RFC 7959, 3.1)."""
        far = self._collector.asking
        token = self._token if observe else self._town.draw.randbytes(4)
        asked: list[tuple[int, bytes]] = [(_URI_PATH, each.encode()) for each in path]
        parts = [body[at : at + _BLOCK_SIZE] for at in range(0, len(body), _BLOCK_SIZE)]
        for at, part in enumerate(parts):
            identity, told = self._identity(), [(_CONTENT_FORMAT, number(kind))]
            options = list(asked)
            if observe and not at:
                options.append((_OBSERVE, b""))
                told.append((_OBSERVE, number(1)))
            if len(parts) > 1:
                more = 8 if at < len(parts) - 1 else 0
                told.append((_BLOCK2, number(at << 4 | more | _BLOCK_EXPONENT)))
                if at:
                    options.append((_BLOCK2, number(at << 4 | _BLOCK_EXPONENT)))
            question = packet(_CONFIRMABLE, _GET, identity, token, options)
            far.sendto(question, self._served.getsockname())
            _, who = self._served.recvfrom(_LARGEST)
            self._served.sendto(
                packet(_ACKNOWLEDGEMENT, _CONTENT, identity, token, told, part), who
            )
            far.recv(_LARGEST)

    def _body(self) -> tuple[bytes, int]:
        value = self._value()
        if self._format == _CBOR:
            return cbor2.dumps(value), _CBOR
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), self._format

    def _links(self) -> bytes:
        path = "/".join(self._path)
        return (
            f'</.well-known/core>;ct=40,</{path}>;obs;ct={self._format};if="sensor";'
            f'title="{self._host.name}"'
        ).encode()

    def _identity(self) -> int:
        return next(self._identities) & 0xFFFF


def _bound(address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, port))
    made.settimeout(PATIENCE)
    return made
