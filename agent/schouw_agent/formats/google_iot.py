"""Device telemetry as Google Pub/Sub pushes it: the device is in the attributes."""

from dataclasses import replace

from schouw_agent.formats.envelope import claimed, contained, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

_DEVICE = ("message.attributes.deviceId", "message.attributes.device_id")


def _probe(content: Content) -> float:
    value = json_object(content)
    message = value.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("data"), str):
        return 0.0
    return 0.93 if isinstance(value.get("subscription"), str) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    device = text_at(value, *_DEVICE)
    return replace(
        contained(value["message"]["data"], "message.data"),
        subject=device,
        identifiers={"name": device} if device else {},
    )


FORMAT = Format(
    id="google_iot",
    title="Google Pub/Sub push message",
    reference="Google Cloud Pub/Sub, Push subscriptions: receive messages",
    probe=_probe,
    open=_open,
)
