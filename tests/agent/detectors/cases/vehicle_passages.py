"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "beside a plate, without a word for the vehicle",
        {"plate": "ZZ001Z", "make": "Volvo", "color": "white", "lane": 1},
        {"make": "vehicle_passage", "color": "vehicle_passage"},
    ),
    (
        "make and mass beside a plate",
        {
            "camera": {"id": "c1"},
            "voertuig": {"merk": "Volvo", "massa": 1500, "kenteken": {"kentekenHash": "ab" * 20}},
        },
        {"voertuig.merk": "vehicle_passage", "voertuig.massa": "vehicle_passage"},
    ),
    (
        "one vehicle on a lane",
        {"lane": 2, "vehicle": {"speed": 48.1, "length": 4.4, "class": 2}},
        {
            "vehicle.speed": "vehicle_passage",
            "vehicle.length": "vehicle_passage",
            "vehicle.class": "vehicle_passage",
        },
    ),
    (
        "averages of a lane",
        {"lane": 2, "averageVehicleSpeed": 48.1, "averageVehicleLength": 4.4},
        {},
    ),
    ("a catalogue of models", {"vehicle": {"brand": "Volvo", "model": "FH"}}, {}),
    ("the make of the device", {"brand": "Volvo", "model": "FH", "lane": 1}, {}),
)
