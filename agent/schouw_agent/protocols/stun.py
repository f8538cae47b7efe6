"""STUN and TURN: finding a way through NAT, recognised; what follows on the ports is told too."""

from schouw_agent.plugins import Conversation, Decoder, PortHint, Screen
from schouw_agent.protocols import stun_message
from schouw_agent.protocols.counted import recognise
from schouw_agent.protocols.multiplexed import MultiplexedConversation

PORTS = frozenset({3478, 3479, 5349, 19302})


def _head_score(head: bytes, usual: bool, stream: bool) -> float:
    if not stream:
        return stun_message.score(head, usual)
    # In a stream, messages follow each other, bare or each behind its length (RFC 4571).
    for start in (0, 2):
        message = head[start:]
        if len(message) < 20:
            return 0.0
        length = 20 + (message[2] << 8 | message[3])
        framed = not start or length == head[0] << 8 | head[1]
        if framed and message[4:8] == b"\x21\x12\xa4\x42":
            return stun_message.score(message[:length], usual)
    return 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are STUN: by its cookie, or by attributes that fit."""
    heads = [head for head in (orig, resp) if head]
    if not heads:
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return min(_head_score(head, usual, hint.transport == "tcp") for head in heads)


def _open(hint: PortHint) -> Conversation:
    return recognise(hint) if hint.transport == "tcp" else MultiplexedConversation(hint)


DECODER = Decoder(
    id="stun",
    title="STUN and TURN",
    reference="RFC 8489, RFC 8656, RFC 3489; sharing of ports RFC 7983",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=_open,
    screens=(
        *stun_message.SCREENS,
        Screen(octets={6: {0x21}, 7: {0x12}, 8: {0xA4}, 9: {0x42}}, least=20),
    ),
)
