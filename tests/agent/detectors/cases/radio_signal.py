"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "sensors that it relays",
        {"devices": [{"mac": "02:1a:4b:00:00:01", "rssi": -71, "tempc": 21.0}]},
        {"devices[].rssi": "radio_link_quality"},
    ),
    (
        "own link",
        {"rssi": -101, "snr": 4.5},
        {"rssi": "radio_link_quality", "snr": "radio_link_quality"},
    ),
    ("Dutch", {"signaalsterkte": -80}, {"signaalsterkte": "radio_link_quality"}),
    (
        "gateways that heard it",
        {"rx_metadata": [{"rssi": -90}, {"rssi": -99}]},
        {"rx_metadata[].rssi": "radio_link_quality"},
    ),
    (
        "clients that it heard",
        {"clients": [{"mac": "02:1a:4b:00:00:01", "rssi": -61}]},
        {"clients[].rssi": "rssi_observed_device"},
    ),
    (
        "Dutch: of visitors",
        {"bezoekers": [{"hash": "ab" * 32, "rssi": -61}]},
        {"bezoekers[].rssi": "rssi_observed_device"},
    ),
    ("text", {"rssi": "good signal here"}, {}),
    ("a traffic signal", {"signal_group": 3}, {}),
)
