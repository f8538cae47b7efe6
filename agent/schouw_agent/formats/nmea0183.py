"""NMEA 0183: positions, speed and weather of receivers, ships and their instruments."""

from collections.abc import Callable

from schouw_agent.errors import DecodeError
from schouw_agent.formats.coordinates import degrees
from schouw_agent.formats.sentences import Sentence, read_sentences
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_MOST_LEAVES = 2048


def _number(columns: list[str], at: int) -> float | None:
    try:
        return float(columns[at])
    except (IndexError, ValueError):
        return None


def _position(columns: list[str], at: int) -> list[Leaf]:
    found = []
    for name, i, south in (("latitude", at, "S"), ("longitude", at + 2, "W")):
        if i + 1 >= len(columns) or not columns[i].replace(".", "", 1).isdecimal():
            return []
        value = degrees(columns[i], name == "longitude")
        if value is None:
            return []
        found.append(Leaf(name, round(-value if columns[i + 1] == south else value, 7)))
    return found


def _columns(*rows: tuple[int, str, str]) -> Callable[[list[str]], list[Leaf]]:
    """Return a reader of numbers: column, name and unit of each."""

    def read(columns: list[str]) -> list[Leaf]:
        values = ((name, _number(columns, at), unit) for at, name, unit in rows)
        return [Leaf(name, value, unit) for name, value, unit in values if value is not None]

    return read


def _place(at: int, rest: Callable[[list[str]], list[Leaf]]) -> Callable[[list[str]], list[Leaf]]:
    """Return a reader of a position at a column and more; without a fix the columns are empty."""

    def read(columns: list[str]) -> list[Leaf]:
        position = _position(columns, at)
        if not position and any(columns[at : at + 4]):
            return []
        return [*position, *rest(columns)]

    return read


_RMC = _columns((6, "gps_speed", "kn"), (7, "gps_course", "°"))
_GGA = _columns((6, "satellites", ""), (7, "hdop", ""), (8, "altitude", "m"))


def _transducers(columns: list[str]) -> list[Leaf]:
    """Return the measurements of XDR: type, value, unit and name, over and over."""
    kinds = {"C": ("temperature", "°C"), "H": ("humidity", "%"), "P": ("pressure", "bar"),
             "A": ("angle", "°"), "U": ("voltage", "V"), "R": ("flow_rate", "l/s")}  # fmt: skip
    found = []
    for at in range(0, len(columns) - 3, 4):
        name, unit = kinds.get(columns[at], ("transducer", ""))
        value = _number(columns, at + 1)
        if value is not None:
            found.append(Leaf(f"{columns[at + 3][:32].replace('.', '_')}.{name}", value, unit))
    return found


def _wind(columns: list[str]) -> list[Leaf]:
    unit = {"N": "kn", "M": "m/s", "K": "km/h"}.get(columns[3] if len(columns) > 3 else "", "")
    return _columns((0, "wind_angle", "°"), (2, "wind_speed", unit))(columns)


# By the last three letters; NMEA 0183 4.11, chapter 6, and u-blox and Airmar for MDA.
_READERS: dict[str, Callable[[list[str]], list[Leaf]]] = {
    "GGA": _place(1, _GGA),
    "GNS": _place(1, _columns()),
    "RMC": _place(2, _RMC),
    "GLL": _place(0, _columns()),
    "RMA": _place(1, _columns((7, "gps_speed", "kn"))),
    "VTG": _columns((0, "gps_course", "°"), (6, "gps_speed", "km/h")),
    "HDT": _columns((0, "heading_true", "°")),
    "DBT": _columns((2, "water_depth", "m")),
    "DPT": _columns((0, "water_depth", "m")),
    "MTW": _columns((0, "water_temperature", "°C")),
    "MTA": _columns((0, "air_temperature", "°C")),
    "MMB": _columns((2, "air_pressure", "bar")),
    "MWV": _wind,
    "MWD": _columns((0, "wind_direction", "°"), (6, "wind_speed", "m/s")),
    "MDA": _columns((2, "air_pressure", "bar"), (4, "air_temperature", "°C"),
                    (6, "water_temperature", "°C"), (8, "humidity", "%"),
                    (12, "wind_direction", "°"), (18, "wind_speed", "m/s")),
    "ROT": _columns((0, "rate_of_turn", "°")),
    "XDR": _transducers,
    "GSA": _columns((15, "hdop", "")),
    "GSV": _columns((2, "satellites", "")),
    "ZDA": _columns(),
    "TXT": lambda c: [Leaf("text", c[3][:80])] if len(c) > 3 else [],
}  # fmt: skip


def _known(octets: bytes) -> list[Sentence]:
    return [s for s in read_sentences(octets) if s.kind[-3:] in _READERS and len(s.kind) == 5]


def _probe(content: Content) -> float:
    sentences = _known(content.octets)
    if not sentences:
        return 0.0
    checked = any(sentence.checked for sentence in sentences)
    # Trackers begin their own lines like this, with other columns, and a checksum of their own.
    if not _leaves(sentences):
        return 0.6 if checked else 0.0
    return 0.95 if checked else 0.86


def _open(content: Content) -> Opened:
    sentences = _known(content.octets)
    if not sentences:
        raise DecodeError("nmea0183: no known sentence")
    return Opened(leaves=_leaves(sentences))


def _leaves(sentences: list[Sentence]) -> list[Leaf]:
    leaves: list[Leaf] = []
    for sentence in sentences:
        kind = sentence.kind[-3:]
        found = _READERS[kind](sentence.columns)
        leaves.extend(leaf._replace(path=f"{kind.lower()}.{leaf.path}") for leaf in found)
        if len(leaves) > _MOST_LEAVES:
            break
    return leaves


FORMAT = Format(
    id="nmea0183",
    title="NMEA 0183 sentences",
    reference="NMEA 0183 4.11, 5.3 and 6.3; IEC 61162-1",
    probe=_probe,
    open=_open,
)
