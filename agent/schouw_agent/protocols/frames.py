"""The conversation of protocols whose frames tell in a header how long they are."""

from abc import abstractmethod

from schouw_agent.plugins import PortHint
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message


class FramedConversation(StreamConversation):
    """A conversation of frames whose header tells how long they are.

    A subclass gives the length in `_length` and reads a whole frame in `_frame`.  A gap within a
    frame leaves the start of the next one known; after any other gap the flow is left alone.
    """

    header_octets = 0
    """Octets of a frame that tell its length."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._skips = [0, 0]
        """Octets of a frame with a gap in it that are still to come."""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        if self._skips[from_orig]:
            self._skips[from_orig] -= buffer.skip(self._skips[from_orig])
        while self.wanted:
            length = self._next_length(buffer)
            if length < 0 or len(buffer) < length:
                return
            frame = buffer.take(length)
            self._frame(from_orig, frame, buffer.position, messages)

    def _next_length(self, buffer: OctetBuffer) -> int:
        header = buffer.peek(self.header_octets)
        return self._length(header) if len(header) == self.header_octets else -1

    def _lose(self, from_orig: bool, octets: int) -> None:
        buffer = self._buffers[from_orig]
        left = self._skips[from_orig]
        if not left and len(buffer) >= self.header_octets:
            left = self._next_length(buffer) - len(buffer)
        buffer.lose(octets)
        self._skips[from_orig] = left - octets
        if left < octets:
            self._skips[from_orig] = 0
            self.wanted = False

    @abstractmethod
    def _length(self, header: bytes) -> int:
        """Return the octets of the frame with this header.  Raises `DecodeError`."""

    @abstractmethod
    def _frame(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        """Read a frame that ends here, and add its messages.  Raises `DecodeError`."""
