"""XML that a datagram holds, read without entities and outside references."""

from string import ascii_letters
from typing import TYPE_CHECKING

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Screen
from schouw_agent.protocols.identity import line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LIMIT = 1 << 16
_START = b"<"
_MARK = b"\xef\xbb\xbf"
_SPACE = b" \t\n\r\x0b\x0c"
_NAMES = (*ascii_letters.encode(), *b":_", *range(0x80, 0x100))
SCREENS = (
    Screen(octets=dict(enumerate((octet,) for octet in _MARK))),
    Screen(octets={0: _START, 1: (*b"?!", *_NAMES)}),
    Screen(octets={0: _SPACE, 1: (*_SPACE, *_START)}),
)
"""What XML may start with: a mark of its encoding, its own octets, or white space."""


def starts(head: bytes) -> bool:
    """Return whether a head starts like XML."""
    return head.removeprefix(_MARK).lstrip()[:1] == _START


def parse(octets: bytes) -> "Element":
    """Return the root of the XML in a datagram.  Raises `DecodeError`."""
    # Most captures hold none, and it is slow to load on a gateway.
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(octets) > _LIMIT:
        raise DecodeError("XML over the limit")
    try:
        root: Element = fromstring(octets.strip(b"\0\r\n\t "), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise DecodeError("malformed XML") from None
    return root


def local_name(element: "Element") -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def content(element: "Element") -> str:
    """Return the text of an element as one line of bounded length."""
    return line(element.text or "")
