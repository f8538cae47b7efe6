"""Rows: why; message; what must be found, category by key path; topic."""

_VECTOR = [0.0625 if i % 2 else -0.0625 for i in range(256)]

CASES = (
    (
        "what was said",
        {"transcript": "can you hear me now"},
        {"transcript": "speech_content"},
    ),
    ("Dutch", {"gesproken_tekst": "kunt u mij nu horen"}, {"gesproken_tekst": "speech_content"}),
    ("aggression", {"aggression_level": 4}, {"aggression_level": "voice_aggression_event"}),
    ("German", {"verbale_aggression": True}, {"verbale_aggression": "voice_aggression_event"}),
    ("a print", {"voice": {"embedding": _VECTOR}}, {"voice.embedding[]": "voice_print"}),
    (
        "who speaks",
        {"speaker_id": "s-12", "speech": "yes"},
        {"speaker_id": "voice_print"},
    ),
    ("French", {"cri_detecte": True}, {"cri_detecte": "voice_aggression_event"}),
    ("by the word of an event", {"eventType": "scream"}, {"eventType": "voice_aggression_event"}),
    ("how well a lamp renders colours", {"cri": 80}, {}),
    ("the id of a loudspeaker", {"speaker_id": 12, "volume": 30}, {}),
    ("one word of a state", {"transcript": "idle"}, {}),
    ("levels of a voice channel", {"voice": {"vector": [50 + i for i in range(256)]}}, {}),
)
