"""CBOR read strictly: one well-formed item to the last octet, with tags that do no harm."""

from typing import Any

from schouw_agent.errors import DecodeError

_DEEPEST = 64
_MOST_ITEMS = 65536
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}
_INDEFINITE = 31
# Moments, big numbers, fractions, expected encodings, embedded items, links, UUID, coordinates
# and self-described CBOR (RFC 8949, 3.4).  Not: shared references and regular expressions.
_TAGS = frozenset((0, 1, 2, 3, 4, 5, 21, 22, 23, 24, 32, 33, 34, 36, 37, 100, 103, 1004, 55799))


def may_be_cbor(octets: bytes) -> bool:
    """Return whether the first octet can begin an array, a map or a tagged one; cheap."""
    return bool(octets) and 0x80 <= octets[0] <= 0xD9


def read_cbor(octets: bytes) -> Any:
    """Return the value of exactly one item.

    Raises `DecodeError` for anything but one well-formed item of at most 65,536 parts, 64 deep.
    """
    _skim(octets)
    import cbor2  # only who meets CBOR needs it

    try:
        return cbor2.loads(octets)
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, ArithmeticError):
        raise DecodeError("cbor: malformed") from None


def _skim(octets: bytes) -> None:
    """Walk over the heads of all items without building any."""
    todo = [1]
    """Items still to come at each depth; negative: until a break."""
    at = count = 0
    while todo:
        if todo[-1] == 0:
            todo.pop()
            continue
        count += 1
        if at >= len(octets) or count > _MOST_ITEMS or len(todo) > _DEEPEST:
            raise DecodeError("cbor: cut off, or over a limit")
        initial = octets[at]
        at += 1
        if initial == 0xFF:
            if todo[-1] > 0:
                raise DecodeError("cbor: a break where none may be")
            todo.pop()
            continue
        todo[-1] -= 1
        at = _item(octets, at, initial, todo)
    if at != len(octets):
        raise DecodeError("cbor: octets after the item")


def _item(octets: bytes, at: int, initial: int, todo: list[int]) -> int:
    major, low = initial >> 5, initial & 31
    if low == _INDEFINITE:
        if major not in (2, 3, 4, 5):
            raise DecodeError("cbor: reserved length")
        todo.append(-1)
        return at
    argument = low
    if low >= 24:
        size = _SIZES.get(low, 0)
        if not size or at + size > len(octets):
            raise DecodeError("cbor: reserved length, or cut off")
        argument = int.from_bytes(octets[at : at + size], "big")
        at += size
    left = len(octets) - at
    if major in (2, 3):
        if argument > left:
            raise DecodeError("cbor: cut off")
        return at + argument
    if major in (4, 5):
        items = argument * (major - 3)
        if items > left:
            raise DecodeError("cbor: cut off")
        todo.append(items)
    elif major == 6:
        if argument not in _TAGS:
            raise DecodeError("cbor: a tag that is not read")
        todo.append(1)
    return at
