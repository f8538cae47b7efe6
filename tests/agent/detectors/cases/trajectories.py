"""Rows: why; message; what must be found, category by key path; topic."""

_HASH = "3f0c9d1b7e22a94d" * 4

CASES = (
    (
        "the places where one telephone was",
        {"mac_hash": _HASH, "trajectory": [{"sensor": "s1"}, {"sensor": "s2"}]},
        {"trajectory[].sensor": "device_trajectory"},
    ),
    (
        "Dutch",
        {"pseudoniem": _HASH, "waarnemingen": [{"plaats": "brug"}, {"plaats": "plein"}]},
        {"waarnemingen[].plaats": "device_trajectory"},
    ),
    ("a table of journeys", {"od_matrix": [3, 4]}, {"od_matrix[]": "origin_destination_matrix"}),
    ("French", {"origine_destination": 12}, {"origine_destination": "origin_destination_matrix"}),
    ("the sensors of a gateway", {"gateway": _HASH, "route": [{"sensor": "s1"}]}, {}),
    ("oxygen", {"od": 8.1}, {}),
)
