"""Device telemetry as Azure IoT Central and IoT Hub (by Event Grid) pass it on."""

from dataclasses import replace
from typing import Any

from schouw_agent.formats.envelope import contained, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Nested, Opened

_MOST_EVENTS = 64
_DEVICE = "systemProperties.iothub-connection-device-id"


def _events(content: Content) -> list[dict[str, Any]]:
    value = content.value
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows[:_MOST_EVENTS] if isinstance(row, dict) and _device(row)]


def _device(event: dict[str, Any]) -> str:
    """Return the id of the device that an event is about; empty if it is no such event."""
    if isinstance(event.get("telemetry"), dict) and isinstance(event.get("messageSource"), str):
        return text_at(event, "deviceId")
    if str(event.get("eventType", "")).startswith("Microsoft.Devices."):
        return text_at(event.get("data"), _DEVICE, "deviceId")
    return ""


def _probe(content: Content) -> float:
    return 0.95 if _events(content) else 0.0


def _open(content: Content) -> Opened:
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = ""
    events = _events(content)
    for event in events:
        device = _device(event)
        part, path = event.get("telemetry"), "telemetry"
        if part is None:
            data = event.get("data")
            part, path = data.get("body") if isinstance(data, dict) else None, "data.body"
        text = part if isinstance(part, str) else None
        opened = open_value(part, path) if text is None else contained(text, path, device)
        leaves += (leaf._replace(subject=device) for leaf in opened.leaves)
        nested += (replace(each, subject=device) for each in opened.nested)
        over = over or opened.undecoded
    devices = {_device(event) for event in events}
    subject = devices.pop() if len(devices) == 1 else ""
    return Opened(
        leaves=leaves,
        nested=nested,
        subject=subject,
        identifiers={"name": subject} if subject else {},
        undecoded=over,
    )


FORMAT = Format(
    id="azure_iot",
    title="Azure IoT Central export and IoT Hub event",
    reference="Microsoft Learn, IoT Central data export schema; Event Grid schema for IoT Hub",
    probe=_probe,
    open=_open,
)
