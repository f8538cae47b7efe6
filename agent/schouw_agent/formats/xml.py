"""XML of any kind: one leaf for each text and attribute, by its element path."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.xml_values import may_be_xml, read_xml
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import OVER_LIMIT, Content, Opened


def _probe(content: Content) -> float:
    return 0.7 if may_be_xml(content.octets) else 0.0


def _open(content: Content) -> Opened:
    if not may_be_xml(content.octets):
        raise DecodeError("xml: not a document")
    value, cut = read_xml(content.octets)
    opened = open_value(value)
    return Opened(
        leaves=opened.leaves,
        nested=opened.nested,
        undecoded=opened.undecoded or (OVER_LIMIT if cut else ""),
    )


FORMAT = Format(
    id="xml",
    title="XML",
    reference="W3C XML 1.0; XML Namespaces 1.0",
    probe=_probe,
    open=_open,
)
