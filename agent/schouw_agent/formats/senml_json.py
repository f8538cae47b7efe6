"""SenML in JSON, and the JSON that LwM2M 1.0 made of it."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.formats.senml_records import is_pack, senml
from schouw_agent.records import Content

_OLD_KNOWN = frozenset(("n", "v", "sv", "bv", "ov", "t", "u", "s"))


def _read(content: Content) -> list[Mapping[str, Any]] | None:
    value = content.value
    if isinstance(value, dict):
        return _earlier(value)
    return value if is_pack(value) else None


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


FORMAT = senml(
    "senml_json", "SenML, and the JSON of LwM2M", "RFC 8428, 4 and 5; OMA LwM2M 1.0, 6.4.4", _read
)
