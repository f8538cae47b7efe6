"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    ("the colour of what has a plate", {"Plate": "ZZ001Z", "Color": "white"}, {}),
    (
        "dimming",
        {"dimLevel": 60, "dimstand": 60},
        {"dimLevel": "actuation_light_level", "dimstand": "actuation_light_level"},
    ),
    ("colour", {"color": "#ff8800"}, {"color": "actuation_light_colour"}),
    ("Dutch colour", {"lichtkleur": "rood"}, {"lichtkleur": "actuation_light_colour"}),
    ("channels", {"rgb": [255, 128, 0]}, {"rgb[]": "actuation_light_colour"}),
    ("a command, by its topic", 40, {"": "actuation_light_level"}, "plein/lamp-4/dim/set"),
    ("scent", {"scent_release": True}, {"scent_release": "actuation_scent"}),
    ("sign", {"bordtekst": "Plein afgesloten"}, {"bordtekst": "actuation_message"}),
    ("the colour of a car", {"vehicle": {"color": "red"}}, {}),
    ("the colour of clothes", {"person": {"upper_color": "red"}}, {}),
    (
        "brightness that is commanded",
        {"helligkeit": 40},
        {"helligkeit": "actuation_light_level"},
        "strasse/leuchte-4/set",
    ),
    ("brightness that is measured", {"helligkeit": 40}, {}, "strasse/mast-4/messwerte"),
    ("how light it is", {"illuminance": 120}, {}),
    (
        "how bright a lamp burns, in a language with one word for both",
        {"Helligkeit": 60, "Wirkleistung": 31.2},
        {"Helligkeit": "actuation_light_level"},
        "stadt/beleuchtung/mast-4",
    ),
    (
        "how bright a lamp burns, said of the lamp",
        {"lampadaire": {"luminosite": {"value": 60, "unit": "%"}}},
        {"lampadaire.luminosite.value": "actuation_light_level"},
    ),
    ("how bright the day is", {"Helligkeit": 12000}, {}, "stadt/wetter/4"),
    ("the day at a lamp post", {"luminosite_lux": 40}, {}, "ville/eclairage/4"),
    ("Spanish", {"brillo": 60}, {"brillo": "actuation_light_level"}),
)
