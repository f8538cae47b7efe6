"""Text in UTF-16, as Windows programs send it."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_leaves
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Nested, Opened

_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SAMPLE = 64
_SHORTEST = 8
_PRINTABLE = frozenset((9, 10, 13, *range(32, 127)))


def _encoding(octets: bytes) -> str:
    """Return which of both it is; empty if the octets do not look like UTF-16."""
    if len(octets) < _SHORTEST or len(octets) % 2:
        return ""
    marked = _MARKS.get(octets[:2], "")
    if marked:
        return marked
    for at, name in ((0, "utf-16-le"), (1, "utf-16-be")):
        sample = octets[:_SAMPLE]
        if not any(sample[1 - at :: 2]) and _PRINTABLE.issuperset(sample[at::2]):
            return name
    return ""


def _read(octets: bytes) -> str | None:
    name = _encoding(octets)
    if not name:
        return None
    try:
        text = octets.decode(name).lstrip("\ufeff")
    except UnicodeDecodeError:
        return None
    sample = text[:_SAMPLE]
    return text if sample and all(c.isprintable() or c in "\r\n\t" for c in sample) else None


def _probe(content: Content) -> float:
    return 0.8 if _read(content.octets) is not None else 0.0


def _open(content: Content) -> Opened:
    text = _read(content.octets)
    if text is None:
        raise DecodeError("utf16_text: not text")
    octets = text.encode("utf-8", "replace")
    return Opened(leaves=as_leaves(octets), nested=(Nested("", Content(octets)),))


FORMAT = Format(
    id="utf16_text",
    title="Text in UTF-16",
    reference="RFC 2781, 4.1 to 4.3",
    probe=_probe,
    open=_open,
)
