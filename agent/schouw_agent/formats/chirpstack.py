"""Uplinks of ChirpStack, version 3 and 4: a LoRaWAN network server speaks for its devices."""

from schouw_agent.formats.envelope import Envelope, claimed, json_object, unpack
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

_VERSION_4 = Envelope(
    subject=("deviceInfo.deviceName", "deviceInfo.devEui"),
    dev_eui=("deviceInfo.devEui",),
    identifiers={
        "name": ("deviceInfo.deviceName",),
        "gateway": ("rxInfo[].gatewayId",),
        "model": ("deviceInfo.deviceProfileName",),
    },
    readings=("object",),
    raw=("data",),
    figures=(
        "rxInfo[].rssi", "rxInfo[].snr", "batteryLevel", "margin",
        "location.latitude", "location.longitude", "location.altitude",
    ),
)  # fmt: skip
_VERSION_3 = Envelope(
    subject=("deviceName", "devEUI"),
    dev_eui=("devEUI",),
    identifiers={
        "name": ("deviceName",),
        "gateway": ("rxInfo[].gatewayID", "rxInfo[].gatewayId"),
        "model": ("deviceProfileName",),
    },
    readings=("object",),
    nested=("objectJSON",),
    raw=("data",),
    figures=(
        "rxInfo[].rssi", "rxInfo[].loRaSNR", "batteryLevel", "margin",
        "location.latitude", "location.longitude", "location.altitude",
    ),
)  # fmt: skip
_EVENTS = ("fCnt", "devAddr", "data", "rxInfo", "batteryLevel", "margin", "location", "code")


def _envelope(content: Content) -> Envelope | None:
    value = json_object(content)
    if not any(key in value for key in _EVENTS):
        return None
    info = value.get("deviceInfo")
    if isinstance(info, dict) and isinstance(info.get("devEui"), str):
        return _VERSION_4
    three = isinstance(value.get("devEUI"), str) and "applicationID" in value
    return _VERSION_3 if three else None


def _probe(content: Content) -> float:
    return 0.95 if _envelope(content) else 0.0


def _open(content: Content) -> Opened:
    return unpack(claimed(content, FORMAT), _envelope(content) or _VERSION_4)


FORMAT = Format(
    id="chirpstack",
    title="ChirpStack event, version 3 and 4",
    reference="ChirpStack documentation, Integrations: Event types (JSON marshaler)",
    probe=_probe,
    open=_open,
)
