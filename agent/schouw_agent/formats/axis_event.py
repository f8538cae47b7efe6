"""Events of Axis cameras over MQTT, and the frames of their scene description."""

from dataclasses import replace

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened

_PREFIXES = ("axis:", "tns1:", "tnsaxis:", "onvif:")


def _probe(content: Content) -> float:
    value = json_object(content)
    topic, message = value.get("topic"), value.get("message")
    if isinstance(topic, str) and isinstance(message, dict) and topic.startswith(_PREFIXES):
        return 0.95
    frame = value.get("frame")
    seen = (
        isinstance(frame, dict)
        and isinstance(frame.get("observations"), list)
        and "timestamp" in frame
    )
    return 0.93 if seen else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    if "frame" in value:
        return open_value(value["frame"], "frame")
    kind = value["topic"].rpartition("/")[2]
    # What the event is called is the name of its data: `active` alone says nothing.
    opened = open_value({"event": kind, "message": value["message"]})
    serial = value.get("serial")
    if isinstance(serial, str) and serial:
        return replace(opened, identifiers={"serial": serial.upper()})
    return opened


FORMAT = Format(
    id="axis_event",
    title="Axis camera event or scene frame",
    reference="Axis developer documentation, MQTT client API; Analytics scene description",
    probe=_probe,
    open=_open,
)
