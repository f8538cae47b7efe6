"""CoAP over UDP and TCP: how small devices are asked, and what they answer and notify."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import coap_packet as packets
from schouw_agent.protocols.coap_exchange import Exchanges
from schouw_agent.protocols.stream import HEADER_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({5683})
_CAPABILITIES = 0xE1
_LONGEST_HEADER = 6
_HEAD_OCTETS = 256
_FIRST = [each for each in range(0x40, 0x80) if each & 15 <= 8]
_CODES = [each for each in range(256) if packets.is_known(each) and each not in packets.SIGNALS]
_TEXTS = frozenset({packets.URI_HOST, packets.LOCATION_PATH, packets.URI_PATH, packets.URI_QUERY})


class Conversation(StreamConversation):
    """The requests and responses between two ports."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._exchanges = Exchanges()

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        if self._datagrams:
            packet = packets.parse(buffer.take(len(buffer)))
            if not packet.code:
                return
            if not self._exchanges.is_repeated(from_orig, packet):
                self._packet(from_orig, packet, buffer.position, messages)
            return
        while (frame := _frame(buffer)) is not None:
            octets, code = frame
            packet = packets.parse_streamed(octets, code)
            self._packet(from_orig, packet, buffer.position, messages)

    def _packet(
        self, from_orig: bool, packet: packets.Packet, end: int, messages: list[Message]
    ) -> None:
        if packet.code in packets.SIGNALS:
            messages.append(Message("coap", packets.SIGNALS[packet.code], {}, b"", end))
        elif packet.code:
            message = self._exchanges.message(from_orig, packet, end)
            if message is not None:
                messages.append(message)

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: nothing marks where the next message starts."""
        self._buffers[from_orig].lose(octets)
        self.wanted = self._datagrams


def _frame(buffer: OctetBuffer) -> tuple[bytes, int] | None:
    """Return the next frame of a stream and where its code stands (RFC 8323, 3.2)."""
    header = buffer.peek(_LONGEST_HEADER)
    size, code = _size(header)
    if not size or len(buffer) < size:
        return None
    return buffer.take(size), code


def _size(header: bytes) -> tuple[int, int]:
    """Return the octets of a frame and where its code stands; (0, 0) if more are needed."""
    if not header:
        return 0, 0
    nibble, token = header[0] >> 4, header[0] & 15
    if token > 8:
        raise DecodeError("malformed token")
    extra = max(0, nibble - 12) if nibble < 15 else 4
    if len(header) < 2 + extra:
        return 0, 0
    base = (0, 13, 269, 0, 65805)[extra]
    length = base + int.from_bytes(header[1 : 1 + extra], "big") if extra else nibble
    if length > HEADER_LIMIT:
        raise DecodeError("message over the limit")
    return 2 + extra + token + length, 1 + extra


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the first messages of CoAP."""
    heads = [head for head in (orig, resp) if head]
    if not heads:
        return 0.0
    if hint.transport == "tcp":
        return 0.9 if all(map(_opens_stream, heads)) else 0.0
    if any(head[0] >> 6 != 1 for head in heads):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    found = [_bits(head) for head in heads]
    if min(found) < 0:
        return 0.0
    return 0.95 if usual or sum(found) >= 2 else 0.0


def _bits(head: bytes) -> int:
    """Return -1 if a head is no CoAP, else how many options speak for it."""
    try:
        packet = packets.parse(head)
    except DecodeError:
        return 1 if len(head) >= _HEAD_OCTETS and _starts(head) else -1
    return _told(packet)


def _told(packet: packets.Packet) -> int:
    """Return what the options say: readable names count, and a format for the payload."""
    found = 0
    for number, value in packet.options:
        if number in _TEXTS:
            if not _is_plain(value):
                return -1
            found += 2 if len(value) > 2 else 1
        elif number == packets.CONTENT_FORMAT:
            known = int.from_bytes(value, "big") in packets.MEDIA_TYPES
            found += 1 if known and packet.payload else -2
    return found


def _starts(head: bytes) -> bool:
    """Tell whether the options of a head that is cut off are plain: its payload is long."""
    marker = head.find(b"\xff")
    if marker < 0:
        return False
    try:
        return _told(packets.parse(head[: marker + 2])) > 0
    except DecodeError:
        return False


def _is_plain(value: bytes) -> bool:
    try:
        return value.decode().isprintable()
    except UnicodeDecodeError:
        return False


def _opens_stream(head: bytes) -> bool:
    """Tell whether a stream opens with a message of its capabilities (RFC 8323, 5.3)."""
    if head[0] & 15 or head[0] > 0xD0:
        return False
    try:
        size, code = _size(head)
        if not size or len(head) < size or head[code] != _CAPABILITIES:
            return False
        packet = packets.parse_streamed(head[:size], code)
    except DecodeError:
        return False
    return all(number in (2, 4) for number, _ in packet.options) and not packet.payload


DECODER = Decoder(
    id="coap",
    title="CoAP",
    reference="RFC 7252, RFC 7641 (observe), RFC 7959 (blocks), RFC 8323 (TCP)",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets={0: _FIRST, 1: _CODES}, least=4),
        # Over TCP: capabilities of up to 12 octets, or of more.
        Screen(octets={0: range(0, 0xD0, 16), 1: {_CAPABILITIES}}),
        Screen(octets={0: {0xD0}, 2: {_CAPABILITIES}}),
    ),
)
