"""The head of a message of HTTP and RTSP: a start line and fields (RFC 9112, 2 and 5)."""

import re
from collections.abc import Mapping

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.stream import HEADER_LIMIT, OctetBuffer

_FIELD_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9_*\-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_SCHEMES = frozenset({"basic", "bearer", "digest"})
_FIELDS_LIMIT = 1000
_EMPTY_LINES = 16


class HeadReader:
    """The lines of a head, as far as they have come."""

    __slots__ = ("_empty", "_lines", "_octets")

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._octets = 0
        self._empty = 0

    @property
    def begun(self) -> bool:
        """Whether a line was read."""
        return bool(self._lines)

    def read(self, buffer: OctetBuffer) -> list[bytes] | None:
        """Return the lines without their ends once the empty line has come, else None.

        Empty lines before the start line are passed over (RFC 9112, 2.2).  Raises
        `DecodeError` beyond the limit.
        """
        while True:
            line = buffer.take_through(b"\n", HEADER_LIMIT - self._octets)
            if line is None:
                return None
            self._octets += len(line)
            line = line[:-1].removesuffix(b"\r")
            if line:
                self._lines.append(line)
            elif self._lines:
                lines, self._lines = self._lines, []
                self._octets = self._empty = 0
                return lines
            else:
                self._empty += 1
                if self._empty > _EMPTY_LINES:
                    raise DecodeError("empty lines instead of a start line")

    def clear(self) -> None:
        """Forget a head that was begun."""
        self._lines = []
        self._octets = self._empty = 0

    @property
    def start_line(self) -> bytes:
        """The first line, if it has come."""
        return self._lines[0] if self._lines else b""


def fields(lines: list[bytes]) -> dict[str, str]:
    """Return header fields by lower-case name; repeated ones are joined with a comma.

    Raises `DecodeError` when a line is no field.
    """
    if len(lines) > _FIELDS_LIMIT:
        raise DecodeError("too many header fields")
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if line[:1] in b" \t" and name:  # obsolete line folding (RFC 9112, 5.2)
            found[name] += " " + line.strip().decode("latin-1")
            continue
        raw_name, colon, value = line.partition(b":")
        name = raw_name.rstrip().decode("latin-1").lower()
        if not colon or not _FIELD_NAME.fullmatch(name):
            raise DecodeError("malformed header field")
        text = value.strip().decode("latin-1")
        found[name] = f"{found[name]}, {text}" if name in found else text
    return found


def media_type(value: str) -> str:
    """Return a media type in lower case without its parameters."""
    return value.partition(";")[0].strip().lower()


def parameters(value: str) -> Mapping[str, str]:
    """Return the parameters of a field value by lower-case name."""
    found = {}
    for match in _PARAMETER.finditer(value):
        text = match[2]
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text[1:-1])
        found[match[1].lower()] = text
    return found


def credentials(value: str) -> str:
    """Return the scheme of an Authorization field: basic, bearer, digest, other, or empty."""
    scheme = value.strip().partition(" ")[0].lower()
    if not scheme or scheme in _SCHEMES:
        return scheme
    return "other"


def content_length(value: str) -> int:
    """Return a Content-Length.  Raises `DecodeError` if it is not one number (RFC 9112, 6.3)."""
    numbers = {part.strip() for part in value.split(",")}
    text = numbers.pop()
    if numbers or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise DecodeError("malformed content length")
    return int(text)
