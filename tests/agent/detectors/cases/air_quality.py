"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "particles, four spellings",
        {"pm25": 8.1, "PM2_5": 8.1, "pm10": 12, "PM1.0": 3},
        {
            "pm25": "particulate_matter",
            "PM2_5": "particulate_matter",
            "pm10": "particulate_matter",
            "PM1_0": "particulate_matter",
        },
    ),
    (
        "Dutch",
        {"fijnstof": 8.1, "stikstofdioxide": 21, "ozon": 40},
        {
            "fijnstof": "particulate_matter",
            "stikstofdioxide": "reactive_gases",
            "ozon": "reactive_gases",
        },
    ),
    (
        "formulas",
        {"NO2": 21, "O3": 40, "so2": 1},
        {"NO2": "reactive_gases", "O3": "reactive_gases", "so2": "reactive_gases"},
    ),
    (
        "carbon dioxide",
        {"co2_ppm": 640, "kooldioxide": 640},
        {"co2_ppm": "carbon_dioxide", "kooldioxide": "carbon_dioxide"},
    ),
    ("odour", {"tvoc": 18, "geur": 4}, {"tvoc": "voc_odour", "geur": "voc_odour"}),
    (
        "index",
        {"aqi": 42, "luchtkwaliteit": 3},
        {"aqi": "air_quality_index", "luchtkwaliteit": "air_quality_index"},
    ),
    ("smoke", {"smoke_detected": False}, {"smoke_detected": "smoke_fire_alarm"}),
    ("radiation", {"gamma": 0.08}, {"gamma": "ionising_radiation"}),
    ("what a car emits is in its papers", {"voertuig": {"co2Uitstoot": 120}}, {}),
    ("an afternoon is not a particle", {"pm": "14:30"}, {}),
    ("an alarm of a quantity", {"co2_alarm_enabled": True}, {}),
    ("a gas meter", {"gas_meter_volume": 1200}, {}),
)
