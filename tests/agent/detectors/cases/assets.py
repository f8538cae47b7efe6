"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "a household's meter",
        {"household": {"energy": 2.1}},
        {"household.energy": "household_energy_use"},
    ),
    (
        "bin",
        {"fill_level": 40, "vulgraad": 40},
        {"fill_level": "waste_fill_level", "vulgraad": "waste_fill_level"},
    ),
    (
        "door and bridge",
        {"door_open": True, "brugstand": "open"},
        {"door_open": "asset_state", "brugstand": "asset_state"},
    ),
    ("leak", {"waterleak": 0, "valve": True}, {"waterleak": "asset_state", "valve": "asset_state"}),
    (
        "energy",
        {"activePower": 310.0, "energieverbruik": 12.1},
        {"activePower": "asset_energy_use", "energieverbruik": "asset_energy_use"},
    ),
    (
        "button",
        {"button": 1, "knop_ingedrukt": True},
        {"button": "button_press", "knop_ingedrukt": "button_press"},
    ),
    ("traffic light", {"verkeerslicht": "rood"}, {"verkeerslicht": "traffic_signal_state"}),
    ("power of a transmitter", {"tx_power": 14}, {}),
    ("a door's number is text", {"door": "Havenplein zuidzijde ingang"}, {}),
    ("the battery of a button", {"button": {"battery": 3.0}}, {}),
    ("a state of charge is the device's", {"battery_charge": 80}, {}),
)
