"""A name server: answers for the names of the town, and says of others that they do not exist.

RFC 1035, over UDP.
"""

import socket
import struct
import threading
from collections.abc import Mapping

from tests.city.network import PATIENCE, Wire

_PORT = 53
_SILENCE = 0.05
"""Seconds after which the end is noticed."""
_NO_SUCH_NAME = 3


class NameServer:
    """Runs among the servers while the context lasts."""

    def __init__(self, wire: Wire, address: str, names: Mapping[str, str]) -> None:
        self._names = names
        with wire.among_servers():
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._socket.bind((address, _PORT))
        self._socket.settimeout(_SILENCE)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "NameServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                query, who = self._socket.recvfrom(512)
            except TimeoutError:
                continue
            self._socket.sendto(self._answer(query), who)

    def _answer(self, query: bytes) -> bytes:
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii"))
            at += 1 + query[at]
        question = query[12 : at + 5]
        address = self._names.get(".".join(labels).lower())
        code = 0x8180 | (0 if address else _NO_SUCH_NAME)
        head = query[:2] + struct.pack(">HHHHH", code, 1, int(bool(address)), 0, 0)
        if not address:
            return head + question
        answer = struct.pack(">HHHIH", 0xC00C, 1, 1, 300, 4) + socket.inet_aton(address)
        return head + question + answer

    @staticmethod
    def ask(source: str, server: str, name: str) -> str:
        """Return the address of a name, asked for from a source address; empty if there is none."""
        labels = b"".join(bytes([len(p)]) + p.encode("ascii") for p in name.split("."))
        identity = struct.pack(">H", hash((source, name)) & 0xFFFF)
        query = identity + b"\1\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.bind((source, 0))
            asking.settimeout(PATIENCE)
            asking.sendto(query, (server, _PORT))
            answer = asking.recv(512)
        return socket.inet_ntoa(answer[-4:]) if answer[7] else ""
