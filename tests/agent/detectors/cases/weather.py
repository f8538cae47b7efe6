"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("English, bare", {"temperature": 21.5}, {"temperature": "air_temperature"}),
    ("Dutch, glued", {"luchttemperatuur": 9.1}, {"luchttemperatuur": "air_temperature"}),
    (
        "abbreviated",
        {"TempC_SHT": 9.1, "Hum_SHT": 60.0},
        {"TempC_SHT": "air_temperature", "Hum_SHT": "relative_humidity"},
    ),
    (
        "Dutch, two words",
        {"relatieve_luchtvochtigheid": 71},
        {"relatieve_luchtvochtigheid": "relative_humidity"},
    ),
    (
        "unit beside the value",
        {"pressure": {"value": 1013.2, "unit": "hPa"}},
        {"pressure.value": "air_pressure"},
    ),
    ("a pressure of the air by its range", {"pressure": 1004.7}, {"pressure": "air_pressure"}),
    ("Dutch pressure", {"luchtdruk": 1013}, {"luchtdruk": "air_pressure"}),
    ("a pressure far from the air's", {"pressure": -1192}, {}),
    ("a pressure in a water pipe", {"water": {"pressure": 1000}}, {}),
    (
        "named by its neighbour",
        {"sensors": [{"name": "temperature", "value": 4.5}]},
        {"sensors[].value": "air_temperature"},
    ),
    (
        "wind in Dutch",
        {"windsnelheid": 4.2, "windrichting": 270},
        {"windsnelheid": "wind", "windrichting": "wind"},
    ),
    (
        "rain, two languages",
        {"neerslag": 0.2, "rain_rate": 1.0},
        {"neerslag": "precipitation", "rain_rate": "precipitation"},
    ),
    (
        "sun and light",
        {"uvIndex": 3, "lux": 12000, "zonnestraling": 400.0},
        {
            "uvIndex": "solar_radiation_uv",
            "lux": "illuminance",
            "zonnestraling": "solar_radiation_uv",
        },
    ),
    ("lightning", {"lightning_strike_count": 2}, {"lightning_strike_count": "lightning_strike"}),
    ("the temperature of the processor is the device's", {"cpuTemperature": 48.0}, {}),
    ("a picture of warmth", {"temperature_matrix": [21.5, 22.0] * 32}, {}),
    ("the temperature of the soil is the soil's", {"soilTemp": 11.0}, {}),
    ("a threshold is a setting", {"temperature_threshold": 30}, {}),
    ("a colour temperature is light", {"color_temp": 370}, {}),
    ("a body temperature is not the air's", {"body_temperature": 37.2}, {}),
    ("no sensor", {"temperature": "NoSensor"}, {}),
    ("far out of range and no unit is a question at most", {"tmp": 4000}, {}),
    ("number as text with its unit", {"temp": "21.5 °C"}, {"temp": "air_temperature"}),
    ("the wrong unit", {"humidity": {"value": 3.2, "unit": "V"}}, {}),
    ("a bare value is named by its topic", 21.5, {"": "air_temperature"}, "plein/weer/temperatuur"),
    ("how bright a lamp burns", {"Helligkeit": 60}, {}, "stadt/beleuchtung/mast-4"),
    (
        "the twilight switch of a lamp",
        {"luminosite_lux": 40},
        {"luminosite_lux": "illuminance"},
        "ville/eclairage/4",
    ),
)
