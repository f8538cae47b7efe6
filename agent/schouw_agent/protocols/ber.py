"""Values of the Basic Encoding Rules, one after the other, within bounds (ITU-T X.690, 8)."""

from schouw_agent.errors import DecodeError

INTEGER, OCTET_STRING, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
_LONGEST_INTEGER = 9
_LONGEST_OID = 128


class Reader:
    """Reads the values of one constructed value."""

    __slots__ = ("_at", "_end", "_octets")

    def __init__(self, octets: bytes, start: int = 0, end: int | None = None) -> None:
        self._octets = octets
        self._at = start
        self._end = len(octets) if end is None else end

    @property
    def done(self) -> bool:
        """Whether all was read."""
        return self._at >= self._end

    def next(self) -> tuple[int, int, int]:
        """Return tag, start and end of the next value.  Raises `DecodeError` if it does not fit."""
        at, octets = self._at, self._octets
        if at + 2 > self._end or octets[at] & 0x1F == 0x1F:
            raise DecodeError("no value, or a tag of many octets")
        tag, length = octets[at], octets[at + 1]
        start = at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or start + count > self._end:
                raise DecodeError("length of indefinite form")
            length = int.from_bytes(octets[start : start + count], "big")
            start += count
        if start + length > self._end:
            raise DecodeError("value longer than what holds it")
        self._at = start + length
        return tag, start, self._at

    def enter(self, tag: int) -> "Reader":
        """Return a reader of the next value, which must have this tag."""
        found, start, end = self.next()
        if found != tag:
            raise DecodeError("unexpected tag")
        return Reader(self._octets, start, end)

    def octets(self, tag: int) -> bytes:
        """Return the content of the next value, which must have this tag."""
        found, start, end = self.next()
        if found != tag:
            raise DecodeError("unexpected tag")
        return self._octets[start:end]

    def integer(self) -> int:
        """Return the next value, an INTEGER of 64 bits at most."""
        octets = self.octets(INTEGER)
        if not 1 <= len(octets) <= _LONGEST_INTEGER:
            raise DecodeError("integer over the limit")
        return int.from_bytes(octets, "big", signed=True)


def object_identifier(octets: bytes) -> str:
    """Return an object identifier in dotted form (X.690, 8.19).  Raises `DecodeError`."""
    if not octets or octets[-1] & 0x80 or len(octets) > _LONGEST_OID:
        raise DecodeError("malformed object identifier")
    numbers: list[int] = []
    value = 0
    for octet in octets:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))
