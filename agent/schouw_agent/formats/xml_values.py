"""XML made like a value of JSON: elements and attributes become keys, without their namespaces."""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.scalars import scalar

_LONGEST = 16 * 2**20
DEEPEST = 48
MOST_ELEMENTS = 65536
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,64}<(?:\?xml\s|!--|[A-Za-z_][\w:.\-]{0,100}[\s>/])")
_HTML = re.compile(rb"<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)


def may_be_xml(octets: bytes) -> bool:
    """Return whether octets begin and end as a document of XML, and not of HTML; cheap."""
    return (
        _START.match(octets) is not None
        and octets[-64:].rstrip(b"\0 \t\r\n").endswith(b">")
        and not _HTML.search(octets[:512])
    )


class _Builder:
    """Builds one value while the parser reads; what is too deep or too much is left out."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self.cut = False
        self._open: list[tuple[str, dict[str, Any], list[str]]] = [("", self.root, [])]
        self._skipped = self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._skipped or len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            self._skipped += 1
            self.cut = True
            return
        found: dict[str, Any] = {}
        for name, value in attributes.items():
            key = "xsi_type" if name == _INSTANCE + "type" else _local(name)
            found[key] = scalar(value)
        self._open.append((_local(tag), found, []))

    def data(self, text: str) -> None:
        if not self._skipped:
            self._open[-1][2].append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser has compared it
        if self._skipped:
            self._skipped -= 1
            return
        name, found, texts = self._open.pop()
        text = "".join(texts).strip()
        value: Any = found
        if not found:
            value = scalar(text)
        elif text:
            found["value"] = scalar(text)
        parent = self._open[-1][1]
        if name not in parent:
            parent[name] = value
        elif isinstance(parent[name], list):
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]

    def close(self) -> dict[str, Any]:
        return self.root


def read_xml(octets: bytes) -> tuple[dict[str, Any], bool]:
    """Return a document as `{name of the root: value}`, and whether something was left out.

    An element is its text, or its attributes, its elements (a list if there are several of one
    name) and its text under `value`.  At most 48 deep and 65,536 elements.  Raises `DecodeError`
    if it is malformed, or declares a document type or entities.
    """
    from defusedxml.common import DefusedXmlException  # only who meets XML needs these
    from defusedxml.ElementTree import ParseError, XMLParser

    if len(octets) > _LONGEST:
        raise DecodeError("xml: too long")
    builder = _Builder()
    try:
        parser = XMLParser(target=builder, forbid_dtd=True)
        parser.feed(octets.strip(b"\0 \t\r\n"))
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise DecodeError("xml: malformed, or with a document type") from None
    return builder.root, builder.cut


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def as_list(value: Any) -> list[Any]:
    """Return the elements of one name: none, one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def find_all(value: Any, name: str, most: int = 1024) -> list[Any]:
    """Return what stands under a name anywhere in a document, the outermost of each."""
    found: list[Any] = []
    todo = [value]
    while todo and len(found) < most:
        item = todo.pop()
        if isinstance(item, dict):
            if name in item:
                found.extend(as_list(item[name]))
            todo.extend(reversed([below for key, below in item.items() if key != name]))
        elif isinstance(item, list):
            todo.extend(reversed(item))
    return found[:most]
