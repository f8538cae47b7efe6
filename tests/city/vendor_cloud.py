"""Devices that keep in touch with the cloud of their maker: small datagrams that nobody can read.

So that a telephone elsewhere can reach a camera behind a router, it keeps a way open: a datagram
every half a minute to a server of the maker, which answers.
"""

import socket

from tests.city.network import PATIENCE
from tests.city.town import Host, Town

PORT = 8800


class VendorCloud:
    """A server of a maker, by its name; call `keep_touch` before the town runs."""

    def __init__(self, town: Town, address: str, name: str) -> None:
        self._town, self._address, self._name = town, address, name
        town.names[name] = address
        with town.wire.among_servers():
            self._server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._server.bind((address, PORT))
        self._server.settimeout(PATIENCE)

    def keep_touch(self, host: Host, every: float = 30) -> None:
        """Let a device look the server up, and say that it is still there again and again."""
        key = self._town.draw.randbytes(16)
        port = self._town.draw.randrange(20_000, 60_000)
        begin = self._town.draw.uniform(2, 20)
        self._town.clock.at(begin - 1, lambda: self._town.look_up(host, self._name))
        self._town.clock.every(
            self._town.jitter(every), lambda: self._beacon(host, key, port), first=begin
        )

    def _beacon(self, host: Host, key: bytes, port: int) -> None:
        draw = self._town.draw
        self._town.sent(host, readable=False)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.bind((host.address, port))
            asking.sendto(key + draw.randbytes(draw.randrange(40, 120)), (self._address, PORT))
            _, who = self._server.recvfrom(512)
            self._server.sendto(key[::-1] + draw.randbytes(28), who)
