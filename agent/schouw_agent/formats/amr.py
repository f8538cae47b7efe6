"""AMR sound: speech, as telephones record it."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_KINDS = ((b"#!AMR-WB\n", "AMR-WB", 16_000), (b"#!AMR\n", "AMR", 8_000))


def _kind(octets: bytes) -> tuple[str, int] | None:
    for magic, name, rate in _KINDS:
        if octets.startswith(magic):
            return name, rate
    return None


def _probe(content: Content) -> float:
    return 0.97 if _kind(content.octets) else 0.0


def _open(content: Content) -> Opened:
    kind = _kind(content.octets)
    if kind is None:
        raise DecodeError("amr: no magic")
    return Opened(media=Medium("audio", sound_form(*kind, channels=1)))


FORMAT = Format(
    id="amr",
    title="AMR sound",
    reference="RFC 4867, 5",
    probe=_probe,
    open=_open,
)
