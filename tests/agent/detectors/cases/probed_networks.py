"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("asked for", {"probe": {"ssid": "thuisnet"}}, {"probe.ssid": "probed_ssid_list"}),
    (
        "listed by client",
        {"probes": [{"client": 1, "ssids": ["thuisnet"]}]},
        {"probes[].ssids[]": "probed_ssid_list"},
    ),
    ("Dutch", {"gezochte_netwerken": ["thuisnet"]}, {"gezochte_netwerken[]": "probed_ssid_list"}),
    ("its own network", {"wifi": {"ssid": "stadsnet", "rssi": -60}}, {}),
    ("networks around", {"scan": [{"bssid": "02:00:00:00:00:01", "ssid": "stadsnet"}]}, {}),
)
