"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "battery",
        {"BatV": 3.6, "batterijspanning": 3.6},
        {"BatV": "device_health", "batterijspanning": "device_health"},
    ),
    ("uptime", {"uptime": 86400}, {"uptime": "device_health"}),
    (
        "inside",
        {"board_temperature": 31.0, "interne_temperatuur": 31.0},
        {"board_temperature": "device_health", "interne_temperatuur": "device_health"},
    ),
    (
        "firmware",
        {"fw": "1.2.3", "firmwareversie": "1.2.3"},
        {"fw": "device_firmware_config", "firmwareversie": "device_firmware_config"},
    ),
    ("settings", {"co2_threshold": 1200}, {"co2_threshold": "device_firmware_config"}),
    (
        "tamper",
        {"tamper": False, "sabotage": False},
        {"tamper": "device_tamper", "sabotage": "device_tamper"},
    ),
    ("the temperature outside is a measurement", {"temperature": 21.0}, {}),
    ("a version of a standard word", {"conversion": 3}, {}),
)
