"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _push(data, **attributes):
    message = {"data": data, "attributes": attributes, "messageId": "1"}
    return orjson.dumps({"message": message, "subscription": "projects/p/subscriptions/s"})


CASES = (
    ("JSON", _push("eyJhIjogMX0=", deviceId="mast-5"), {"message.data.a": 1}),
    ("text that is not base64", _push("21.5", deviceId="mast-5"), {"message.data": "21.5"}),
)
INVALID = (b"", b"{}", b'{"message": "x"}', b'{"message": {"data": "x"}}', b'{"subscription": "s"}')
SUBJECTS = (("by the attributes", CASES[0][1], "mast-5", {"name": "mast-5"}),)
