"""Events of Dahua cameras: `Code=…;action=…;index=…;data={…}`."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Nested, Opened

_EVENT = re.compile(
    rb"\s*Code=([A-Za-z0-9_]{2,64});\s*action=([A-Za-z]{2,16})(?:;\s*index=\d{1,4})?"
    rb"(?:;\s*data=(\{.*))?\s*",
    re.DOTALL,
)


def _probe(content: Content) -> float:
    return 0.95 if _EVENT.fullmatch(content.octets) else 0.0


def _open(content: Content) -> Opened:
    event = _EVENT.fullmatch(content.octets)
    if event is None:
        raise DecodeError("dahua_event: no event")
    data = (event[3] or b"").strip()
    return Opened(
        leaves=(Leaf("event", event[1].decode("ascii"), "", "", ""),),
        nested=(Nested("data", Content(data)),) if data else (),
    )


FORMAT = Format(
    id="dahua_event",
    title="Dahua camera event",
    reference="Dahua HTTP API for IPC, eventManager.cgi attach",
    probe=_probe,
    open=_open,
)
