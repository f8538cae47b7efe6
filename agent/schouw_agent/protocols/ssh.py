"""SSH: the software of both sides, which they tell in clear, and that the rest is encrypted."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.identity import identity, text
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({22, 2222})
_BANNER = re.compile(rb"SSH-([12]\.[0-9]{1,2})-([!-~]*)[ -~]*\s*")
_HEAD = re.compile(rb"SSH-[12]\.[0-9]{1,2}-")
_SERVER_HEAD = re.compile(rb"(?:(?!SSH-)[\t\x20-\x7e]{0,255}\r?\n){1,20}SSH-[12]\.[0-9]{1,2}-")
_TEXT = frozenset({9, 10, 13, *range(0x20, 0x7F)})
_LINE_LIMIT = 255
_LINES_LIMIT = 50
"""RFC 4253, 4.2: how long a line is; what a server says before its version is for us to bound."""


class Conversation(StreamConversation):
    """The first line of each side."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._done = [False, False]
        self._before = 0

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        if self._done[from_orig]:
            return
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        while True:
            line = buffer.take_through(b"\n", _LINE_LIMIT)
            if line is None:
                return
            # The lines before its version are for people to read.
            if from_orig or line.startswith(b"SSH-") or self._before == _LINES_LIMIT:
                break
            self._before += 1
        found = _BANNER.fullmatch(line)
        if not found:
            raise DecodeError("malformed version line")
        version = found[1].decode()
        # 1.99 is version 2 that can do version 1 (RFC 4253, 5.1).
        self.encryption = "ssh 2.0" if version in ("2.0", "1.99") else f"ssh {version}"
        software = text(found[2])
        fields = {"version": version, "software": software}
        messages.append(Message("ssh", "version", fields, b"", buffer.position))
        messages += identity("ssh", buffer.position, {"user_agent": software})
        buffer.skip(len(buffer))
        self._done[from_orig] = True
        self.wanted = not all(self._done)

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Go on with the other side: this one's line may be lost."""
        self._buffers[from_orig].lose(octets)
        self._done[from_orig] = True
        self.encryption = self.encryption or "ssh"
        self.wanted = not all(self._done)


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely a side starts with the version line of SSH (RFC 4253, 4.2)."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "tcp" or not heads:
        return 0.0
    if all(_HEAD.match(head) for head in heads):
        return 0.97
    # A client says nothing before its version, but a server may.
    known = _HEAD.match(orig) if orig else PORTS & {hint.orig_port, hint.resp_port}
    return 0.9 if known and _SERVER_HEAD.match(resp) else 0.0


DECODER = Decoder(
    id="ssh",
    title="SSH",
    reference="RFC 4253, 4.2",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets=dict(enumerate({each} for each in b"SSH-")), either=True),
        Screen(octets={0: _TEXT}, ports=PORTS, either=True),
    ),
)
