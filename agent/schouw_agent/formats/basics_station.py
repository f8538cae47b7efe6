"""Messages between a LoRa gateway running Basics Station and its network server."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_JOIN, _REJOIN, _DATA, _DOWN = "jreq", "rejoin", "updf", "dnmsg"
_TOLD = {
    "version": ("station", "firmware", "model", "protocol"),
    "router_config": ("region", "max_eirp"),
    _JOIN: ("DevEui", "JoinEui", "DevNonce"),
    _REJOIN: ("DevEui",),
    _DATA: ("DevAddr", "FCnt", "FPort"),
    "propdf": ("FRMPayload",),
    _DOWN: ("DevEui", "dC", "pdu"),
    "dntxed": ("diid", "DevEui"),
    "timesync": ("txtime", "gpstime"),
    "runcmd": ("command",),
    "rmtsh": ("rmtsh",),
    "dnsched": ("schedule",),
}
"""By type of message, what it must hold one of."""
_ADDRESS_MASK = 0xFFFFFFFF
_RADIO = ("rssi", "snr")


def _probe(content: Content) -> float:
    value = json_object(content)
    kind = value.get("msgtype")
    told = _TOLD.get(kind, ()) if isinstance(kind, str) else ()
    return 0.95 if any(key in value for key in told) else 0.0


def _open(content: Content) -> Opened:
    if _probe(content) == 0:
        raise DecodeError("basics_station: unknown type of message")
    value = json_object(content)
    kind = value["msgtype"]
    dev_eui, subject = _eui(value.get("DevEui")), ""
    if dev_eui:
        subject = f"dev_eui {dev_eui}"
    elif kind == _DATA and isinstance(value.get("DevAddr"), int):
        subject = f"dev_addr {value['DevAddr'] & _ADDRESS_MASK:08x}"
    return Opened(
        leaves=list(_leaves(value, kind)),
        subject=subject,
        identifiers={"dev_eui": dev_eui} if dev_eui else {},
    )


def _eui(value: object) -> str:
    """Return an EUI as sixteen hexadecimal digits; empty if it is none."""
    if not isinstance(value, str):
        return ""
    digits = value.replace("-", "").replace(":", "").lower()
    return digits if len(digits) == 16 and set(digits) <= set("0123456789abcdef") else ""


def _leaves(value: Mapping[str, Any], kind: str) -> Iterator[Leaf]:
    if kind == "version":
        for key in ("station", "firmware", "package", "model"):
            if isinstance(value.get(key), str):
                yield Leaf(key, value[key])
    for key, path in (("DevEui", "dev_eui"), ("JoinEui", "join_eui")):
        if kind in (_JOIN, _REJOIN) and _eui(value.get(key)):
            yield Leaf(path, _eui(value[key]))
    for key in ("FRMPayload", "pdu"):
        octets = value.get(key)
        if isinstance(octets, str) and octets:
            yield Leaf(key, octets, "", "", "opaque")
    heard = value.get("upinfo")
    if isinstance(heard, dict):
        for key in _RADIO:
            if isinstance(heard.get(key), (int, float)):
                yield Leaf(f"upinfo.{key}", heard[key])


FORMAT = Format(
    id="basics_station",
    title="LoRa Basics Station message",
    reference="LoRa Basics Station documentation, The LNS Protocol",
    probe=_probe,
    open=_open,
)
