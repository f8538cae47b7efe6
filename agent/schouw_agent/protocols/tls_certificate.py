"""Whose certificate a TLS message shows: names out of X.509 (RFC 5280, 4; RFC 5246, 7.4.2).

Only names are read.  Whether the certificate holds is not asked, so nothing is verified.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.identity import text

_SEQUENCE, _SET, _OID, _OCTETS = 0x30, 0x31, 0x06, 0x04
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_COMMON_NAME, _ORGANISATION = b"\x55\x04\x03", b"\x55\x04\x0a"
_ALTERNATIVE = b"\x55\x1d\x11"
_DNS_NAME = 0x82
_NAMES_LIMIT = 100
_BMP_STRING = 0x1E
_HOST = re.compile(r"(?=.{3,253}\Z)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")


class Certificate(NamedTuple):
    """The names in a certificate."""

    subject: str
    """Common name of whom it was given to; else the organisation."""
    issuer: str
    """Common name of who gave it; else the organisation."""
    names: tuple[str, ...]
    """Its alternative names of DNS."""

    @property
    def host(self) -> str:
        """The first name that is a plain host name, in lower case; empty if none is."""
        for name in (self.subject, *self.names):
            if _HOST.fullmatch(name):
                return name.lower()
        return ""


def fields(shown: Certificate, *, of_client: bool) -> dict[str, Any]:
    """Return what is told of a certificate."""
    return {
        "subject": shown.subject,
        "issuer": shown.issuer,
        "names": shown.names,
        "of": "client" if of_client else "server",
    }


def first_of_list(body: bytes) -> Certificate | None:
    """Return the certificate of the sender from the body of a Certificate message of TLS ≤ 1.2.

    None if the list is empty, or the certificate cannot be read.
    """
    length = int.from_bytes(body[3:6], "big")
    if not length or len(body) < 6 + length:
        return None
    try:
        return _certificate(body[6 : 6 + length])
    except DecodeError:
        return None


def _certificate(octets: bytes) -> Certificate:
    signed = _only(_only(octets, _SEQUENCE), _SEQUENCE)
    parts = [part for part in _parts(signed) if part[0] != _VERSION]
    if len(parts) < 6 or parts[2][0] != _SEQUENCE or parts[4][0] != _SEQUENCE:
        raise DecodeError("parts of a certificate are missing")
    names: tuple[str, ...] = ()
    for tag, part in parts[6:]:
        if tag == _EXTENSIONS:
            names = _alternative_names(_only(part, _SEQUENCE))
    return Certificate(_name(parts[4][1]), _name(parts[2][1]), names)


def _name(octets: bytes) -> str:
    """Return the common name of a distinguished name, else the organisation."""
    found: dict[bytes, str] = {}
    for tag, group in _parts(octets):
        if tag != _SET:
            continue
        for _, pair in _parts(group):
            kind, value = [*_parts(pair), (0, b""), (0, b"")][:2]
            decoded = value[1][1::2] if value[0] == _BMP_STRING else value[1]
            found.setdefault(kind[1], text(decoded))
    return found.get(_COMMON_NAME) or found.get(_ORGANISATION, "")


def _alternative_names(extensions: bytes) -> tuple[str, ...]:
    for _, extension in _parts(extensions):
        fields = list(_parts(extension))
        if not fields or fields[0] != (_OID, _ALTERNATIVE) or fields[-1][0] != _OCTETS:
            continue
        names = _parts(_only(fields[-1][1], _SEQUENCE))
        return tuple([text(name) for tag, name in names if tag == _DNS_NAME][:_NAMES_LIMIT])
    return ()


def _only(octets: bytes, tag: int) -> bytes:
    """Return the content of the first element, which must have this tag."""
    found = next(_parts(octets), None)
    if found is None or found[0] != tag:
        raise DecodeError("unexpected element in a certificate")
    return found[1]


def _parts(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and content of the DER elements that follow each other (X.690, 8.1)."""
    at = 0
    while at < len(octets):
        if at + 2 > len(octets):
            raise DecodeError("element cut off in a certificate")
        tag, length = octets[at], octets[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            if not 1 <= size <= 3:
                raise DecodeError("length out of range in a certificate")
            length = int.from_bytes(octets[at : at + size], "big")
            at += size
        if at + length > len(octets):
            raise DecodeError("element cut off in a certificate")
        yield tag, octets[at : at + length]
        at += length
