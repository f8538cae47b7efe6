"""InfluxDB line protocol: measurement, tags, fields and a moment."""

import re
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import key_name
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened

_LONGEST = 2**20
_MOST_LINES = 1024
_MOST_LEAVES = 4096
# A backslash makes a separator part of a name.
_KEY = r"(?:[^\s,=\\\"]|\\.){1,128}"
_VALUE = r'(?:"(?:[^"\\]|\\.){0,4096}"|[^\s,="]{1,128})'
_LINE = re.compile(
    rf"({_KEY})((?:,{_KEY}={_KEY}){{0,64}}) ({_KEY}={_VALUE}(?:,{_KEY}={_VALUE}){{0,256}})"
    r"(?: -?\d{1,19})?$"
)
_TAG = re.compile(rf",({_KEY})=({_KEY})")
_FIELD = re.compile(rf"({_KEY})=({_VALUE})(?:,|$)")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)([iu]?)$")
_FLAGS = {"t": True, "true": True, "f": False, "false": False}
_ESCAPED = re.compile(r"\\(.)")
_DEVICES = ("device", "device_id", "deviceid", "dev_eui", "sensor", "sensor_id", "node", "host")
"""Tags that say which device a line is about."""


class _Line(NamedTuple):
    measurement: str
    tags: list[tuple[str, str]]
    fields: list[tuple[str, float | int | bool | str]]


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _value(text: str) -> float | int | bool | str | None:
    if text[0] == '"':
        return _bare(text[1:-1])
    if text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    match = _NUMBER.match(text)
    if match is None:
        return None
    if match[2]:
        return int(match[1]) if match[1].lstrip("+-").isdecimal() else None
    return float(match[1])


def _line(text: str) -> _Line | None:
    match = _LINE.match(text)
    if match is None:
        return None
    fields = []
    for name, written in _FIELD.findall(match[3]):
        value = _value(written)
        if value is None:
            return None
        fields.append((_bare(name), value))
    tags = [(_bare(name), _bare(value)) for name, value in _TAG.findall(match[2])]
    return _Line(_bare(match[1]), tags, fields)


def _read(octets: bytes, most: int = _MOST_LINES) -> list[_Line] | None:
    if b"=" not in octets[:8192] or b" " not in octets[:8192] or octets[:1] in (b"{", b"[", b"<"):
        return None
    text = as_text(octets, _LONGEST)
    if text is None:
        return None
    found: list[_Line] = []
    for row in text.splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        line = _line(row.strip())
        if line is None:
            return None
        found.append(line)
        if len(found) >= most:
            break
    return found or None


def _probe(content: Content) -> float:
    return 0.86 if _read(content.octets, 16) else 0.0


def _open(content: Content) -> Opened:
    lines = _read(content.octets)
    if lines is None:
        raise DecodeError("influx_lines: not line protocol")
    leaves: list[Leaf] = []
    for line in lines:
        root = key_name(line.measurement)
        subject = next((v for name in _DEVICES for k, v in line.tags if k.lower() == name), "")
        for name, tag in line.tags:
            leaves.append(Leaf(f"{root}.{key_name(name)}", tag, "", subject))
        for name, value in line.fields:
            leaves.append(Leaf(f"{root}.{key_name(name)}", value, "", subject))
    over = len(leaves) > _MOST_LEAVES or len(lines) >= _MOST_LINES
    return Opened(leaves=leaves[:_MOST_LEAVES], undecoded=OVER_LIMIT if over else "")


FORMAT = Format(
    id="influx_lines",
    title="InfluxDB line protocol",
    reference="InfluxData documentation, Line protocol reference",
    probe=_probe,
    open=_open,
)
