"""RTMP: who publishes to or plays from which application, and the kind of media.

The name of a stream is often a key that lets anyone publish, so it is in the fields of its message
and never in its path.
"""

from typing import Any
from urllib.parse import urlsplit

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import amf0
from schouw_agent.protocols.identity import identity, line
from schouw_agent.protocols.rtmp_chunks import AUDIO, COMMANDS, VIDEO, ChunkReader, RtmpMessage
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({1935})
_VERSION = 3
_CUT = 250
"""Octets of a head that tell; the handshake has many more."""
_HANDSHAKE_OCTETS = 1 + 2 * 1536
_AMF3 = 17
_MESSAGES_LIMIT = 4096
"""Messages of a side that are looked through for media and commands."""


class _Side:
    __slots__ = ("buffer", "chunks", "count", "shaken")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.chunks = ChunkReader()
        self.shaken = False
        self.count = 0


class Conversation(StreamConversation):
    """The two sides of one connection, until sound and picture were told."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._sides = (_Side(), _Side())
        self._path = ""
        self._told: set[int] = set()

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        side = self._sides[from_orig]
        side.buffer.append(octets)
        if not side.shaken:
            if len(side.buffer) and side.buffer.peek(1)[0] != _VERSION:
                raise DecodeError("unknown version of the handshake")
            if len(side.buffer) < _HANDSHAKE_OCTETS:
                return
            side.buffer.skip(_HANDSHAKE_OCTETS)
            side.shaken = True
        while self.wanted:
            message = side.chunks.read(side.buffer)
            if message is None:
                return
            side.count += 1
            self._message(message, messages)
            if len(self._told) == 2 or side.count >= _MESSAGES_LIMIT:
                self.wanted = False

    def _message(self, message: RtmpMessage, messages: list[Message]) -> None:
        kind = message.kind
        if kind in COMMANDS:
            self._command(message, messages)
        elif kind in (AUDIO, VIDEO) and message.body and kind not in self._told:
            self._told.add(kind)
            fields = {"tag": "audio" if kind == AUDIO else "video", "path": self._path}
            messages.append(Message("rtmp", "media", fields, message.body, message.end))

    def _command(self, message: RtmpMessage, messages: list[Message]) -> None:
        """Tell of a connection, and of a stream that is published or played."""
        body = message.body[1:] if message.kind == _AMF3 else message.body
        values: list[Any] = []
        try:
            for value in amf0.values(body):
                values.append(value)  # noqa: PERF402  (those before an error count)
        except DecodeError:
            pass
        name = values[0] if values and isinstance(values[0], str) else ""
        if name == "connect" and len(values) > 2 and isinstance(values[2], dict):
            self._connect(values[2], message.end, messages)
        elif name in ("publish", "play"):
            stream = values[3] if len(values) > 3 and isinstance(values[3], str) else ""
            fields = {"path": self._path, "stream": line(stream)}
            messages.append(Message("rtmp", name, fields, b"", message.end))

    def _connect(self, told: dict[str, Any], end: int, messages: list[Message]) -> None:
        application, software = told.get("app"), told.get("flashVer")
        self._path = "/" + line(application).strip("/") if isinstance(application, str) else ""
        self.server_name = _host(told.get("tcUrl"))
        fields = {"path": self._path.partition("?")[0], "host": self.server_name}
        self._path = fields["path"]
        messages.append(Message("rtmp", "connect", fields, b"", end))
        facts = {"user_agent": line(software) if isinstance(software, str) else ""}
        messages += identity("rtmp", end, facts)

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up: nothing marks where the next chunk starts."""
        self._sides[from_orig].buffer.lose(octets)
        self.wanted = False


def _host(address: object) -> str:
    if not isinstance(address, str):
        return ""
    try:
        host = (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""
    return host if host.rpartition(".")[2].isalpha() else ""  # an address is no name


def _starts(head: bytes, usual: bool) -> bool:
    """Return whether a head starts like C0 and C1, or S0 and S1 (5.2.2, 5.2.3)."""
    return head[0] == _VERSION and (usual or head[5:9] == bytes(4)) and len(head) >= _CUT


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the handshake of RTMP: mostly arbitrary octets."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "tcp" or not heads:
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    if not all(_starts(head, usual or head is resp) for head in heads):
        return 0.0
    # TPKT, which starts alike, has its length there.
    if any(head[1] == 0 and int.from_bytes(head[2:4], "big") == len(head) for head in heads):
        return 0.0
    return 0.9 if usual else 0.8


DECODER = Decoder(
    id="rtmp",
    title="RTMP",
    reference="Adobe RTMP 1.0; enhanced RTMP 2 (Veovera)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: {_VERSION}}),),
)
