"""MQTT control packets other than PUBLISH: from the octets of one packet to its fields.

OASIS MQTT 3.1.1 and 5.0, chapter 3; MQTT 3.1 (IBM, Eurotech), chapter 3.
"""

from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import mqtt_properties as mp

CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP = range(1, 8)
SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT, AUTH = range(8, 16)

KINDS = (
    *("", "connect", "connack", "publish", "puback", "pubrec", "pubrel", "pubcomp"),
    *("subscribe", "suback", "unsubscribe", "unsuback", "pingreq", "pingresp", "disconnect"),
    "auth",
)
VERSIONS = {0: "", 3: "3.1", 4: "3.1.1", 5: "5"}
FROM_CLIENT = frozenset({CONNECT, SUBSCRIBE, UNSUBSCRIBE, PINGREQ})
FROM_SERVER = frozenset({CONNACK, SUBACK, UNSUBACK, PINGRESP})
_PROTOCOL_NAMES = {b"MQTT": (4, 5), b"MQIsdp": (3,)}
_ACK_REASONS = frozenset({0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x92, 0x97, 0x99})
_SUBACK_CODES = frozenset({0, 1, 2, 0x80})
_SUBACK_REASONS = _SUBACK_CODES | {0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2}
_UNSUBACK_REASONS = frozenset({0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91})


class Will(NamedTuple):
    """What the server is to publish for a client that vanishes."""

    topic: str
    payload: bytes
    qos: int
    retain: bool
    properties: dict[str, Any]


class Connect(NamedTuple):
    """A CONNECT packet without the values of its credentials."""

    version: int
    client_id: str
    fields: dict[str, Any]
    will: Will | None


def header_is_valid(first: int, version: int) -> bool:
    """Return whether an octet may start a packet of this version; 0 is an unknown version.

    MQTT 3.1 set DUP on repeated PUBREL, SUBSCRIBE and UNSUBSCRIBE (MQTT 3.1, 2.1).
    """
    kind, flags = first >> 4, first & 0x0F
    if kind == PUBLISH:
        return flags & 0x06 != 0x06
    if kind in (PUBREL, SUBSCRIBE, UNSUBSCRIBE):
        return flags == 0x02 or (flags == 0x0A and version in (0, 3))
    return flags == 0 and (1 <= kind <= DISCONNECT or (kind == AUTH and version in (0, 5)))


FIRST_OCTETS = frozenset(each for each in range(256) if header_is_valid(each, 0))


def connect(data: bytes, start: int, stop: int) -> Connect:
    """Return the CONNECT packet whose variable header starts here.  Raises `DecodeError`."""
    name, i = mp.binary(data, start, stop)
    if i + 4 > stop or (data[i] & 0x7F) not in _PROTOCOL_NAMES.get(name, ()):
        raise DecodeError("unknown protocol name or level")
    # Bridges of mosquitto and others set the top bit of the level.
    version, flags, keep_alive = data[i] & 0x7F, data[i + 1], data[i + 2] << 8 | data[i + 3]
    bridge = data[i] >= 0x80
    i += 4
    properties: dict[str, Any] = {}
    if version == 5:
        properties, i = mp.properties(data, i, stop, mp.FOR_CONNECT)
    client_id, i = mp.text(data, i, stop)
    will, i = _will(data, i, stop, flags, version)
    for bit in (0x80, 0x40):
        if flags & bit:
            i = mp.binary(data, i, stop)[1]
    if i != stop:
        raise DecodeError("octets left over in the packet")
    credentials = "password" if flags & 0x40 else "user name" if flags & 0x80 else ""
    fields: dict[str, Any] = {
        "client_id": client_id,
        "version": VERSIONS[version],
        "clean": bool(flags & 0x02),
        "keep_alive_seconds": keep_alive,
        "credentials": credentials,
        "will_topic": will.topic if will else "",
        "bridge": bridge,
    }
    _copy(properties, fields, "authentication_method", "user_properties")
    return Connect(version, client_id, fields, will)


def _will(data: bytes, i: int, stop: int, flags: int, version: int) -> tuple[Will | None, int]:
    if not flags & 0x04:
        return None, i
    properties: dict[str, Any] = {}
    if version == 5:
        properties, i = mp.properties(data, i, stop, mp.FOR_WILL)
    topic, i = mp.text(data, i, stop)
    payload, i = mp.binary(data, i, stop)
    return Will(topic, payload, flags >> 3 & 0x03, bool(flags & 0x20), properties), i


def parse(kind: int, data: bytes, start: int, stop: int, version: int) -> dict[str, Any]:
    """Return the fields of a packet that is neither CONNECT nor PUBLISH.

    `version` is 3, 4 or 5.  Raises `DecodeError` if the packet is malformed for it.
    """
    if kind == CONNACK:
        return _connack(data, start, stop, version)
    if kind in (SUBSCRIBE, UNSUBSCRIBE):
        return _filters(data, start, stop, version, kind == SUBSCRIBE)
    if kind in (SUBACK, UNSUBACK):
        return _many_acks(data, start, stop, version, kind)
    if kind in (DISCONNECT, AUTH):
        return _farewell(data, start, stop, version, kind)
    if kind in (PINGREQ, PINGRESP):
        if start != stop:
            raise DecodeError("octets left over in the packet")
        return {}
    return _ack(data, start, stop, version)


def inferred_version(kind: int, data: bytes, start: int, stop: int) -> int:
    """Return the only version, 4 or 5, that a packet fits; 0 if it fits both.

    Raises `DecodeError` if it fits neither.
    """
    fits = []
    for version in (4, 5):
        try:
            parse(kind, data, start, stop, version)
        except DecodeError:
            continue
        fits.append(version)
    if not fits:
        raise DecodeError("packet fits no version")
    return fits[0] if len(fits) == 1 else 0


def _connack(data: bytes, start: int, stop: int, version: int) -> dict[str, Any]:
    if stop - start < 2 or data[start] > 1:
        raise DecodeError("malformed CONNACK")
    fields: dict[str, Any] = {"session_present": bool(data[start]), "reason": data[start + 1]}
    if version == 5:
        properties, end = mp.properties(data, start + 2, stop, mp.FOR_CONNACK)
        _copy(properties, fields, "assigned_client_id", "authentication_method")
        _copy(properties, fields, "user_properties")
    else:
        end = start + 2
        if fields["reason"] > 5:
            raise DecodeError("malformed CONNACK")
    if end != stop:
        raise DecodeError("octets left over in the packet")
    return fields


def _ack(data: bytes, start: int, stop: int, version: int) -> dict[str, Any]:
    fields: dict[str, Any] = {"packet_id": mp.two_octets(data, start, stop), "reason": 0}
    if stop - start == 2:
        return fields
    if version != 5 or data[start + 2] not in _ACK_REASONS:
        raise DecodeError("malformed acknowledgement")
    fields["reason"] = data[start + 2]
    if stop - start > 3 and mp.properties(data, start + 3, stop, mp.FOR_ACK)[1] != stop:
        raise DecodeError("octets left over in the packet")
    return fields


def _filters(data: bytes, start: int, stop: int, version: int, subscribing: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {"packet_id": mp.two_octets(data, start, stop)}
    i = start + 2
    if version == 5:
        allowed = mp.FOR_SUBSCRIBE if subscribing else mp.FOR_UNSUBSCRIBE
        properties, i = mp.properties(data, i, stop, allowed)
        _copy(properties, fields, "user_properties")
    filters = []
    while i < stop:
        topic_filter, i = mp.text(data, i, stop)
        if not topic_filter:
            raise DecodeError("empty topic filter")
        filters.append(topic_filter)
        if subscribing:
            if i >= stop or data[i] & 0x03 == 3 or data[i] > (0x2F if version == 5 else 2):
                raise DecodeError("malformed subscription options")
            i += 1
    if not filters:
        raise DecodeError("no topic filter")
    fields["topic_filters"] = tuple(filters)
    return fields


def _many_acks(data: bytes, start: int, stop: int, version: int, kind: int) -> dict[str, Any]:
    fields: dict[str, Any] = {"packet_id": mp.two_octets(data, start, stop)}
    i = start + 2
    known = _SUBACK_CODES
    if version == 5:
        i = mp.properties(data, i, stop, mp.FOR_ACK)[1]
        known = _SUBACK_REASONS if kind == SUBACK else _UNSUBACK_REASONS
    reasons = tuple(data[i:stop])
    empty_expected = version != 5 and kind == UNSUBACK
    if bool(reasons) == empty_expected or not known.issuperset(reasons):
        raise DecodeError("malformed acknowledgement")
    fields["reasons"] = reasons
    return fields


def _farewell(data: bytes, start: int, stop: int, version: int, kind: int) -> dict[str, Any]:
    if start == stop:
        return {"reason": 0}
    if version != 5:
        raise DecodeError("octets left over in the packet")
    fields: dict[str, Any] = {"reason": data[start]}
    if stop - start > 1:
        allowed = mp.FOR_AUTH if kind == AUTH else mp.FOR_DISCONNECT
        properties, end = mp.properties(data, start + 1, stop, allowed)
        if end != stop:
            raise DecodeError("octets left over in the packet")
        _copy(properties, fields, "authentication_method", "user_properties")
    return fields


def _copy(source: dict[str, Any], target: dict[str, Any], *names: str) -> None:
    for name in names:
        if name in source:
            target[name] = source[name]
