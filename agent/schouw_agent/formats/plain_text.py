"""Text that no other format explains: one leaf."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_SAMPLE = 4096
_PRINTABLE = 0.95


def _text(octets: bytes) -> str | None:
    if not octets:
        return None
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
    sample = text[:_SAMPLE]
    odd = [each for each in set(sample) if not (each.isprintable() or each in "\r\n\t")]
    readable = len(sample) - sum(map(sample.count, odd))
    return text if readable >= _PRINTABLE * len(sample) else None


def _probe(content: Content) -> float:
    return 0.5 if _text(content.octets) is not None else 0.0


def _open(content: Content) -> Opened:
    text = _text(content.octets)
    if text is None:
        raise DecodeError("plain_text: not text")
    return Opened(leaves=(Leaf("", text),))


FORMAT = Format(
    id="plain_text",
    title="Plain text",
    reference="UTF-8, RFC 3629",
    probe=_probe,
    open=_open,
)
