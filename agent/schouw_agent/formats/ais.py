"""AIS in NMEA sentences: which ship is where, as ships and shore stations tell it."""

from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.sentences import read_sentences
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_KINDS = frozenset(("VDM", "VDO"))
_MOST_PARTS = 9
_MOST_BITS = 1200
_ABSENT_LATITUDE, _ABSENT_LONGITUDE = 91.0, 181.0
_LETTERS = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"


class _Bits:
    def __init__(self, armoured: str, fill: int) -> None:
        number = size = 0
        for character in armoured[: _MOST_BITS // 6]:
            six = ord(character) - 48
            six -= 8 if six > 40 else 0
            if not 0 <= six < 64:
                raise DecodeError("ais: a character that is not of the six-bit alphabet")
            number, size = number << 6 | six, size + 6
        self._number, self._size = number >> fill, size - fill

    def __len__(self) -> int:
        return self._size

    def unsigned(self, at: int, length: int) -> int:
        if at + length > self._size:
            raise DecodeError("ais: too short")
        return self._number >> (self._size - at - length) & ((1 << length) - 1)

    def signed(self, at: int, length: int) -> int:
        value = self.unsigned(at, length)
        return value - (1 << length) if value >> (length - 1) else value

    def text(self, at: int, letters: int) -> str:
        found = (_LETTERS[self.unsigned(at + 6 * i, 6)] for i in range(letters))
        return "".join(found).partition("@")[0].strip()


class _Motion(NamedTuple):
    """Where the fields of a position report lie: bits."""

    speed: int
    longitude: int
    course: int
    fine: bool = True
    """Ten-thousandths of minutes; else tenths."""


# ITU-R M.1371-5, annex 8: class A, class B, search and rescue aircraft, long range.
_POSITIONS = {
    1: _Motion(50, 61, 116), 2: _Motion(50, 61, 116), 3: _Motion(50, 61, 116),
    9: _Motion(50, 61, 116), 18: _Motion(46, 57, 112), 19: _Motion(46, 57, 112),
    4: _Motion(-1, 79, -1), 21: _Motion(-1, 164, -1), 27: _Motion(79, 44, 85, False),
}  # fmt: skip
_FIXED = frozenset((4, 21))
"""Base stations and beacons: they stand where they are."""
_NAMES = {5: (112, 20), 19: (143, 20), 21: (43, 20)}


def _report(bits: _Bits) -> list[Leaf]:
    kind, ship = bits.unsigned(0, 6), f"{bits.unsigned(8, 30):09d}"
    if not 1 <= kind <= 27:
        raise DecodeError("ais: no such message")
    root = "station" if kind in _FIXED else "vessel"
    found = [Leaf(f"{root}.mmsi", ship)]
    if kind in _POSITIONS:
        found.extend(_position(bits, _POSITIONS[kind], root))
    if kind in _NAMES:
        found.append(Leaf(f"{root}.name", bits.text(*_NAMES[kind])))
    elif kind == 24 and bits.unsigned(38, 2) == 0:
        found.append(Leaf(f"{root}.name", bits.text(40, 20)))
    if kind == 5 or (kind == 24 and bits.unsigned(38, 2) == 1):
        at = 70 if kind == 5 else 90
        found.append(Leaf(f"{root}.callsign", bits.text(at, 7)))
    if kind == 5:
        found.append(Leaf(f"{root}.imo", bits.unsigned(40, 30)))
        found.append(Leaf(f"{root}.destination", bits.text(302, 20)))
    return [leaf for leaf in found if leaf.value != ""]


def _position(bits: _Bits, row: _Motion, root: str) -> list[Leaf]:
    wide = (28, 27) if row.fine else (18, 17)
    scale = 600000 if row.fine else 600
    longitude = bits.signed(row.longitude, wide[0]) / scale
    latitude = bits.signed(row.longitude + wide[0], wide[1]) / scale
    if abs(latitude) > _ABSENT_LATITUDE or abs(longitude) > _ABSENT_LONGITUDE:
        raise DecodeError("ais: no such place")
    found = []
    if latitude != _ABSENT_LATITUDE and longitude != _ABSENT_LONGITUDE:
        found.append(Leaf(f"{root}.latitude", round(latitude, 6)))
        found.append(Leaf(f"{root}.longitude", round(longitude, 6)))
    if row.speed >= 0:
        tenths = 10 if row.fine else 1
        speed = bits.unsigned(row.speed, 10 if row.fine else 6) / tenths
        course = bits.unsigned(row.course, 12 if row.fine else 9) / tenths
        found.append(Leaf(f"{root}.gps_speed", speed, "kn"))
        found.append(Leaf(f"{root}.gps_course", course, "°"))
    return found


def _messages(octets: bytes) -> list[_Bits]:
    """Return the messages whose parts are all there; parts come one after another."""
    found: list[_Bits] = []
    parts: list[str] = []
    for sentence in read_sentences(octets):
        columns = sentence.columns
        if sentence.kind[-3:] not in _KINDS or len(columns) < 6 or not sentence.checked:
            continue
        total, number, fill = columns[0], columns[1], columns[5]
        if not (total.isdecimal() and number.isdecimal() and fill in tuple("012345")):
            continue
        if int(number) == 1:
            parts = []
        parts.append(columns[4])
        if int(total) == int(number) == len(parts) <= _MOST_PARTS and columns[4]:
            found.append(_Bits("".join(parts), int(fill)))
    return found


def _probe(content: Content) -> float:
    if content.octets[:1] not in (b"!", b"\\", b"\r", b"\n") or b"VD" not in content.octets[:512]:
        return 0.0
    try:
        return 0.96 if _messages(content.octets) else 0.0
    except DecodeError:
        return 0.0


def _open(content: Content) -> Opened:
    messages = _messages(content.octets)
    if not messages:
        raise DecodeError("ais: no whole message")
    several = "[]" if len(messages) > 1 else ""
    leaves = []
    for bits in messages:
        for leaf in _report(bits):
            root, _, rest = leaf.path.partition(".")
            leaves.append(leaf._replace(path=f"{root}{several}.{rest}"))
    return Opened(leaves=leaves)


FORMAT = Format(
    id="ais",
    title="AIS in sentences",
    reference="ITU-R M.1371-5, annex 8; IEC 61162-1, 8.3.90 and 8.3.91 (VDM, VDO)",
    probe=_probe,
    open=_open,
)
