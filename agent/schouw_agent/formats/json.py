"""JSON: objects, arrays and bare values."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened


def _probe(content: Content) -> float:
    if content.value is None:
        return 0.0
    return 0.7 if isinstance(content.value, (dict, list)) else 0.55


def _open(content: Content) -> Opened:
    if content.value is None:
        raise DecodeError("json: malformed")
    return open_value(content.value)


FORMAT = Format(
    id="json",
    title="JSON",
    reference="RFC 8259",
    probe=_probe,
    open=_open,
    verbatim=True,
)
