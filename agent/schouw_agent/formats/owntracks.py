"""OwnTracks: telephones that tell where they are, in clear or encrypted."""

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import ENCRYPTED, Content, Opened

_KINDS = frozenset(
    ("location", "lwt", "transition", "waypoint", "waypoints", "card", "steps", "status", "beacon",
     "cmd", "configuration", "encrypted", "request")
)  # fmt: skip


def _probe(content: Content) -> float:
    value = json_object(content)
    kind = value.get("_type")
    if not isinstance(kind, str) or kind not in _KINDS:
        return 0.0
    if kind == "encrypted":
        return 0.95 if isinstance(value.get("data"), str) else 0.0
    marked = "tid" in value or "tst" in value or content.topic.startswith("owntracks/")
    return 0.93 if marked else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    if value["_type"] == "encrypted":
        return Opened(undecoded=ENCRYPTED)
    return open_value(value)


FORMAT = Format(
    id="owntracks",
    title="OwnTracks message",
    reference="OwnTracks Booklet, JSON: _type",
    probe=_probe,
    open=_open,
)
