"""What a connection becomes once HTTP/1 lets go of it: WebSocket, HTTP/2, or a tunnel."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from schouw_agent.protocols.http2_session import Http2Session
from schouw_agent.protocols.http_fields import Request
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.protocols.websocket_session import WebSocketSession
from schouw_agent.records import Message

Buffers = tuple[OctetBuffer, OctetBuffer]
"""The octets of both sides that were not read yet, by `from_orig`."""


class Session(Protocol):
    """The rest of a connection that another protocol has taken over."""

    wanted: bool
    server_name: str
    encryption: str
    protocol: str
    """Id of the protocol that the flow is from now on; empty if it stays what it was."""

    def read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        """Take the next octets of a direction, and add the messages that they complete."""

    def lose(self, from_orig: bool, octets: int) -> None:
        """Resynchronise after a gap, or stop wanting more."""

    def finish(self, messages: list[Message]) -> None:
        """Add what is complete only because the flow has ended."""


class HandedOver(StreamConversation):
    """A conversation that passes everything on to a session."""

    _session: Session | None = None

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        session = self._session
        if session is None:
            return
        try:
            session.read(from_orig, octets, messages)
        finally:
            self._told(session)

    def _lose(self, from_orig: bool, octets: int) -> None:
        if self._session is not None:
            self._session.lose(from_orig, octets)
            self._told(self._session)

    def _finish(self, messages: list[Message]) -> None:
        if self._session is not None:
            self._session.finish(messages)

    def _told(self, session: Session) -> None:
        self.wanted = self.wanted and session.wanted
        self.server_name = self.server_name or session.server_name
        self.encryption = self.encryption or session.encryption
        self.protocol = session.protocol or self.protocol


class Tunnel:
    """A tunnel that CONNECT opened (RFC 9110, 9.3.6): TLS in it is told, and no more."""

    def __init__(self, buffers: Buffers) -> None:
        self._buffers = buffers
        self.wanted = True
        self.server_name = self.encryption = self.protocol = ""

    def read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:  # noqa: ARG002
        """Look at the first octets of a record of TLS (RFC 8446, 5.1)."""
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        head = buffer.peek(3)
        if len(head) == 3:
            self.encryption = "tls" if head[:2] == b"\x16\x03" and head[2] < 5 else ""
            self.wanted = False

    def lose(self, from_orig: bool, octets: int) -> None:  # noqa: ARG002
        """Stop: the first octets are lost."""
        self.wanted = False

    def finish(self, messages: list[Message]) -> None:
        """Add nothing."""


def successor(
    status: int, headers: Mapping[str, str], request: Request
) -> Callable[[Buffers], Session] | None:
    """Return what takes the connection over after this response; None if HTTP/1 goes on.

    A connection that becomes something unknown is a tunnel.
    """
    if request.method == "CONNECT" and 200 <= status < 300:
        return Tunnel
    if status != 101:
        return None
    upgrade = headers.get("upgrade", "").strip().lower()
    if upgrade == "websocket":
        fields: dict[str, Any] = {"path": request.path, "host": request.host}
        subprotocol = headers.get("sec-websocket-protocol", "").strip()
        extensions = headers.get("sec-websocket-extensions", "")
        return lambda buffers: WebSocketSession(buffers, fields, subprotocol, extensions)
    if upgrade == "h2c":
        return lambda buffers: Http2Session(buffers, request)
    return Tunnel
