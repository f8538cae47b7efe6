"""Rows by category: messages that are it, by language; near misses, with the reason."""

_UNIT = [0.0883883] * 128
_WIDE = [0.0625 if i % 2 else -0.0625 for i in range(256)]

CATEGORIES = {
    "face_template": (
        [
            ("en", {"face": {"embedding": _UNIT}}),
            ("nl", {"gezicht": {"kenmerken": _UNIT}}),
            ("fr", {"visage": {"vecteur": _WIDE}}),
        ],
        [
            ("of a text", {"text_embedding": _UNIT}),
            ("a series", {"face": {"feature": [1.5 + i for i in range(128)]}}),
        ],
    ),
    "face_match": (
        [("en", {"face": {"similarity": 0.93}}), ("nl", {"gezicht": {"gelijkenis": 0.93}})],
        [("of texts", {"text": {"similarity": 0.93}})],
    ),
    "voice_print": (
        [("en", {"voice": {"embedding": _WIDE}}), ("nl", {"stemprofiel": "v-81"})],
        [("a loudspeaker", {"speaker_id": 12, "volume": 30})],
    ),
    "gait_signature": (
        [("en", {"gait_id": "g-81"}), ("de", {"gangbild": "g-81"})],
        [("a gate", {"gate_id": "g-81"})],
    ),
    "ethnicity_inference": (
        [("en", {"face": {"ethnicity": "x"}}), ("nl", {"huidskleur": 4})],
        [("at a run", {"race": 4})],
    ),
    "body_temperature_health": (
        [("en", {"body_temperature": 38.2}), ("nl", {"hartslag": 71}), ("es", {"fiebre": 38.2})],
        [("air", {"temperature": 38.2}), ("a device", {"heartbeat": 71})],
    ),
}
