"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_CENTRAL = {"applicationId": "a", "messageSource": "telemetry", "deviceId": "mast-3"}
_SYSTEM = {"iothub-connection-device-id": "mast-4"}


def _hub(body):
    data = {"properties": {}, "systemProperties": _SYSTEM, "body": body}
    return {"eventType": "Microsoft.Devices.DeviceTelemetry", "data": data, "id": "1"}


CASES = (
    ("Central", orjson.dumps({**_CENTRAL, "telemetry": {"temp": 20}}), {"telemetry.temp": 20}),
    ("Hub", orjson.dumps([_hub({"temp": 21})]), {"data.body.temp": 21}),
    ("Hub, in base64", orjson.dumps([_hub("eyJhIjogMX0=")]), {"data.body.a": 1}),
)
INVALID = (
    b"", b"{}", b"[]", b'{"telemetry": {"a": 1}}',
    b'{"eventType": "Microsoft.Storage.BlobCreated"}',
    b'[{"eventType": "Microsoft.Devices.DeviceTelemetry", "data": 3}]',
)  # fmt: skip
SUBJECTS = (
    ("Central", CASES[0][1], "mast-3", {"name": "mast-3"}, ["mast-3"]),
    ("Hub", CASES[1][1], "mast-4", {"name": "mast-4"}, ["mast-4"]),
)
