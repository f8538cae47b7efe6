"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "levels",
        {"waterLevel": 1.2, "waterstand": 1.2, "grondwaterstand": -0.8},
        {
            "waterLevel": "water_level",
            "waterstand": "water_level",
            "grondwaterstand": "water_level",
        },
    ),
    (
        "soil",
        {"soil": {"moisture": 31}, "bodemvocht": 31},
        {"soil.moisture": "soil_condition", "bodemvocht": "soil_condition"},
    ),
    (
        "quality",
        {"pH": 7.4, "turbidity": 3.1, "troebelheid": 3.1},
        {"pH": "water_quality", "turbidity": "water_quality", "troebelheid": "water_quality"},
    ),
    ("flow", {"debiet": 0.4, "flow_rate": 12}, {"debiet": "water_flow", "flow_rate": "water_flow"}),
    ("the level of a bin", {"fill_level": 40}, {}),
    ("the level of a battery", {"battery_level": 40}, {}),
    ("a flow of people", {"people_flow": 40}, {}),
    ("the level of a log", {"log_level": 3}, {}),
)
