"""SenML in JSON and in CBOR, and the JSON that LwM2M 1.0 made of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.cbor_values import may_be_cbor, read_cbor
from schouw_agent.formats.parsed_values import plain
from schouw_agent.formats.senml_records import VALUES, open_records
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

# RFC 8428, table 4, and ct of RFC 9193.
_LABELS = {
    -6: "bs", -5: "bv", -4: "bu", -3: "bt", -2: "bn", -1: "bver",
    0: "n", 1: "u", 2: "v", 3: "vs", 4: "vb", 5: "s", 6: "t", 7: "ut", 8: "vd",
}  # fmt: skip
_KNOWN = frozenset((*_LABELS.values(), "ct", "bct", "vlo"))
_TELLING = frozenset(("n", "bn"))
_OLD_KNOWN = frozenset(("n", "v", "sv", "bv", "ov", "t", "u", "s"))


def _is_pack(value: Any) -> bool:
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


def _from_json(content: Content) -> list[Mapping[str, Any]] | None:
    value = content.value
    if isinstance(value, dict):
        return _earlier(value)
    return value if _is_pack(value) else None


def _earlier(value: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return the records of LwM2M 1.0 JSON: `{"bn": "/3303/0/", "e": [{"n": "5700", "v": 1}]}`."""
    rows = value.get("e")
    if not isinstance(rows, list) or not rows or not value.keys() <= {"bn", "bt", "bu", "e"}:
        return None
    for row in rows[:64]:
        if not isinstance(row, dict) or not row or not row.keys() <= _OLD_KNOWN:
            return None
    base = {key: item for key, item in value.items() if key != "e"}
    if not base.get("bn") and not any("n" in row for row in rows):
        return None
    return [base, *rows]


def _from_cbor(content: Content) -> list[Mapping[str, Any]] | None:
    octets = content.octets
    if not may_be_cbor(octets) or octets[0] >= 0xA0:
        return None
    try:
        value = read_cbor(octets)
    except DecodeError:
        return None
    if not isinstance(value, list) or not all(isinstance(record, dict) for record in value):
        return None
    renamed: list[Mapping[str, Any]] = [
        {_LABELS.get(key, key): plain(item) for key, item in record.items()} for record in value
    ]
    return renamed if _is_pack(renamed) else None


def _probe_json(content: Content) -> float:
    return 0.9 if _from_json(content) else 0.0


def _open_json(content: Content) -> Opened:
    return _open(_from_json(content), "senml_json")


def _probe_cbor(content: Content) -> float:
    return 0.9 if _from_cbor(content) else 0.0


def _open_cbor(content: Content) -> Opened:
    return _open(_from_cbor(content), "senml_cbor")


def _open(records: Sequence[Mapping[str, Any]] | None, name: str) -> Opened:
    if records is None:
        raise DecodeError(f"{name}: no pack of records")
    return open_records([record for record in records if isinstance(record, dict)])


FORMAT = (
    Format(
        id="senml_json",
        title="SenML, and the JSON of LwM2M",
        reference="RFC 8428, 4 and 5; OMA LwM2M 1.0, 6.4.4",
        probe=_probe_json,
        open=_open_json,
    ),
    Format(
        id="senml_cbor",
        title="SenML in CBOR",
        reference="RFC 8428, 6",
        probe=_probe_cbor,
        open=_open_cbor,
    ),
)
