"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("fever", {"body_temperature": 38.4}, {"body_temperature": "body_temperature_health"}),
    (
        "a belt",
        {"ecg": [1, 2], "hr": 75},
        {
            "ecg[]": "body_temperature_health",
            "hr": "body_temperature_health",
        },
    ),
    ("French", {"frequence_cardiaque": 75}, {"frequence_cardiaque": "body_temperature_health"}),
    ("a clock", {"hr": 12, "min": 30}, {}),
    ("the heartbeat of a device", {"heartbeat": 75}, {}),
    ("a water meter", {"pulse_rate": 12}, {}),
    ("air", {"temperature": 38.4}, {}),
)
