"""BACnet/IP: building control, which devices there are and what is read from them."""

from typing import Any

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import bacnet_tags as tags
from schouw_agent.protocols.datagrams import DatagramConversation
from schouw_agent.records import Message

PORTS = frozenset({47808})
_TYPE = 0x81
_FORWARDED = 4
_CARRIES_NPDU = frozenset({_FORWARDED, 9, 10, 11})
_LAST_FUNCTION = 12
_APDU_KINDS = (
    *("request", "unconfirmed", "acknowledgement", "response"),
    *("segment", "error", "reject", "abort"),
)
_UNCONFIRMED = {
    0: "i_am",
    1: "i_have",
    2: "cov_notification",
    3: "event_notification",
    4: "private_transfer",
    5: "text_message",
    6: "time_synchronization",
    7: "who_has",
    8: "who_is",
    9: "utc_time_synchronization",
    10: "write_group",
    11: "cov_notification_multiple",
}
_I_AM, _READ_PROPERTY, _LAST_CONFIRMED = 0, 12, 33
_IDENTITY = {
    "model_name": "model",
    "firmware_revision": "firmware",
    "vendor_name": "vendor",
    "object_name": "name",
}
"""Properties of a device object that say what it is."""
_LONGEST_TEXT = 120
_MOST_OBJECTS = 1024


class Conversation(DatagramConversation):
    """The messages between two stations."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._units: dict[tuple[str, int], str] = {}
        self._names: dict[tuple[str, int], str] = {}
        """Unit and name of an object, once they were read."""

    def _datagram(
        self,
        from_orig: bool,  # noqa: ARG002
        octets: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        apdu = npdu(octets)
        if apdu is None:
            messages.append(Message("bacnet", "network", {}, b"", end))
            return
        kind, fields = parse(apdu)
        payload = self._payload(fields)
        messages.append(Message("bacnet", kind, fields, payload, end))
        identity = _identity(kind, fields)
        if identity:
            messages.append(Message("bacnet", "identity", {"identity": identity}, b"", end))

    def _payload(self, fields: dict[str, Any]) -> bytes:
        """Return a present value that was read: as text with its unit, or as JSON by its type.

        The topic is the object's name, or its type and number.
        """
        if "property" not in fields:
            return b""
        value, kind, about = fields.pop("value", None), fields["object_type"], fields["property"]
        key = (kind, fields["instance"])
        if about == "units" and isinstance(value, int):
            fields["unit"] = tags.UNITS.get(value, "")
            _remember(self._units, key, fields["unit"])
        if isinstance(value, str):
            fields["text"] = value[:_LONGEST_TEXT]
            if about == "object_name":
                _remember(self._names, key, fields["text"])
        fields["topic"] = self._names.get(key) or f"{kind}/{fields['instance']}"
        if about != "present_value" or value is None:
            return b""
        unit = self._units.get(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if unit and number:
            fields["content_type"] = "text/plain"
            return f"{value:.6g} {unit}".encode()
        fields["content_type"] = "application/json"
        return orjson.dumps({kind: value})


def _remember(known: dict[tuple[str, int], str], key: tuple[str, int], text: str) -> None:
    if text and len(known) < _MOST_OBJECTS:
        known[key] = text


def npdu(octets: bytes) -> bytes | None:
    """Return the APDU of a datagram, or None if it holds a message of the link or network alone.

    ANSI/ASHRAE 135-2020, J.2 and 6.2.  Raises `DecodeError` if a length does not fit exactly.
    """
    if len(octets) < 4 or octets[0] != _TYPE or octets[1] > _LAST_FUNCTION:
        raise DecodeError("no BACnet virtual link control")
    if octets[2] << 8 | octets[3] != len(octets):
        raise DecodeError("length does not fit")
    if octets[1] not in _CARRIES_NPDU:
        return None
    at = 10 if octets[1] == _FORWARDED else 4
    if len(octets) < at + 2 or octets[at] != 1 or octets[at + 1] & 0x50:
        raise DecodeError("malformed network header")
    control = octets[at + 1]
    at += 2
    for present in (control & 0x20, control & 0x08):
        if present:
            if at + 3 > len(octets):
                raise DecodeError("network header cut short")
            at += 3 + octets[at + 2]
    at += 1 if control & 0x20 else 0
    if at >= len(octets):
        raise DecodeError("network header cut short")
    return None if control & 0x80 else octets[at:]


def parse(apdu: bytes) -> tuple[str, dict[str, Any]]:
    """Return kind and fields of an APDU (20.1).  Raises `DecodeError`.

    Fields: service; of Who-Is and I-Am the instances; of ReadProperty the object and property.
    """
    number = apdu[0] >> 4
    if number >= len(_APDU_KINDS) or len(apdu) < 2:
        raise DecodeError("unknown APDU")
    kind = _APDU_KINDS[number]
    if kind == "unconfirmed":
        name = _UNCONFIRMED.get(apdu[1])
        if name is None or apdu[0] & 0x0F:
            raise DecodeError("unknown service")
        return name, _i_am(apdu) if apdu[1] == _I_AM else {}
    at = {"request": 3, "response": 2, "acknowledgement": 2, "error": 2}.get(kind, 0)
    segmented = apdu[0] & 8 and kind in ("request", "response")
    at += 2 if segmented else 0
    if not at:
        return kind, {}
    if at >= len(apdu) or apdu[at] > _LAST_CONFIRMED:
        raise DecodeError("unknown service")
    service = apdu[at]
    fields: dict[str, Any] = {"service": service}
    if service == _READ_PROPERTY and kind in ("request", "response") and not segmented:
        fields |= _read_property(apdu, at + 1, answered=kind == "response")
    return kind, fields


def _i_am(apdu: bytes) -> dict[str, Any]:
    found = tags.tag(apdu, 2)
    name, instance = tags.object_identifier(apdu, found)
    at = found.end
    numbers = []
    for _ in range(3):
        found = tags.tag(apdu, at)
        numbers.append(tags.application_value(apdu, found))
        at = found.end
    if at != len(apdu) or name != "device":
        raise DecodeError("malformed I-Am")
    return {"instance": instance, "vendor_id": numbers[2]}


def _read_property(apdu: bytes, at: int, *, answered: bool) -> dict[str, Any]:
    found = tags.tag(apdu, at)
    name, instance = tags.object_identifier(apdu, found)
    found = tags.tag(apdu, found.end)
    if not found.context or found.number != 1:
        raise DecodeError("no property")
    number = int.from_bytes(apdu[found.start : found.end][:4], "big")
    fields: dict[str, Any] = {
        "object_type": name,
        "instance": instance,
        "property": tags.PROPERTIES.get(number, f"property_{number}"),
    }
    if not answered:
        return fields
    found = tags.tag(apdu, found.end)
    if found.number == 2 and not found.opening:  # index of an array
        found = tags.tag(apdu, found.end)
    if not found.opening:
        raise DecodeError("no value")
    value = tags.tag(apdu, found.end)
    if not value.context:
        fields["value"] = tags.application_value(apdu, value)
    return fields


def _identity(kind: str, fields: dict[str, Any]) -> dict[str, str]:
    if kind == "response" and fields.get("object_type") == "device" and fields.get("text"):
        known = _IDENTITY.get(fields["property"])
        return {known: fields["text"]} if known else {}
    return {"device_type": "BACnet device"} if kind == "i_am" else {}


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are datagrams of BACnet/IP."""
    heads = [head for head in (orig, resp) if head]
    if not heads or any(head[0] != _TYPE for head in heads):
        return 0.0
    return min(map(_score, heads))


def _score(head: bytes) -> float:
    long = len(head) >= 256 and head[1:2] in b"\x04\x09\x0a\x0b" and head[2] < 6
    try:
        apdu = npdu(head)
        if apdu is not None:
            parse(apdu)
    except DecodeError:
        return 0.6 if long and head[4] == 1 and not head[5] & 0x50 else 0.0
    return 0.95


DECODER = Decoder(
    id="bacnet",
    title="BACnet/IP",
    reference="ANSI/ASHRAE 135-2020, annex J, 6.2, 20 and 21",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: {_TYPE}, 1: range(_LAST_FUNCTION + 1)}, least=4),),
)
