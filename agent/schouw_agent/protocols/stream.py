"""What the decoders of ordered octet streams share: a bounded buffer and the order of errors."""

from abc import ABC, abstractmethod

from schouw_agent.errors import DecodeError
from schouw_agent.records import Message

HEADER_LIMIT = 1 << 20
"""Octets that a header, or a message without a body, may take before it is refused."""
BODY_LIMIT = 1 << 24
"""Octets of a body that are delivered; the rest is skipped and counted."""
_INFLATED_LEAST, _INFLATED_TIMES = 1 << 18, 64
_COMPACT = 1 << 16


def inflated_limit(octets: int) -> int:
    """Return how many octets may come out of so many compressed ones.

    Telemetry seldom shrinks to a thirtieth; what shrinks to a thousandth is made to fill memory.
    """
    return min(BODY_LIMIT, max(_INFLATED_LEAST, _INFLATED_TIMES * octets))


class OctetBuffer:
    """The octets of one direction that were fed and not yet read.

    It holds no more than a reader asks for before it reads: readers bound what they wait for.
    """

    __slots__ = ("_octets", "_searched", "_start", "position")

    def __init__(self) -> None:
        self._octets = bytearray()
        self._start = 0
        self._searched = 0
        self.position = 0
        """Octets of this direction that were read or skipped, since its start."""

    def __len__(self) -> int:
        return len(self._octets) - self._start

    def append(self, octets: bytes) -> None:
        """Add the next octets of the direction."""
        self._octets += octets

    def peek(self, count: int) -> bytes:
        """Return up to this many octets without reading them."""
        return bytes(self._octets[self._start : self._start + count])

    def take(self, count: int) -> bytes:
        """Return and read up to this many octets."""
        end = min(self._start + count, len(self._octets))
        octets = bytes(self._octets[self._start : end])
        self._advance(end)
        return octets

    def skip(self, count: int) -> int:
        """Read up to this many octets without keeping them; return how many."""
        end = min(self._start + count, len(self._octets))
        skipped = end - self._start
        self._advance(end)
        return skipped

    def take_through(self, delimiter: bytes, limit: int) -> bytes | None:
        """Return and read the octets through a delimiter, or None if it has not come yet.

        Raises `DecodeError` when there is no delimiter within `limit` octets.
        """
        found = self._octets.find(delimiter, max(self._start, self._searched))
        length = found + len(delimiter) - self._start if found >= 0 else len(self)
        if length > limit:
            raise DecodeError("no delimiter within the limit")
        if found < 0:
            self._searched = len(self._octets) - len(delimiter) + 1
            return None
        return self.take(length)

    def lose(self, count: int) -> None:
        """Drop what is unread, and count this many lost octets as passed."""
        self._advance(len(self._octets))
        self.position += count

    def _advance(self, end: int) -> None:
        self.position += end - self._start
        self._start = end
        self._searched = end
        if end == len(self._octets):
            self._octets.clear()
            self._start = self._searched = 0
        elif end > _COMPACT and end * 2 > len(self._octets):
            del self._octets[:end]
            self._start = self._searched = 0


class StreamConversation(ABC):
    """The part of a conversation that all decoders of ordered streams have alike.

    A subclass reads in `_read`, appending to `messages`.  When it fails after some
    messages, those are returned first and the error is raised by the next call, so
    that the outcome does not depend on how the stream was sliced.
    """

    survives = False
    """Whether it goes on after an error, since the next datagram starts anew."""

    def __init__(self) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self.protocol = ""
        """Id of the protocol that the flow became by an upgrade; empty if it is what it was."""
        self.skipped_octets = 0
        """Octets of bulk media that were passed over unread."""
        self._error: DecodeError | None = None

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        """Return the messages that these octets complete."""
        self._raise_late_error()
        messages: list[Message] = []
        if self.wanted:
            try:
                self._read(from_orig, octets, messages)
            except DecodeError as error:
                self._error = error
                if not messages:
                    self._raise_late_error()
        return messages

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Note a gap in one direction."""
        self._raise_late_error()
        if self.wanted:
            self._lose(from_orig, octets)

    def close(self) -> list[Message]:
        """Return what is complete only because the flow has ended."""
        self._raise_late_error()
        messages: list[Message] = []
        if self.wanted:
            self._finish(messages)
        self.wanted = False
        return messages

    def _raise_late_error(self) -> None:
        if self._error is not None:
            error, self._error = self._error, None
            self.wanted = self.survives
            raise error

    @abstractmethod
    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        """Take the next octets of a direction, and add the messages that they complete."""

    @abstractmethod
    def _lose(self, from_orig: bool, octets: int) -> None:
        """Resynchronise after a gap, or stop wanting more."""

    def _finish(self, messages: list[Message]) -> None:  # noqa: B027  (a choice, not a duty)
        """Most protocols mark the end of each message themselves."""
