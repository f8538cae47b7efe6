"""SenML in CBOR: the records of SenML, with numbers for labels."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.cbor_values import may_be_cbor, read_cbor
from schouw_agent.formats.parsed_values import plain
from schouw_agent.formats.senml_records import is_pack, senml
from schouw_agent.records import Content

# RFC 8428, table 4, and ct of RFC 9193.
_LABELS = {
    -6: "bs", -5: "bv", -4: "bu", -3: "bt", -2: "bn", -1: "bver",
    0: "n", 1: "u", 2: "v", 3: "vs", 4: "vb", 5: "s", 6: "t", 7: "ut", 8: "vd",
}  # fmt: skip


def _read(content: Content) -> list[Mapping[str, Any]] | None:
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
    return renamed if is_pack(renamed) else None


FORMAT = senml("senml_cbor", "SenML in CBOR", "RFC 8428, 6", _read)
