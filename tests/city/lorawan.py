"""LoRaWAN as it crosses a municipal network: a packet forwarder's datagrams with real frames.

Frames are LoRaWAN 1.0.3 with integrity code and encrypted payload; the datagrams are Semtech's
protocol, version 2 (PROTOCOL.TXT of packet_forwarder).
"""

import base64
import json
import random
import socket
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from tests.city.network import PATIENCE, Wire
from tests.city.town import Host

PORT = 1700
_PUSH_DATA, _PULL_DATA = 0, 2
_UNCONFIRMED_UP = 0x40


class Node:
    """A LoRaWAN device, activated by personalisation."""

    def __init__(self, draw: random.Random, address: int) -> None:
        """`address`: what a network server gave it, with the network in its first seven bits."""
        self.address = address
        self._network_key, self._application_key = draw.randbytes(16), draw.randbytes(16)
        self._counter = draw.randrange(1000)

    def frame(self, payload: bytes, port: int = 2) -> bytes:
        """Return an uplink with this payload (LoRaWAN 1.0.3, 4)."""
        self._counter += 1
        address, counter = struct.pack("<I", self.address), struct.pack("<I", self._counter)
        stream = b"".join(
            _encrypt(self._application_key, b"\1\0\0\0\0\0" + address + counter + bytes((0, i)))
            for i in range(1, (len(payload) + 15) // 16 + 1)
        )
        hidden = bytes(a ^ b for a, b in zip(payload, stream, strict=False))
        body = bytes([_UNCONFIRMED_UP]) + address + b"\0" + counter[:2] + bytes([port]) + hidden
        code = CMAC(algorithms.AES(self._network_key))
        code.update(b"\x49\0\0\0\0\0" + address + counter + bytes((0, len(body))) + body)
        return body + code.finalize()[:4]


def _encrypt(key: bytes, block: bytes) -> bytes:
    # One block at a time is what the specification builds its stream of.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(block) + encryptor.finalize()


class Gateway:
    """A packet forwarder in the street, and the network server that answers it."""

    def __init__(self, wire: Wire, host: Host, server: str, draw: random.Random) -> None:
        self._draw, self._server = draw, (server, PORT)
        self.eui = f"02574{draw.getrandbits(44):011x}"
        self._own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._own.bind((host.address, 0))
        with wire.among_servers():
            self._far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._far.bind(self._server)
        for each in (self._own, self._far):
            each.settimeout(PATIENCE)

    def forward(self, frame: bytes) -> None:
        """Pass an uplink on, and take the acknowledgement."""
        received = {
            "tmst": self._draw.getrandbits(32),
            "chan": self._draw.randrange(8),
            "rfch": 0,
            "freq": self._draw.choice((868.1, 868.3, 868.5)),
            "stat": 1,
            "modu": "LORA",
            "datr": self._draw.choice(("SF7BW125", "SF9BW125", "SF12BW125")),
            "codr": "4/5",
            "lsnr": round(self._draw.uniform(-10, 10), 1),
            "rssi": self._draw.randrange(-120, -60),
            "size": len(frame),
            "data": base64.b64encode(frame).decode(),
        }
        self._exchange(_PUSH_DATA, json.dumps({"rxpk": [received]}).encode(), b"\1")

    def keep_alive(self) -> None:
        """Ask for downlinks, as a forwarder does every ten seconds."""
        self._exchange(_PULL_DATA, b"", b"\4")

    def _exchange(self, kind: int, body: bytes, answer: bytes) -> None:
        token = self._draw.randbytes(2)
        head = b"\2" + token + bytes([kind]) + bytes.fromhex(self.eui)
        self._own.sendto(head + body, self._server)
        _, who = self._far.recvfrom(4096)
        self._far.sendto(b"\2" + token + answer, who)
        self._own.recv(64)
