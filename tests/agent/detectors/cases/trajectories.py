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
    (
        "rows of journeys, whatever the table is called",
        {"rows": [{"origin": "Dock", "destination": "Square", "trips": 4}]},
        {"rows[].trips": "origin_destination_matrix"},
    ),
    (
        "rows of journeys, Spanish",
        {
            "tabla": [
                {"origen": 3, "destino": 7, "viajes": 41},
                {"origen": 7, "destino": 3, "viajes": 6},
            ]
        },
        {"tabla[].viajes": "origin_destination_matrix"},
    ),
    (
        "a timetable",
        {"trips": [{"origin": "Dock", "destination": "Square", "departure": "10:04", "trip": 4}]},
        {},
    ),
    (
        "connections of a network",
        {"flows": [{"origin": "gw-1", "destination": "gw-2", "packets": 41, "trips": 2}]},
        {},
    ),
    ("how often in a time", {"rows": [{"from": "10:00", "to": "11:00", "trips": 4}]}, {}),
    ("one way, told by a lift", {"origin": 1, "destination": 4, "trips": 812}, {}),
    ("oxygen", {"od": 8.1}, {}),
)
