"""CloudEvents in JSON: an envelope around data of any kind."""

from dataclasses import replace

from schouw_agent.formats.envelope import claimed, contained, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Opened


def _probe(content: Content) -> float:
    value = json_object(content)
    marks = all(isinstance(value.get(key), str) for key in ("specversion", "source", "type"))
    return 0.93 if marks and ("data" in value or "data_base64" in value) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    about = text_at(value, "subject", "source")
    encoded = value.get("data_base64")
    if isinstance(encoded, str):
        kind = text_at(value, "datacontenttype").partition(";")[0].strip().lower()
        return replace(contained(encoded, "data_base64", "", kind), subject=about)
    opened = open_value(value.get("data"), "data")
    return replace(opened, leaves=[Leaf("type", value["type"]), *opened.leaves], subject=about)


FORMAT = Format(
    id="cloudevents",
    title="CloudEvents",
    reference="CNCF CloudEvents 1.0.2, JSON event format, 2 and 3",
    probe=_probe,
    open=_open,
)
