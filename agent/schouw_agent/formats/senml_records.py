"""Records of SenML, resolved: every value with its full name, its unit and its device."""

from collections.abc import Callable, Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.lwm2m_names import UNIT, named_path
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import key_name
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened
from schouw_agent.vocabulary.lexicon import read_name

MOST_RECORDS = 1024
VALUES = ("v", "vs", "vb", "vd", "s", "sv", "bv")
"""Labels of values; `sv` and `bv` with a text or flag are those of LwM2M's earlier JSON."""
_LONGEST_NAME = 128
# A record may be called by nothing but its device; then its unit says what it is.
# IANA SenML Units, and those that measure one thing only.
_BY_UNIT = {
    "Cel": "temperature", "K": "temperature", "%RH": "relative_humidity", "%EL": "battery_level",
    "EL": "battery_level", "lat": "latitude", "lon": "longitude", "lx": "illuminance",
    "pH": "ph_value", "beat/min": "heart_rate", "beats": "heart_beats", "dBm": "rssi",
    "Bq": "radiation_level", "hPa": "air_pressure", "W": "active_power", "kW": "active_power",
    "J": "energy", "kWh": "energy", "Wh": "energy", "m/s2": "acceleration", "rad": "angle",
    "kg": "mass", "g": "mass", "NTU": "turbidity", "deg": "angle", "W/m2": "irradiance",
    "l/s": "flow_rate", "m3/s": "flow_rate", "l": "water_volume", "m3": "volume",
    "V": "voltage", "A": "electric_current", "m": "distance", "km": "distance", "mm": "distance",
}  # fmt: skip


_KNOWN = frozenset(
    ("bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd", "ct",
     "bct", "vlo")
)  # fmt: skip
_TELLING = frozenset(("n", "bn"))


def is_pack(value: Any) -> bool:
    """Return whether a value is a pack: a list of records, one with a name and one with a value."""
    if not isinstance(value, list) or not value:
        return False
    named = valued = False
    for record in value[:64]:
        # A label that ends in an underscore must be understood (RFC 8428, 4.4); others are extra.
        if not isinstance(record, dict) or not record or not record.keys() <= _KNOWN:
            return False
        named |= not _TELLING.isdisjoint(record)
        valued |= not record.keys().isdisjoint(VALUES)
    return named and valued


class _Resolver:
    """The base values in force, and what was found so far."""

    def __init__(self) -> None:
        self.name = self.unit = ""
        self.base: float = 0
        self.leaves: list[Leaf] = []
        self.nested: list[Nested] = []
        self.devices: dict[str, None] = {}
        self.units: dict[tuple[int, int], str] = {}

    def record(self, record: Mapping[str, Any]) -> None:
        self._bases(record)
        device, path = _split(self.name, _text(record.get("n")))
        value, label = _value(record)
        if device:
            self.devices[device] = None
        if label is None:
            return
        if isinstance(value, (int, float)) and label == "v":
            value += self.base
        unit = _text(record.get("u")) or self.unit
        lwm2m = named_path(path)
        if lwm2m:
            if lwm2m.resource == UNIT:
                self.units[lwm2m.object_id, lwm2m.instance] = _text(value)
            unit = unit or self.units.get((lwm2m.object_id, lwm2m.instance), "")
            path = lwm2m.path
        else:
            path = ".".join(key_name(part) for part in path.split("/") if part)
        hint = "" if read_name(path) else _BY_UNIT.get(unit, "")
        self.leaves.append(Leaf(path, value, unit, device, hint))
        if isinstance(value, bytes):
            self.nested.append(Nested(path, Content(value), device))

    def _bases(self, record: Mapping[str, Any]) -> None:
        if "bn" in record:
            self.name = _text(record["bn"])
        if "bu" in record:
            self.unit = _text(record["bu"])
        base = record.get("bv")
        if isinstance(base, (int, float)) and not isinstance(base, bool):
            self.base = base


def senml(
    id_: str,
    title: str,
    reference: str,
    read: Callable[[Content], list[Mapping[str, Any]] | None],
) -> Format:
    """Return the format of packs that `read` finds in a content; None: there is none."""

    def probe(content: Content) -> float:
        return 0.9 if read(content) else 0.0

    def open_pack(content: Content) -> Opened:
        records = read(content)
        if records is None:
            raise DecodeError(f"{id_}: no pack of records")
        return open_records(records)

    return Format(id=id_, title=title, reference=reference, probe=probe, open=open_pack)


def open_records(records: list[Mapping[str, Any]]) -> Opened:
    """Return the leaves of a SenML pack (RFC 8428, 4.6), of at most 1,024 records.

    Labels are those of JSON.  A name that begins with a URN of a device, or with anything before
    a path of LwM2M, gives the subject.
    """
    resolver = _Resolver()
    for record in records[:MOST_RECORDS]:
        if isinstance(record, Mapping):
            resolver.record(record)
    devices = list(resolver.devices)
    alone = devices[0] if len(devices) == 1 else ""
    return Opened(
        leaves=resolver.leaves,
        subject=alone,
        identifiers={"name": alone} if alone else {},
        nested=resolver.nested,
        undecoded=OVER_LIMIT if len(records) > MOST_RECORDS else "",
        by_value=True,
    )


def _text(value: object) -> str:
    return value[:_LONGEST_NAME] if isinstance(value, str) else ""


def _value(record: Mapping[str, Any]) -> tuple[Any, str | None]:
    for label in VALUES:
        value = record.get(label)
        if value is None or (label == "bv" and not isinstance(value, bool)):
            continue
        if isinstance(value, (str, int, float, bytes)):
            return value, label
    return None, None


def _split(base: str, own: str) -> tuple[str, str]:
    """Return the device and the rest of a full name, which is base name and name together."""
    full = base + own
    if named_path(full):
        return "", full
    first, slash, rest = full.strip("/").partition("/")
    if slash and named_path(rest) and not named_path(own):
        return first, rest
    if base and own:  # also a path of LwM2M that does not begin the name
        return base.rstrip(":/_;-"), own
    if full.startswith("urn:"):
        return _of_urn(full)
    device, colon, rest = full.rpartition(":")
    return (device, rest) if colon and rest else ("", full)


def _of_urn(name: str) -> tuple[str, str]:
    """Return the device and the rest of urn:dev:ow:10e2073a01080063_temp (RFC 9039, 3 and 4)."""
    head, _, identity = name.rpartition(":")
    if head.count(":") > 2:
        return head, identity
    for separator in ("/", "_", ";"):
        device, found, rest = identity.partition(separator)
        if found:
            return f"{head}:{device}", rest
    return name, ""
