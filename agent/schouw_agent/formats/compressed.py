"""Contents compressed by gzip or zlib, unpacked within bounds."""

import zlib

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_leaves
from schouw_agent.plugins import Format
from schouw_agent.records import OVER_LIMIT, Content, Nested, Opened

_GZIP = b"\x1f\x8b\x08"
_ZLIB_METHOD = 0x78
_SHORTEST = 12
_MOST_OCTETS = 8 * 2**20
_MOST_MEMBERS = 16
_SAMPLE, _SAMPLED = 512, 64
_EITHER = 32 + zlib.MAX_WBITS


def _probe(content: Content) -> float:
    octets = content.octets
    if len(octets) < _SHORTEST:
        return 0.0
    if octets[:3] == _GZIP:
        # The three highest flags are reserved (RFC 1952, 2.3.1).
        return 0.95 if octets[3] < 0x20 else 0.0
    if octets[0] != _ZLIB_METHOD or int.from_bytes(octets[:2], "big") % 31 or octets[1] & 0x20:
        return 0.0
    try:
        found = zlib.decompressobj().decompress(octets[:_SAMPLE], _SAMPLED)
    except zlib.error:
        return 0.0
    return 0.85 if found else 0.0


def _open(content: Content) -> Opened:
    if _probe(content) == 0:
        raise DecodeError("compressed: neither gzip nor zlib")
    rest = content.octets
    parts: list[bytes] = []
    size = 0
    for _ in range(_MOST_MEMBERS):
        unpacker = zlib.decompressobj(_EITHER)
        try:
            part = unpacker.decompress(rest, _MOST_OCTETS - size + 1)
        except zlib.error:
            raise DecodeError("compressed: malformed") from None
        size += len(part)
        parts.append(part)
        if size > _MOST_OCTETS:
            return Opened(undecoded=OVER_LIMIT)
        if not unpacker.eof:
            raise DecodeError("compressed: cut off")
        rest = unpacker.unused_data
        if rest[:3] != _GZIP:
            break
    octets = b"".join(parts)
    inner = Content(octets, media_type=content.media_type, protocol=content.protocol)
    return Opened(leaves=as_leaves(octets), nested=(Nested("", inner),))


FORMAT = Format(
    id="compressed",
    title="Compressed content",
    reference="RFC 1952 (gzip); RFC 1950 (zlib)",
    probe=_probe,
    open=_open,
)
