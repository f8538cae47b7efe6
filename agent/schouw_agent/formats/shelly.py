"""Shelly devices of the second generation: notifications of what changed, and who says so."""

import re
from dataclasses import replace

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened

_SOURCE = re.compile(r"shelly[a-z0-9]+-([0-9a-f]{12})", re.IGNORECASE)


def _probe(content: Content) -> float:
    value = json_object(content)
    source = value.get("src")
    if not isinstance(source, str) or not _SOURCE.fullmatch(source):
        return 0.0
    return 0.95 if isinstance(value.get("params", value.get("result")), dict) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    key = "params" if isinstance(value.get("params"), dict) else "result"
    opened = open_value(value.get(key), key)
    source = _SOURCE.fullmatch(str(value.get("src", "")))
    identifiers = {"name": source[0], "serial": source[1].upper()} if source else {}
    return replace(opened, identifiers=identifiers)


FORMAT = Format(
    id="shelly",
    title="Shelly notification",
    reference="Shelly technical documentation, Gen2+: RPC protocol and notifications",
    probe=_probe,
    open=_open,
)
