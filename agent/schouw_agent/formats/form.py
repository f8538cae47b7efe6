"""HTML form data: name and value pairs."""

from urllib.parse import parse_qsl

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_MEDIA_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 256
_MOST_OCTETS = 65536
_LONGEST_KEY = 64


def _probe(content: Content) -> float:
    return 0.9 if content.media_type == _MEDIA_TYPE and b"=" in content.octets else 0.0


def _open(content: Content) -> Opened:
    try:
        text = content.octets[:_MOST_OCTETS].decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        raise DecodeError("form: malformed") from None
    return Opened(leaves=[Leaf(name[:_LONGEST_KEY], value) for name, value in pairs])


FORMAT = Format(
    id="form",
    title="Form data",
    reference="WHATWG URL, 5.1 (application/x-www-form-urlencoded)",
    probe=_probe,
    open=_open,
)
