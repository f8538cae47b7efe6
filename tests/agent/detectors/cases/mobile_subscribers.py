"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "seen by a cell",
        {"subscribers": [{"imsi": "204041234567890"}]},
        {"subscribers[].imsi": "mobile_subscriber_id"},
    ),
    (
        "with a check digit",
        {"visitor": {"imei": "490154203237518"}},
        {"visitor.imei": "mobile_subscriber_id"},
    ),
    ("Dutch", {"telefoon": {"imei": 490154203237518}}, {"telefoon.imei": "mobile_subscriber_id"}),
    ("a number of a tracker itself", {"imei": "490154203237518", "lat": 52.1}, {}),
    ("its own card", {"modem": {"iccid": "89314404000000000000"}}, {}),
    ("not a number", {"visitor": {"imei": "unknown"}}, {}),
)
