"""MessagePack: maps and arrays with named values."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.parsed_values import MOST_ITEMS, named, open_parsed
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

_MEDIA_TYPES = frozenset(
    ("application/msgpack", "application/vnd.msgpack", "application/x-msgpack")
)


def _read(octets: bytes) -> Any:
    import msgpack  # only who meets MessagePack needs it

    try:
        return msgpack.unpackb(
            octets,
            strict_map_key=False,
            max_str_len=len(octets),
            max_bin_len=len(octets),
            max_ext_len=len(octets),
            max_array_len=MOST_ITEMS,
            max_map_len=MOST_ITEMS,
        )
    except (ValueError, TypeError, OverflowError, RecursionError, msgpack.UnpackException):
        raise DecodeError("messagepack: malformed") from None


def _probe(content: Content) -> float:
    octets = content.octets
    # fixmap, fixarray, array 16 and 32, map 16 and 32
    if not octets or not (0x80 <= octets[0] <= 0x9F or 0xDC <= octets[0] <= 0xDF):
        return 0.0
    try:
        value = _read(octets)
    except DecodeError:
        return 0.0
    if content.media_type in _MEDIA_TYPES:
        return 0.85
    return 0.74 if named(value) else 0.0


def _open(content: Content) -> Opened:
    return open_parsed(_read(content.octets))


FORMAT = Format(
    id="messagepack",
    title="MessagePack",
    reference="MessagePack specification (github.com/msgpack/msgpack), Formats",
    probe=_probe,
    open=_open,
)
