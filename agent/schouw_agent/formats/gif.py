"""GIF images: dimensions, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened


def _probe(content: Content) -> float:
    octets = content.octets
    return 0.95 if octets[:6] in (b"GIF87a", b"GIF89a") and len(octets) >= 10 else 0.0


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("gif: no signature")
    width, height = (int.from_bytes(content.octets[at : at + 2], "little") for at in (6, 8))
    return Opened(media=Medium("image", image_form("GIF", width, height)))


FORMAT = Format(
    id="gif",
    title="GIF image",
    reference="CompuServe GIF89a, 17 and 18",
    probe=_probe,
    open=_open,
)
