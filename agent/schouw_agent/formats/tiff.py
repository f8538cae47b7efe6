"""TIFF images: dimensions and where they were taken, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.formats.tiff_tags import is_tiff, read_tags
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened


def _probe(content: Content) -> float:
    return 0.95 if is_tiff(content.octets) and len(content.octets) >= 8 else 0.0


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("tiff: no header")
    tags = read_tags(content.octets)
    form = image_form("TIFF", tags.width, tags.height)
    return Opened(media=Medium("image", form), leaves=tags.leaves())


FORMAT = Format(
    id="tiff",
    title="TIFF image",
    reference="Adobe TIFF 6.0, section 2",
    probe=_probe,
    open=_open,
)
