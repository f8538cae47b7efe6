"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "loitering",
        {"event": {"loitering": True}},
        {"event.loitering": "behaviour_anomaly"},
    ),
    ("Dutch", {"vechtpartij": True}, {"vechtpartij": "behaviour_anomaly"}),
    (
        "a word of many meanings",
        {"person": {"behavior": 3}},
        {"person.behavior": "behaviour_anomaly"},
    ),
    ("a group", {"group_size": 4}, {"group_size": "group_distance"}),
    ("Spanish", {"distancia_personas": 1.4}, {"distancia_personas": "group_distance"}),
    ("French", {"distance_sociale_cm": 120}, {"distance_sociale_cm": "group_distance"}),
    ("by the word of an event", {"event_type": "loitering"}, {"event_type": "behaviour_anomaly"}),
    ("the same, Dutch", {"gebeurtenis": "vechtpartij"}, {"gebeurtenis": "behaviour_anomaly"}),
    ("the event of a door", {"event_type": "door_open"}, {}),
    ("an event in a sentence", {"event": "no fall was detected since the last restart"}, {}),
    ("what a channel is called", {"name": "loitering"}, {}),
    ("what a lamp does after an outage", {"power_outage_behavior": "restore"}, {}),
    ("a door", {"intrusion": True, "door": "open"}, {}),
    ("the distance to a wall", {"distance": 1.4}, {}),
)
