"""WebSocket of which the handshake was not seen; else HTTP hands the connection over."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import mqtt_chain, mqtt_properties
from schouw_agent.protocols import websocket_frames as frames
from schouw_agent.protocols.http_upgrade import HandedOver
from schouw_agent.protocols.stream import OctetBuffer
from schouw_agent.protocols.websocket_session import WebSocketSession

PORTS = frozenset({80, 8080, 9001})
_FEWEST_OCTETS = 16
_BITS = 20
"""Of MQTT, besides those of a frame with just its length."""
_BITS_OF_FIRST = 26
"""Of MQTT, where more follows in the frame."""


class Conversation(HandedOver):
    """A connection from amid its messages."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        buffers = (OctetBuffer(), OctetBuffer())
        self._session = WebSocketSession(buffers, {"path": "", "host": ""}, amid=True)


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are whole frames of text, masked by the client and not by the server.

    Binary frames look like much else: they are taken for nothing, unless they hold packets of MQTT.
    """
    for client, server in ((orig, resp), (resp, orig)):
        telling = [(client, True)] if client else []
        telling += [(server, False)] if server else []
        fits = all(_is_frame(head, masked=masked) for head, masked in telling)
        if fits and any(_is_mqtt(head) for head, _ in telling):
            return 0.85
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


def _is_mqtt(head: bytes) -> bool:
    """Tell whether a head is one whole binary frame that holds packets of MQTT.

    A frame with just one packet is as long as that says; one with several tells by their topics.
    """
    if head[0] != 0x80 | frames.BINARY:
        return False
    try:
        found = frames.frame(head[:14], deflated=False)
        if found is None or found.length < _FEWEST_OCTETS:
            return False
        payload = frames.unmask(head[found.start : found.start + found.length], found.mask)
        length, body = mqtt_properties.variable_length(payload, 1, len(payload))
    except DecodeError:
        return False
    if length + body > found.length:
        return False
    bits = mqtt_chain.bits(payload)
    return bits >= (_BITS if length + body == found.length else _BITS_OF_FIRST)


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
                0: {0x80 | frames.TEXT, 0x80 | frames.BINARY},
                1: [*range(_FEWEST_OCTETS, 0x80), *range(0x80 | _FEWEST_OCTETS, 0x100)],
            },
            either=True,
        ),
    ),
)
