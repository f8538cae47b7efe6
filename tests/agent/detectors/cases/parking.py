"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("status", {"parking_status": "occupied"}, {"parking_status": "parking_bay_occupancy"}),
    ("Dutch", {"parkeervak_bezet": True}, {"parkeervak_bezet": "parking_bay_occupancy"}),
    ("free places", {"freeSpaces": 12}, {"freeSpaces": "parking_bay_occupancy"}),
    (
        "its type says so",
        {"type": "ParkingSpot", "status": "free"},
        {"status": "parking_bay_occupancy"},
    ),
    (
        "its topic says so",
        {"occupied": True},
        {"occupied": "parking_bay_occupancy"},
        "plein/parking/status",
    ),
    ("a room", {"occupied": True}, {}),
    ("a number of a bay", {"parking_id": "P-12"}, {}),
)
