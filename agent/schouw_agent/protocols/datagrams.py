"""What protocols share in which each datagram is a message of its own."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

from schouw_agent.plugins import PortHint
from schouw_agent.protocols.stream import StreamConversation
from schouw_agent.records import Message

Reader = Callable[[bytes, int], Sequence[Message]]
"""Returns the messages of a datagram, given where its direction has got to with it.

Raises `DecodeError` if the datagram is not of the protocol; the next one may be.
"""
Probe = Callable[[bytes, bytes, PortHint], float]


class DatagramConversation(StreamConversation):
    """The datagrams between two ports.  A bad one says nothing of the next.

    A subclass reads one in `_datagram`.
    """

    survives = True

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._ends = [0, 0]

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        self._ends[from_orig] += len(octets)
        self._datagram(from_orig, octets, self._ends[from_orig], messages)

    def _lose(self, from_orig: bool, octets: int) -> None:
        self._ends[from_orig] += octets

    @abstractmethod
    def _datagram(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        """Read a datagram that ends here, and add its messages.  Raises `DecodeError`."""


class _ReadAlike(DatagramConversation):
    """A conversation that remembers nothing from one datagram to the next."""

    def __init__(self, read: Reader, hint: PortHint) -> None:
        super().__init__(hint)
        self._reader = read

    def _datagram(
        self,
        from_orig: bool,  # noqa: ARG002
        octets: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        messages += self._reader(octets, end)


def datagrams(read: Reader) -> Callable[[PortHint], DatagramConversation]:
    """Return what starts a conversation whose datagrams are read by `read`."""
    return partial(_ReadAlike, read)


def probe_each(score: Callable[[bytes, bool], float], ports: frozenset[int]) -> Probe:
    """Return a probe that asks of the datagrams of both sides, and believes the weaker score.

    `score` is told whether one of the two ports is a usual one.
    """

    def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
        heads = [head for head in (orig, resp) if head]
        if hint.transport != "udp" or not heads:
            return 0.0
        usual = not ports.isdisjoint((hint.orig_port, hint.resp_port))
        return min(score(head, usual) for head in heads)

    return probe
