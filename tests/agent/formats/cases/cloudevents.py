"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _event(**event):
    head = {"specversion": "1.0", "id": "1", "source": "/kade/mast-4", "type": "org.example.meting"}
    return orjson.dumps({**head, **event})


CASES = (
    ("data", _event(data={"temp": 20.5}), {"type": "org.example.meting", "data.temp": 20.5}),
    ("octets", _event(data_base64="eyJhIjogMX0=", datacontenttype="application/json"),
     {"data_base64.a": 1}),
)  # fmt: skip
INVALID = (b"", b"{}", _event(), b'{"specversion": 1, "source": "a", "type": "b", "data": {}}')
SUBJECTS = (
    ("by its source", _event(data={}), "/kade/mast-4", {}),
    ("by its subject", _event(data={}, subject="lamp-2"), "lamp-2", {}),
)
