"""Frigate: objects that a camera recorder sees, follows and recognises."""

import re
from dataclasses import replace
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Opened

_COUNTED = {
    "person": "people count",
    "car": "vehicle count",
    "truck": "vehicle count",
    "bus": "vehicle count",
    "motorcycle": "vehicle count",
    "bicycle": "bicycle count",
    "dog": "animal count",
    "cat": "animal count",
    "bird": "animal count",
}
_COUNTS = re.compile(r"frigate/([^/]+)/(?:([^/]+)/)?(" + "|".join(_COUNTED) + ")")
_EVENTS = re.compile(r"frigate/(?:events|reviews|tracked_object_update)")
_SHORTEST = frozenset(("camera", "label"))


def _seen(value: dict[str, Any]) -> dict[str, Any]:
    """Return the object as it is now; what it was before is not a second one."""
    after = value.get("after")
    return after if isinstance(after, dict) else {}


def _counted(content: Content) -> re.Match[str] | None:
    return _COUNTS.fullmatch(content.topic) if content.octets.isdigit() else None


def _probe(content: Content) -> float:
    if _counted(content):
        return 0.9
    value = json_object(content)
    if _seen(value).keys() >= _SHORTEST and "before" in value:
        return 0.95
    return 0.9 if value and _EVENTS.fullmatch(content.topic) else 0.0


def _open(content: Content) -> Opened:
    counted = _counted(content)
    if counted:
        # So many digits stand for no number of things.
        if len(content.octets) > 9:
            raise DecodeError("frigate: no count")
        name = _COUNTED[counted[3]]
        leaf = Leaf(counted[3], int(content.octets), "", "", name)
        return Opened(leaves=(leaf,), subject=counted[1])
    value = json_object(content)
    now = _seen(value)
    opened = open_value(now, "after") if now else open_value(value)
    return replace(opened, subject=text_at(value, "after.camera", "camera"))


FORMAT = Format(
    id="frigate",
    title="Frigate event or count",
    reference="Frigate documentation, Integrations: MQTT",
    probe=_probe,
    open=_open,
)
