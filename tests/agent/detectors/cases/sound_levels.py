"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "levels of a meter",
        {"LAeq": 55.1, "LAFmax": 71.0, "LA90": 48.0},
        {"LAeq": "sound_level", "LAFmax": "sound_level", "LA90": "sound_level"},
    ),
    ("Dutch", {"geluidsniveau": 55.1}, {"geluidsniveau": "sound_level"}),
    (
        "unit beside the value",
        {"sound": {"value": 60, "unit": "dB(A)"}},
        {"sound.value": "sound_level"},
    ),
    ("noise is a level when it is one number", {"noise": 58.5}, {"noise": "sound_level"}),
    (
        "octave bands",
        {"sound": {"spectrum_db": [40, 41.5, 52, 60, 55.5, 47, 33, 20]}},
        {"sound.spectrum_db[]": "sound_level"},
    ),
    ("classes of sound", {"sound_class": "scooter"}, {"sound_class": "sound_event_class"}),
    ("Dutch classes", {"geluidssoort": "muziek"}, {"geluidssoort": "sound_event_class"}),
    ("the noise floor of a radio", {"radio": {"noise_floor": -98}}, {}),
    ("a signal in dB", {"signal_db": -80}, {}),
    (
        "thirds of octaves, under a name of sound",
        {"audio": {"bands": [31.5 + i for i in range(31)]}},
        {"audio.bands[]": "sound_level"},
    ),
    ("samples under the name of a level", {"noise": [(-1) ** i * 900 for i in range(1600)]}, {}),
    ("a list of another length", {"audio": {"ids": [1, 2, 3, 4, 5]}}, {}),
    ("text is no level", {"noise": "NoSensor"}, {}),
    ("far over what is possible", {"sound": 40000}, {}),
)
