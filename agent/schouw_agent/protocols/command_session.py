"""Sessions of commands and three-digit replies, as FTP and SMTP have them (RFC 959, RFC 5321).

They may go on under TLS, which is then told as TLS tells itself.
"""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.protocols.tls_conversation import TlsConversation
from schouw_agent.records import Message

LINE_LIMIT = 4096
LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
DIGITS = frozenset(b"0123456789")
_GREETING = 220
_REPLY = re.compile(rb"([1-5][0-9]{2})(?:([ -])(.*))?")
_NOT_OF_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class CommandSession(StreamConversation):
    """The lines of one session.  A subclass hears of commands and replies, by `_command`, `_reply`.

    Nothing that a command has behind its word is kept here.
    """

    protocol_id = ""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._hint = hint
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._lost = [False, False]
        self._greeted = False
        self._starting = False
        """The client has asked for TLS."""
        self._secure: TlsConversation | None = None
        self._more = b""
        """Code of a reply that goes on."""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        if self._secure is not None:
            self._pass(from_orig, octets, messages)
            return
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        while self.wanted:
            line = self._line(from_orig, buffer)
            if line is None:
                return
            end = buffer.position
            if self._lost[from_orig]:
                self._lost[from_orig] = False
            elif from_orig:
                self._client_line(line, end, messages)
            elif self._reply_line(line, end, messages):
                rest = buffer.take(len(buffer))
                self._pass(from_orig, rest, messages)
                return

    def _line(self, from_orig: bool, buffer: OctetBuffer) -> bytes | None:  # noqa: ARG002
        """Return the next line without its end, or None if it has not come yet."""
        line = buffer.take_through(b"\n", LINE_LIMIT)
        return None if line is None else line.rstrip(b"\r\n")

    def _client_line(self, line: bytes, end: int, messages: list[Message]) -> None:
        word, _, rest = line.partition(b" ")
        self._command(word.upper(), rest, end, messages)

    def _reply_line(self, line: bytes, end: int, messages: list[Message]) -> bool:
        """Hear of a reply; return whether it is the last in clear."""
        found = _REPLY.fullmatch(line)
        if self._more:
            if found and found[1] == self._more and found[2] != b"-":
                self._more = b""
            return False
        if not found:
            raise DecodeError("malformed reply")
        self._more = found[1] if found[2] == b"-" else b""
        code = int(found[1])
        if self._starting and not self._more:
            self._starting = False
            if code in (220, 234):
                self._secure = TlsConversation(self._hint)
                self.encryption = "tls"
                return True
        if code == _GREETING and not self._greeted:
            self._greeted = True
            self._greeting(found[3] or b"", end, messages)
        else:
            self._reply(code)
        return False

    def _pass(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        """Hand what follows to TLS, whose positions count from where it began."""
        secure = self._secure
        if secure is None or not octets:
            return
        begun = self._buffers[from_orig].position
        try:
            found = secure.feed(from_orig, octets)
        finally:
            self.server_name = secure.server_name or self.server_name
            self.encryption = secure.encryption or self.encryption
        self.wanted = secure.wanted
        messages += [m._replace(protocol=self.protocol_id, end=m.end + begun) for m in found]
        # An error that came behind these is kept back, and there may be no next call.
        secure.feed(from_orig, b"")

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Go on at the next line; under TLS nothing can be found again."""
        if self._secure is not None:
            self.wanted = False
            return
        self._buffers[from_orig].lose(octets)
        self._lost[from_orig] = True
        if not from_orig:
            self._more = b""

    def _command(self, word: bytes, rest: bytes, end: int, messages: list[Message]) -> None:
        """Take note of a command."""

    def _greeting(self, rest: bytes, end: int, messages: list[Message]) -> None:
        """Take note of the first line with which the server greets."""

    def _reply(self, code: int) -> None:
        """Take note of another reply."""


def greets(head: bytes) -> bool:
    """Return whether a head is the greeting of a server: whole lines of 220 (RFC 959, 5.4)."""
    return head[:3] == b"220" and head[3:4] in (b" ", b"-", b"\r", b"\n") and is_text(head)


def is_text(head: bytes) -> bool:
    """Return whether the first line of a head has no octets that text has not."""
    return _NOT_OF_TEXT.search(head.partition(b"\n")[0]) is None
