"""CoAP messages: header, options and payload (RFC 7252, 3; RFC 8323, 3 over TCP)."""

from collections.abc import Mapping
from typing import NamedTuple

from schouw_agent.errors import DecodeError

METHODS: Mapping[int, str] = {
    1: "GET",
    2: "POST",
    3: "PUT",
    4: "DELETE",
    5: "FETCH",
    6: "PATCH",
    7: "iPATCH",
}
SIGNALS: Mapping[int, str] = {
    0xE1: "capabilities",
    0xE2: "ping",
    0xE3: "pong",
    0xE4: "release",
    0xE5: "abort",
}
"""RFC 8323, 5."""
_RESPONSES = frozenset(
    {*range(0x41, 0x46), 0x5F}
    | {*range(0x80, 0x87), 0x88, 0x89, 0x8C, 0x8D, 0x8F, 0x96, 0x9D}
    | {*range(0xA0, 0xA6), 0xA8}
)
"""Response codes (IANA, CoAP Response Codes)."""
MEDIA_TYPES: Mapping[int, str] = {
    0: "text/plain",
    16: "application/cose",
    40: "application/link-format",
    41: "application/xml",
    42: "application/octet-stream",
    47: "application/exi",
    50: "application/json",
    51: "application/json-patch+json",
    52: "application/merge-patch+json",
    60: "application/cbor",
    61: "application/cwt",
    62: "application/multipart-core",
    63: "application/cbor-seq",
    110: "application/senml+json",
    111: "application/sensml+json",
    112: "application/senml+cbor",
    113: "application/sensml+cbor",
    114: "application/senml-exi",
    310: "application/senml+xml",
    11542: "application/vnd.oma.lwm2m+tlv",
    11543: "application/vnd.oma.lwm2m+json",
    11544: "application/vnd.oma.lwm2m+cbor",
    22: "image/jpeg",
    23: "image/png",
}
"""By Content-Format (IANA, CoAP Content-Formats)."""
URI_HOST, OBSERVE, LOCATION_PATH, URI_PATH, CONTENT_FORMAT, URI_QUERY = 3, 6, 8, 11, 12, 15
BLOCK2, BLOCK1, PROXY_URI = 23, 27, 35
_LENGTHS: Mapping[int, tuple[int, int]] = {
    1: (0, 8),
    URI_HOST: (1, 255),
    4: (1, 8),
    5: (0, 0),
    OBSERVE: (0, 3),
    7: (0, 2),
    LOCATION_PATH: (0, 255),
    9: (0, 255),
    URI_PATH: (0, 255),
    CONTENT_FORMAT: (0, 2),
    14: (0, 4),
    URI_QUERY: (0, 255),
    16: (1, 1),
    17: (0, 2),
    19: (0, 3),
    20: (0, 255),
    21: (0, 255),
    BLOCK2: (0, 3),
    BLOCK1: (0, 3),
    28: (0, 4),
    31: (0, 3),
    PROXY_URI: (1, 1034),
    39: (1, 255),
    60: (0, 4),
    252: (0, 40),
    258: (0, 1),
    292: (0, 8),
}
"""Least and most octets of each registered option (IANA, CoAP Option Numbers)."""
_OPTIONS_LIMIT = 128
_PAYLOAD_MARKER = 0xFF


class Packet(NamedTuple):
    """A CoAP message."""

    kind: int
    """0 confirmable, 1 non-confirmable, 2 acknowledgement, 3 reset; -1 over TCP."""
    code: int
    message_id: int
    token: bytes
    options: tuple[tuple[int, bytes], ...]
    payload: bytes

    def values(self, number: int) -> list[bytes]:
        """Return the values of an option, in order."""
        return [value for found, value in self.options if found == number]

    def number(self, number: int) -> int:
        """Return the value of a numeric option, or -1 if it is absent."""
        values = self.values(number)
        return int.from_bytes(values[0], "big") if values else -1

    def path(self, number: int = URI_PATH) -> str:
        """Return a path of segments; empty if there is none.  Raises `DecodeError`."""
        return "".join("/" + text(value) for value in self.values(number))


def text(octets: bytes) -> str:
    """Return the text of an option.  Raises `DecodeError` if it is not UTF-8."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        raise DecodeError("option is no UTF-8") from None


def status(code: int) -> str:
    """Return a response code such as 2.05."""
    return f"{code >> 5}.{code & 31:02}"


def is_known(code: int) -> bool:
    """Tell whether a code is empty, a method, a response or a signal."""
    return not code or code in METHODS or code in _RESPONSES or code in SIGNALS


def parse(octets: bytes) -> Packet:
    """Return the message of a datagram (RFC 7252, 3).  Raises `DecodeError`."""
    if len(octets) < 4 or octets[0] >> 6 != 1:
        raise DecodeError("no header of version 1")
    kind, code = octets[0] >> 4 & 3, octets[1]
    size = octets[0] & 15
    if not is_known(code) or code in SIGNALS:
        raise DecodeError("unknown code")
    if not code and (len(octets) != 4 or kind == 1):
        raise DecodeError("malformed empty message")
    if kind == 3 and code:
        raise DecodeError("reset that is not empty")
    if code in METHODS and kind == 2:
        raise DecodeError("request in an acknowledgement")
    token, options, payload = _body(octets, 4, size, strict=True)
    return Packet(kind, code, octets[2] << 8 | octets[3], token, options, payload)


def parse_streamed(octets: bytes, at: int) -> Packet:
    """Return the message of a frame of RFC 8323, 3.2, whose code stands at a place."""
    code = octets[at]
    if not is_known(code):
        raise DecodeError("unknown code")
    # Options of signals are numbered by signal (RFC 8323, 5.2).
    strict = code not in SIGNALS
    token, options, payload = _body(octets, at + 1, octets[0] & 15, strict=strict)
    return Packet(-1, code, 0, token, options, payload)


def _body(
    octets: bytes, at: int, token_size: int, *, strict: bool
) -> tuple[bytes, tuple[tuple[int, bytes], ...], bytes]:
    if token_size > 8 or at + token_size > len(octets):
        raise DecodeError("malformed token")
    token = octets[at : at + token_size]
    at += token_size
    options: list[tuple[int, bytes]] = []
    number = 0
    while at < len(octets) and octets[at] != _PAYLOAD_MARKER:
        first = octets[at]
        delta, at = _extended(octets, at + 1, first >> 4)
        length, at = _extended(octets, at, first & 15)
        number += delta
        end = at + length
        if end > len(octets) or len(options) >= _OPTIONS_LIMIT:
            raise DecodeError("option longer than its message")
        if strict:
            _check(number, length)
        options.append((number, octets[at:end]))
        at = end
    payload = octets[at + 1 :]
    if at < len(octets) and not payload:
        raise DecodeError("payload marker without a payload")
    return token, tuple(options), payload


def _check(number: int, length: int) -> None:
    """Refuse an option of the wrong length, a reserved one, and an unknown critical one."""
    least, most = _LENGTHS.get(number, (0, 1034))
    if not least <= length <= most:
        raise DecodeError("option of the wrong length")
    if not number or (number & 1 and number not in _LENGTHS and number < 2048):
        raise DecodeError("reserved or unknown critical option")


def _extended(octets: bytes, at: int, nibble: int) -> tuple[int, int]:
    if nibble < 13:
        return nibble, at
    size = nibble - 12
    if nibble == 15 or at + size > len(octets):
        raise DecodeError("malformed option")
    base = 13 if size == 1 else 269
    return base + int.from_bytes(octets[at : at + size], "big"), at + size
