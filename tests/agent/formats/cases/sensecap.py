"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _readings(*rows):
    return orjson.dumps({"err": 0, "messages": list(rows)})


CASES = (
    (
        "a number of the list says what it is, and in which unit",
        _readings({"type": "report_telemetry", "measurementId": 4097, "measurementValue": 21.4}),
        {
            "err": 0,
            "messages[].type": "air temperature",
            "messages[].measurementId": 4097,
            "messages[].measurementValue": 21.4,
            "messages[].unit": "°C",
        },
    ),
    (
        "as text, in a list for each moment; what is not on the list stays",
        _readings([{"measurementId": "4100", "measurementValue": 620}, {"measurementId": "9"}]),
        {
            "err": 0,
            "messages[][].type": "co2",
            "messages[][].unit": "ppm",
            "messages[][].measurementValue": 620,
            "messages[][].measurementId": "9",
        },
    ),
)
HINTS = (
    (
        "the number, not the type of message",
        _readings({"type": "report_telemetry", "measurementId": 4102, "measurementValue": 21.4}),
        {"messages[].measurementValue": "soil temperature"},
    ),
)
INVALID = (
    b"", b"{}", b'{"messages": 4}', b'{"messages": [4, "x", [4]]}',
    b'{"messages": [{"measurementId": 17, "measurementValue": 2}]}',
    '{"messages": [{"measurementId": "４０９７"}]}'.encode(),
)  # fmt: skip
