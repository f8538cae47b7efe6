"""Rows: why; message; what must be found, category by key path; topic."""

import math

_TONE = [round(9000 * math.sin(i * 0.7) + 3000 * math.sin(i * 2.1)) for i in range(1600)]
_LEVELS = [50 + (i * 7) % 13 / 2 for i in range(1600)]
_BYTES = [128 + round(60 * math.sin(i * 0.7)) for i in range(1600)]

CASES = (
    (
        "samples at 16 kHz under an innocent name",
        {"noise": _TONE, "sampleRate": 16000},
        {"noise[]": "audio_stream"},
    ),
    ("named and long", {"audio": {"samples": _TONE}}, {"audio.samples[]": "audio_stream"}),
    ("Dutch", {"geluid": _TONE}, {"geluid[]": "audio_stream"}),
    ("eight bits", {"pcm": _BYTES}, {"pcm[]": "audio_stream"}),
    ("no name, but a rate", {"d": _TONE, "fs": 8000}, {"d[]": "audio_stream"}),
    ("many levels are levels", {"noise": _LEVELS}, {}),
    ("vibration of a bridge", {"acceleration": _TONE, "sampleRate": 12800}, {}),
    ("slow samples", {"sound": _TONE, "sampleRate": 1000}, {}),
    ("too few", {"sound": _TONE[:100]}, {}),
    ("a list of counts", {"audio": list(range(1600))}, {}),
)
