"""AMQP 1.0 and 0-9-1: what is published to message brokers and event hubs, and by what name."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.amqp_channels import Channels
from schouw_agent.protocols.amqp_links import Links
from schouw_agent.protocols.frames import FramedConversation
from schouw_agent.records import Message

PORTS = frozenset({5672})
_NAME = b"AMQP"
_HEADERS = (
    b"AMQP\x00\x01\x00\x00",
    b"AMQP\x02\x01\x00\x00",
    b"AMQP\x03\x01\x00\x00",
    b"AMQP\x00\x00\x09\x01",
    b"AMQP\x01\x01\x00\x09",
    b"AMQP\x01\x01\x00\x0a",
)
"""Of 1.0, of TLS and SASL before it, and of 0-9-1 and older."""
_TLS = 2
_FRAMES_0 = frozenset({1, 2, 3, 8})
"""Types of frames of 0-9-1; a frame of 1.0 begins with the 0 of its size."""
_LONGEST = 1 << 23


class Conversation(FramedConversation):
    """The two sides of one connection."""

    header_octets = 8

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._channels = Channels()
        self._links = Links()

    def _length(self, header: bytes) -> int:
        if header in _HEADERS:
            return len(header)
        size = int.from_bytes(header[:4], "big")
        if header[0] in _FRAMES_0:
            size = 8 + int.from_bytes(header[3:7], "big")
        elif size < 8 or header[4] < 2 or header[5] > 1:
            raise DecodeError("malformed frame header")
        if size > _LONGEST:
            raise DecodeError("frame over the limit")
        return size

    def _frame(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        if octets.startswith(_NAME):
            if octets[4] == _TLS:
                self.encryption, self.wanted = "tls", False
        elif octets[0] in _FRAMES_0:
            messages += self._channels.frame(from_orig, octets, end)
        else:
            messages += self._links.frame(from_orig, octets, end)
            self.server_name = self.server_name or self._links.server_name


def _score(head: bytes, usual: bool) -> float:
    if head[:1] == _NAME[:1]:
        return 0.98 if head[:8] in _HEADERS else 0.0
    if len(head) < 12:
        return 0.0
    if head[0] in _FRAMES_0:
        return 0.8 if _is_chain_0(head, 0 if usual else 1) else 0.0
    # A performative: a described list whose descriptor is a small ulong (AMQP 1.0, 2.3 and 2.7).
    start = 4 * head[4]
    fits = head[0] == 0 and 8 <= start < 16 and head[5] <= 1
    body = head[start : start + 4]
    known = body[:2] == b"\x00\x53" and len(body) == 4 and body[3] in (0x45, 0xC0, 0xD0)
    size = int.from_bytes(head[:4], "big")
    return 0.8 if fits and known and size > start and 0x10 <= body[2] <= 0x44 else 0.0


def _is_chain_0(head: bytes, least: int) -> bool:
    """Tell whether frames, so many at least of them whole, fill a head, as far as it is seen."""
    if head[3] or head[4]:  # a first frame that large tells too little
        return False
    at = count = 0
    while at + 7 < len(head):
        end = at + 7 + int.from_bytes(head[at + 3 : at + 7], "big")
        if head[at] not in _FRAMES_0 or (end < len(head) and head[end] != 0xCE):
            return False
        count += end < len(head)
        at = end + 1
    return count >= least


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are protocol headers or frames of AMQP."""
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return min((_score(head, usual) for head in (orig, resp) if head), default=0.0)


DECODER = Decoder(
    id="amqp",
    title="AMQP 1.0 and 0-9-1",
    reference="OASIS AMQP 1.0, parts 1 to 3 and 5; AMQP 0-9-1, 2.3 and 4.2",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets={0: b"A", 1: b"M", 2: b"Q", 3: b"P"}),
        Screen(octets={0: _FRAMES_0, 3: {0}, 4: {0}}),
        Screen(octets={0: {0}, 4: {2, 3}, 5: {0, 1}}),
    ),
)
