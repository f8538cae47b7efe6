"""WebSocket of which the handshake was not seen; else HTTP hands the connection over."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import websocket_frames as frames
from schouw_agent.protocols.http_upgrade import HandedOver
from schouw_agent.protocols.stream import OctetBuffer
from schouw_agent.protocols.websocket_session import WebSocketSession

PORTS = frozenset({80, 8080, 9001})
_FEWEST_OCTETS = 16


class Conversation(HandedOver):
    """A connection from amid its messages."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._session = WebSocketSession((OctetBuffer(), OctetBuffer()), {"path": "", "host": ""})


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are whole frames of text, masked by the client and not by the server.

    Binary frames look like much else: they are taken for nothing.
    """
    for client, server in ((orig, resp), (resp, orig)):
        if client and _is_text(client, masked=True) and (not server or _is_frame(server)):
            return 0.9
        masked = client and _is_frame(client, masked=True)
        if masked and server and _is_text(server, masked=False):
            return 0.8
    return 0.0


def _is_frame(head: bytes, *, masked: bool = False) -> bool:
    try:
        found = frames.frame(head[:14], deflated=True)
    except DecodeError:
        return False
    return found is not None and bool(found.mask) is masked


def _is_text(head: bytes, *, masked: bool) -> bool:
    """Tell whether a head is one whole frame of readable text."""
    if head[0] != 0x80 | frames.TEXT:
        return False
    try:
        found = frames.frame(head[:14], deflated=False)
    except DecodeError:
        return False
    if found is None or bool(found.mask) is not masked or found.length < _FEWEST_OCTETS:
        return False
    text = frames.unmask(head[found.start : found.start + found.length], found.mask)
    return len(text) >= _FEWEST_OCTETS and text.isascii() and text.decode().isprintable()


DECODER = Decoder(
    id="websocket",
    title="WebSocket",
    reference="RFC 6455, 5; RFC 7692 (permessage-deflate)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(
            octets={
                0: {0x80 | frames.TEXT},
                1: [*range(_FEWEST_OCTETS, 0x80), *range(0x80 | _FEWEST_OCTETS, 0x100)],
            },
            either=True,
        ),
    ),
)
