"""The UDP protocol of LoRa packet forwarders, between a gateway and its network server."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.datagrams import DatagramConversation
from schouw_agent.records import Message

PORTS = frozenset({1700, 1680})
_VERSIONS = b"\x01\x02"
_KINDS = ("push_data", "push_ack", "pull_data", "pull_resp", "pull_ack", "tx_ack")
_PUSH_DATA, _PUSH_ACK, _PULL_DATA, _PULL_RESP, _PULL_ACK, _TX_ACK = range(6)
_WITH_GATEWAY = frozenset({_PUSH_DATA, _PULL_DATA, _TX_ACK})
_NAMED = (b'"rxpk"', b'"stat"', b'"txpk"', b'"txpk_ack"')


class Conversation(DatagramConversation):
    """The datagrams between one gateway and its server."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._gateway = ""

    def _datagram(
        self,
        from_orig: bool,  # noqa: ARG002
        octets: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        kind, start = header(octets)
        payload = octets[start:].rstrip(b"\0 \r\n")
        if payload and payload[:1] != b"{":
            raise DecodeError("payload is no JSON object")
        fields: dict[str, Any] = {
            "content_type": "application/json" if payload else "",
            "gateway": octets[4:12].hex() if kind in _WITH_GATEWAY else "",
        }
        messages.append(Message("semtech_udp", _KINDS[kind], fields, payload, end))
        if fields["gateway"] and fields["gateway"] != self._gateway:
            self._gateway = fields["gateway"]
            told = {"serial": self._gateway, "device_type": "LoRaWAN gateway"}
            messages.append(Message("semtech_udp", "identity", {"identity": told}, b"", end))


def header(octets: bytes) -> tuple[int, int]:
    """Return the kind of a datagram and where its JSON starts.  Raises `DecodeError`."""
    if len(octets) < 4 or octets[:1] not in _VERSIONS or octets[3] >= len(_KINDS):
        raise DecodeError("no packet forwarder")
    kind = octets[3]
    start = 12 if kind in _WITH_GATEWAY else 4
    empty = kind in (_PUSH_ACK, _PULL_DATA, _PULL_ACK)
    if len(octets) < start or (empty and len(octets) != start):
        raise DecodeError("datagram of the wrong length")
    return kind, start


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are datagrams of a packet forwarder.

    Without JSON there is little to see: on another port a request and its answer are needed.
    """
    heads = [head for head in (orig, resp) if head]
    if not heads or any(head[:1] not in _VERSIONS for head in heads):
        return 0.0
    try:
        kinds = [header(head) for head in heads]
    except DecodeError:
        return 0.0
    bodies = [head[start:] for head, (_, start) in zip(heads, kinds, strict=True)]
    if any(body.strip(b"\0 \r\n")[:1] not in (b"", b"{") for body in bodies):
        return 0.0
    if any(name in body for body in bodies for name in _NAMED):
        return 0.97
    if PORTS & {hint.orig_port, hint.resp_port}:
        return 0.9
    answered = len(heads) == 2 and heads[0][:3] == heads[1][:3]
    pair = tuple(kind for kind, _ in kinds)
    return 0.8 if answered and pair in ((_PULL_DATA, _PULL_ACK), (_PUSH_DATA, _PUSH_ACK)) else 0.0


DECODER = Decoder(
    id="semtech_udp",
    title="LoRa packet forwarder over UDP",
    reference="Lora-net/packet_forwarder, PROTOCOL.TXT, 3 to 6",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: _VERSIONS, 3: range(len(_KINDS))}, least=4),),
)
