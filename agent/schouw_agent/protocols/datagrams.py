"""The conversation of protocols in which each datagram is a message of its own."""

from collections.abc import Callable, Sequence
from functools import partial

from schouw_agent.plugins import PortHint
from schouw_agent.records import Message

Reader = Callable[[bytes, int], Sequence[Message]]
"""Returns the messages of a datagram, given where its direction has got to with it.

Raises `DecodeError` if the datagram is not of the protocol; the next one may be.
"""


class DatagramConversation:
    """The datagrams between two ports.  A bad one says nothing of the next."""

    __slots__ = ("_positions", "_read", "encryption", "server_name", "wanted")

    def __init__(self, read: Reader, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self._read = read
        self._positions = [0, 0]

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the messages of this datagram.  Raises `DecodeError`."""
        self._positions[from_orig] += len(octets)
        return self._read(octets, self._positions[from_orig])

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: the next datagram starts anew."""
        self._positions[from_orig] += octets

    def close(self) -> Sequence[Message]:
        """Return nothing more."""
        return ()


def datagrams(read: Reader) -> Callable[[PortHint], DatagramConversation]:
    """Return what starts a conversation whose datagrams are read by `read`."""
    return partial(DatagramConversation, read)
