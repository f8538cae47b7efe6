"""MQTT-SN: publish and subscribe for sensors that have no TCP."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.datagrams import DatagramConversation
from schouw_agent.protocols.mqtt_sn_topics import Topics
from schouw_agent.records import Message

PORTS = frozenset({1884, 10000})
_CONNECT, _WILL_TOPIC, _WILL_MESSAGE, _REGISTER, _REGACK = 0x04, 0x07, 0x09, 0x0A, 0x0B
_PUBLISH, _SUBSCRIBE, _SUBACK, _UNSUBSCRIBE, _ENCAPSULATED = 0x0C, 0x12, 0x13, 0x14, 0xFE
_KINDS: dict[int, tuple[str, int, int]] = {
    0x00: ("advertise", 3, 3),
    0x01: ("search_gateway", 1, 1),
    0x02: ("gateway", 1, 17),
    _CONNECT: ("connect", 5, 27),
    0x05: ("connack", 1, 1),
    0x06: ("will_topic_request", 0, 0),
    _WILL_TOPIC: ("will_topic", 0, 65535),
    0x08: ("will_message_request", 0, 0),
    _WILL_MESSAGE: ("will", 0, 65535),
    _REGISTER: ("register", 5, 65535),
    _REGACK: ("regack", 5, 5),
    _PUBLISH: ("publish", 5, 65535),
    0x0D: ("puback", 5, 5),
    0x0E: ("pubcomp", 2, 2),
    0x0F: ("pubrec", 2, 2),
    0x10: ("pubrel", 2, 2),
    _SUBSCRIBE: ("subscribe", 4, 65535),
    _SUBACK: ("suback", 6, 6),
    _UNSUBSCRIBE: ("unsubscribe", 4, 65535),
    0x15: ("unsuback", 2, 2),
    0x16: ("pingreq", 0, 23),
    0x17: ("pingresp", 0, 0),
    0x18: ("disconnect", 0, 2),
    0x1A: ("will_topic_update", 0, 65535),
    0x1B: ("will_topic_response", 1, 1),
    0x1C: ("will_message_update", 0, 65535),
    0x1D: ("will_message_response", 1, 1),
}
"""Name, and least and most octets behind the header, by type (MQTT-SN 1.2, 5.4)."""
_FROM_CLIENT = frozenset({_CONNECT, _WILL_TOPIC, _WILL_MESSAGE, _SUBSCRIBE, _UNSUBSCRIBE})
_TOPIC_KIND, _QOS, _RETAIN = 0x03, 0x60, 0x10
_RESERVED_KIND, _SHORT = 3, 2
_HEAD_OCTETS = 256


class Conversation(DatagramConversation):
    """The messages between a client, or a forwarder, and a gateway."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._client_is_orig = not (hint.orig_port in PORTS and hint.resp_port not in PORTS)
        self._client_id = ""
        self._will_topic = ""
        self._topics = Topics()

    def _datagram(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        kind, body = message(octets)
        name = _KINDS[kind][0]
        if kind in _FROM_CLIENT:
            self._client_is_orig = from_orig
        fields: dict[str, Any] = {}
        payload = b""
        if kind == _CONNECT:
            self._client_id = _text(body[4:])
        elif kind == _WILL_TOPIC:
            self._will_topic = _text(body[1:])
        elif kind == _WILL_MESSAGE:
            payload, fields["topic"] = body, self._will_topic
        elif kind == _REGISTER:
            self._register(body)
        elif kind == _REGACK:
            self._topics.answered(_two(body, 2), _two(body, 0))
        elif kind == _PUBLISH:
            fields, payload = self._publish(body), body[5:]
        elif kind in (_SUBSCRIBE, _UNSUBSCRIBE):
            fields["topic_filters"] = (self._subscribed(kind, body),)
        elif kind == _SUBACK:
            self._topics.answered(_two(body, 3), _two(body, 1))
        fields["client_id"] = self._client_id
        fields["from_client"] = from_orig == self._client_is_orig
        messages.append(Message("mqtt_sn", name, fields, payload, end))

    def _register(self, body: bytes) -> None:
        topic_id, name = _two(body, 0), _text(body[4:])
        if topic_id:  # the gateway tells a client what it will get
            self._topics.set(topic_id, name)
        else:
            self._topics.asked(_two(body, 2), name)

    def _subscribed(self, kind: int, body: bytes) -> str:
        topic_kind = body[0] & _TOPIC_KIND
        # A short name stands as text too; only ids are numbers.
        if topic_kind in (0, _SHORT):
            name = _text(body[3:])
            if kind == _SUBSCRIBE and not topic_kind and not set(name) & {"#", "+"}:
                self._topics.asked(_two(body, 1), name)
            return name
        return self._topics.name(topic_kind, body[3:5]) if len(body) == 5 else ""

    def _publish(self, body: bytes) -> dict[str, Any]:
        topic_kind = body[0] & _TOPIC_KIND
        topic = self._topics.name(topic_kind, body[1:3])
        qos = (body[0] & _QOS) >> 5
        fields: dict[str, Any] = {
            "topic": topic,
            # 3 is a message without any connection (MQTT-SN 1.2, 6.8).
            "qos": qos if qos < 3 else -1,
            "retain": bool(body[0] & _RETAIN),
        }
        if not topic:
            fields["topic_id"] = _two(body, 1)
        return fields


def message(octets: bytes) -> tuple[int, bytes]:
    """Return type and variable part of a message (5.2).  Raises `DecodeError`."""
    kind, body = _message(octets)
    if kind == _ENCAPSULATED:  # of a forwarder: a radius and the id of a wireless node (5.5)
        if not body:
            raise DecodeError("nothing within")
        length = _length(octets)
        kind, body = _message(octets[length:])
    if kind not in _KINDS:
        raise DecodeError("unknown type")
    _, least, most = _KINDS[kind]
    if not least <= len(body) <= most:
        raise DecodeError("message of the wrong length")
    if kind == _PUBLISH and body[0] & _TOPIC_KIND == _RESERVED_KIND:
        raise DecodeError("reserved kind of topic")
    return kind, body


def _length(octets: bytes) -> int:
    if len(octets) >= 4 and octets[0] == 1:
        return octets[1] << 8 | octets[2]
    return octets[0] if octets else 0


def _message(octets: bytes) -> tuple[int, bytes]:
    start = 3 if octets[:1] == b"\1" else 1
    length = _length(octets)
    if length <= start or length > len(octets):
        raise DecodeError("length does not fit")
    kind = octets[start]
    if kind != _ENCAPSULATED and length != len(octets):
        raise DecodeError("octets behind the message")
    return kind, octets[start + 1 : length]


def _two(octets: bytes, at: int) -> int:
    return octets[at] << 8 | octets[at + 1]


def _text(octets: bytes) -> str:
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        raise DecodeError("name is no UTF-8") from None
    if not text.isprintable():
        raise DecodeError("name is not printable")
    return text


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are messages of MQTT-SN.

    Most are too short to be known by themselves: on another port a connection or a registration
    with a name is needed.
    """
    heads = [head for head in (orig, resp) if head]
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    if not heads or (not usual and max(map(_telling, heads)) == 0):
        return 0.0
    return min(map(_score, heads))


def _telling(head: bytes) -> int:
    at = 3 if head[0] == 1 else 1
    return int(len(head) > at and head[at] in (_CONNECT, _REGISTER))


def _score(head: bytes) -> float:
    if len(head) >= _HEAD_OCTETS:
        return 0.7 if head[0] == 1 and len(head) > 3 and head[3] == _PUBLISH else 0.0
    try:
        kind, body = message(head)
        if kind == _CONNECT:
            plain = body[1] == 1 and not body[0] & 0xF3 and _text(body[4:])
            return 0.95 if plain else 0.0
        if kind == _REGISTER:
            return 0.9 if len(_text(body[4:])) > 2 else 0.0
    except DecodeError:
        return 0.0
    return 0.7


DECODER = Decoder(
    id="mqtt_sn",
    title="MQTT-SN 1.2",
    reference="MQTT For Sensor Networks (MQTT-SN) 1.2 (IBM 2013), 5",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets={1: {_CONNECT, _REGISTER}}, least=7, either=True),
        Screen(octets={0: {1}, 3: {_CONNECT, _REGISTER}}, least=9, either=True),
        Screen(octets={1: {*_KINDS, _ENCAPSULATED}}, ports=PORTS),
        Screen(octets={0: {1}, 3: {*_KINDS, _ENCAPSULATED}}, ports=PORTS),
    ),
)
