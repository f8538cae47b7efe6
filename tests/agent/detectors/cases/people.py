"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "a number of what the topic names",
        {"teller": "P-3", "aantal": 31},
        {"aantal": "people_count"},
        "plein/passanten",
    ),
    ("a number of something else", {"aantal": 31}, {}, "plein/banken"),
    ("what is in a bay is a vehicle", {"sensor": "PV-12", "bezet": True}, {}, "plein/parkeren"),
    ("how often a link came up", {"wifi": {"linkCount": 3}}, {}),
    (
        "counts",
        {"people_in": 4, "people_out": 2},
        {"people_in": "people_count", "people_out": "people_count"},
    ),
    ("glued", {"peoplein": 4}, {"peoplein": "people_count"}),
    ("Dutch", {"aantalBezoekers": 14}, {"aantalBezoekers": "people_count"}),
    ("pedestrians", {"voetgangers": 31}, {"voetgangers": "pedestrian_flow"}),
    (
        "density",
        {"crowdDensity": 0.8, "drukte": 3},
        {"crowdDensity": "crowd_density", "drukte": "crowd_density"},
    ),
    (
        "presence",
        {"motion": True, "aanwezigheid": 1},
        {"motion": "presence_binary", "aanwezigheid": "presence_binary"},
    ),
    (
        "devices",
        {"wifi_devices": 31, "aantal_telefoons": 28},
        {"wifi_devices": "observed_device_count", "aantal_telefoons": "observed_device_count"},
    ),
    (
        "unique addresses are a number here",
        {"unique_macs": 31},
        {"unique_macs": "observed_device_count"},
    ),
    ("a bay is not a person", {"parking_occupied": True}, {}),
    ("how many there may be", {"people_limit": 200}, {}),
    ("a setting of a camera", {"motion_sensitivity": 35}, {}),
    ("a name that mentions people", {"people_counter_id": "T-12"}, {}),
    ("text", {"people": "none today, closed"}, {}),
    ("a command is no observation", "ON", {}, "camera/voordeur/motion/set"),
    (
        "a bare count is named by its topic",
        42,
        {"": "people_count"},
        "camera/voordeur/person/active",
    ),
)
