"""JSON: objects, arrays and bare values."""

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened
from schouw_agent.values import open_value


def _probe(content: Content) -> float:
    if content.value is not None:
        return 0.7 if isinstance(content.value, (dict, list)) else 0.55
    head = content.octets[:64].lstrip()[:1]
    if not head or head not in b'{["-0123456789tf':
        return 0.0
    try:
        orjson.loads(content.octets)
    except orjson.JSONDecodeError:
        return 0.0
    return 0.7 if head in b"{[" else 0.55


def _open(content: Content) -> Opened:
    value = content.value
    if value is None:
        try:
            value = orjson.loads(content.octets)
        except orjson.JSONDecodeError:
            raise DecodeError("json: malformed") from None
    return open_value(value)


FORMAT = Format(
    id="json",
    title="JSON",
    reference="RFC 8259",
    probe=_probe,
    open=_open,
)
