"""The conversation of protocols in which a device tells its neighbours who it is."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.records import Message

_TEXT_MAX = 200


class Announcements:
    """Each datagram is one announcement; what it says again is not repeated."""

    wanted = True
    server_name = ""
    encryption = ""

    def __init__(self, protocol: str, read: Callable[[bytes], Mapping[str, Any]]) -> None:
        """`read` returns the fields of one announcement, or raises `DecodeError`."""
        self._protocol = protocol
        self._read = read
        self._end = 0
        self._known: Mapping[str, Any] | None = None

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the announcement, if it says anything new."""
        self._end += len(octets)
        if not from_orig:
            raise DecodeError("nobody answers an announcement")
        fields = self._read(octets)
        if fields == self._known:
            return ()
        self._known = fields
        return (Message(self._protocol, "identity", fields, b"", self._end),)

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: each announcement stands alone."""
        if from_orig:
            self._end += octets

    def close(self) -> Sequence[Message]:
        """Return nothing."""
        return ()


def text(octets: bytes) -> str:
    """Return text without what cannot be printed, of a bounded length."""
    decoded = octets.decode("utf-8", "replace").rstrip("\0")
    return " ".join("".join(c if c.isprintable() else " " for c in decoded).split())[:_TEXT_MAX]


def address(octets: bytes) -> str:
    """Return 4 or 16 octets as an IP address, 6 as a MAC address; empty for others."""
    if len(octets) in (4, 16):
        return str(ipaddress.ip_address(octets))
    return octets.hex(":") if len(octets) == 6 else ""
