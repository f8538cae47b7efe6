"""SMTP: which machine hands mail to which server, and whether a password goes in clear.

Addresses and messages are not read.
"""

import re

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.command_session import DIGITS, LETTERS, CommandSession, greets, is_text
from schouw_agent.protocols.identity import identity, text
from schouw_agent.protocols.stream import OctetBuffer
from schouw_agent.records import Message

PORTS = frozenset({25, 587, 2525})
_HELLO = re.compile(rb"(EHLO|HELO|LHLO)(?: [^\r\n]*)?\r?\n", re.IGNORECASE)
_COMMAND = re.compile(
    rb"(MAIL FROM:|RCPT TO:|STARTTLS|DATA|RSET|NOOP|QUIT|AUTH |VRFY )[^\r\n]*\r?\n", re.IGNORECASE
)
_REPLY = re.compile(rb"[2-5][0-9]{2}[ -][^\r\n]*\r?\n")
_NAME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_END_OF_MESSAGE = re.compile(rb"\n\.\r?\n")
_TAIL_OCTETS = 3
_IN_CLEAR = (b"PLAIN", b"LOGIN")


class _Session(CommandSession):
    protocol_id = "smtp"
    unread = True
    """Of a mail only that it went is told."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._data = False
        """A message is on its way, which is passed over up to a line with a dot."""
        self._tail = b""
        """The last octets of it that have come."""

    def _line(self, from_orig: bool, buffer: OctetBuffer) -> bytes | None:
        if from_orig and self._data and not self._passed_over(buffer):
            return None
        return super()._line(from_orig, buffer)

    def _passed_over(self, buffer: OctetBuffer) -> bool:
        """Skip the octets of a message; return whether its end has come."""
        whole = self._tail + buffer.peek(len(buffer))
        found = _END_OF_MESSAGE.search(whole)
        if found:
            buffer.skip(found.end() - len(self._tail))
            self._data = False
            return True
        buffer.skip(len(buffer))
        self._tail = whole[-_TAIL_OCTETS:]
        return False

    def _lose(self, from_orig: bool, octets: int) -> None:
        if from_orig and self._data:
            self._buffers[from_orig].lose(octets)
            self._tail = b""
        else:
            super()._lose(from_orig, octets)

    def _command(self, word: bytes, rest: bytes, end: int, messages: list[Message]) -> None:
        if word in (b"EHLO", b"HELO", b"LHLO"):
            name = text(rest)
            facts = {"host_name": name if _NAME.fullmatch(name) else ""}
            messages += identity("smtp", end, facts)
        elif word == b"AUTH":
            scheme = rest.split(b" ")[0].upper()
            fields = {"credentials": "password" if scheme in _IN_CLEAR else "other"}
            messages.append(Message("smtp", "login", fields, b"", end))
        elif word == b"STARTTLS":
            self._starting = True
        elif word == b"DATA":
            self._data, self._tail = True, b"\n"
        elif word == b"BDAT":  # octets follow that are counted, not marked
            self.wanted = False

    def _greeting(self, rest: bytes, end: int, messages: list[Message]) -> None:
        name, _, software = text(rest).partition(" ")
        host = name if _NAME.fullmatch(name) else ""
        self.server_name = host.lower()
        messages += identity("smtp", end, {"host_name": host, "user_agent": software})

    def _reply(self, code: int) -> None:
        if code >= 400:
            self._data = False


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are SMTP, which FTP looks much like at first."""
    if hint.transport != "tcp" or not (orig or resp):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    if orig and not ((_HELLO.match(orig) or (usual and _COMMAND.match(orig))) and is_text(orig)):
        return 0.0
    if resp and not (_REPLY.match(resp) and is_text(resp)):
        return 0.0
    if orig:
        return 0.95
    named = b"SMTP" in resp.upper()
    return 0.92 if greets(resp) and (usual or named) else 0.0


DECODER = Decoder(
    id="smtp",
    title="SMTP",
    reference="RFC 5321, RFC 4954; under TLS RFC 3207",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=_Session,
    screens=(
        Screen(octets=dict.fromkeys(range(4), LETTERS)),
        Screen(octets=dict.fromkeys(range(3), DIGITS)),
    ),
)
