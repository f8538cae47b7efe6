"""WebSocket of which the handshake was not seen; else HTTP hands the connection over."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import mqtt_chain, mqtt_packets, mqtt_properties
from schouw_agent.protocols import websocket_frames as frames
from schouw_agent.protocols.http_upgrade import HandedOver
from schouw_agent.protocols.stream import OctetBuffer
from schouw_agent.protocols.websocket_session import WebSocketSession

PORTS = frozenset({80, 8080, 9001})
_FEWEST_OCTETS = 16
_BITS = 26
"""Of MQTT, in the frames of both heads together."""
_OF_LENGTH = 6
"""Bits of a frame that is just as long as the packet in it."""
_OF_TEXT = 16
"""Bits of as many octets of text behind a topic."""


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
        if _is_mqtt(client, server):
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


def _is_mqtt(client: bytes, server: bytes) -> bool:
    """Tell whether the heads of both sides are binary frames that hold packets of MQTT."""
    try:
        found = _bits(client, masked=True) + _bits(server, masked=False)
    except DecodeError:
        return False
    return found >= _BITS


def _bits(head: bytes, *, masked: bool) -> int:
    """Return how many bits of the frames of a head fit packets of MQTT.

    Raises `DecodeError` if a frame does not.
    """
    total = at = 0
    while (found := frames.frame(head[at : at + 14], deflated=False)) is not None:
        start = at + found.start
        if bool(found.mask) is not masked:
            raise DecodeError("mask of the other side")
        if head[at] == 0x80 | frames.BINARY:
            seen = frames.unmask(head[start : start + found.length], found.mask)
            total += _bits_of_frame(seen, found.length)
        elif found.opcode < frames.CLOSE:
            raise DecodeError("no frame that holds MQTT")
        at = start + found.length
    return total


def _bits_of_frame(seen: bytes, size: int) -> int:
    """Return how many bits of a frame fit packets of MQTT, by the octets of it that were seen.

    The first packet is no longer than the frame.  Of several in one, which a silent page gets at
    once, perhaps only the first is seen, and of that little more than its topic: text behind it
    tells as well.
    """
    found = mqtt_chain.bits(seen)
    length, body = mqtt_properties.variable_length(seen, 1, len(seen))
    if found < 0 or body + length > size:
        raise DecodeError("no packet of MQTT")
    if length < 0:
        return found
    if seen[0] >> 4 == mqtt_packets.PUBLISH:
        topic = int.from_bytes(seen[body : body + 2], "big")
        behind = seen[body + 2 + topic : body + length]
        # What may stand between the two is shorter than that, or text itself.
        text = behind[-_OF_TEXT:] if len(behind) >= 2 * _OF_TEXT else b""
        found += len(text) if text.isascii() and text.decode().isprintable() else 0
    return found + (_OF_LENGTH if body + length == size else 0)


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
        Screen(
            octets={0: {0x80 | frames.BINARY}, 1: [*range(2, 0x80), *range(0x82, 0x100)]},
            either=True,
        ),
    ),
)
