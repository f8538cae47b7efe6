"""Device shadows of AWS IoT: what a thing reports of its state."""

import re
from dataclasses import replace

from schouw_agent.formats.envelope import Envelope, claimed, json_object, unpack
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

_TOPIC = re.compile(r"\$aws/things/([^/]+)/shadow(?:/|$)")
_SHADOW = Envelope(
    subject=(),
    # Of `update/documents`, the state before repeats what was said then.
    readings=("state.reported", "current.state.reported"),
)
_BESIDE = frozenset(("metadata", "version", "timestamp", "clientToken", "current", "previous"))


def _probe(content: Content) -> float:
    value = json_object(content)
    on_topic = _TOPIC.match(content.topic) is not None
    state = value.get("state")
    if isinstance(state, dict) and {"reported", "desired", "delta"} & state.keys():
        return 0.93 if on_topic or _BESIDE & value.keys() or value.keys() == {"state"} else 0.0
    return 0.93 if on_topic and {"current", "state"} & value.keys() else 0.0


def _open(content: Content) -> Opened:
    opened = unpack(claimed(content, FORMAT), _SHADOW)
    named = _TOPIC.match(content.topic)
    subject = named[1] if named else ""
    return replace(opened, subject=subject, identifiers={"name": subject} if subject else {})


FORMAT = Format(
    id="aws_shadow",
    title="AWS IoT device shadow",
    reference="AWS IoT Core developer guide, Device Shadow service documents",
    probe=_probe,
    open=_open,
)
