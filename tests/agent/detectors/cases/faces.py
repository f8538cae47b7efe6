"""Rows: why; message; what must be found, category by key path; topic."""

_UNIT = [0.0883883] * 128

CASES = (
    (
        "a match with a list",
        {"face": {"list": "blue", "similarity": 0.93}},
        {"face.similarity": "face_match"},
    ),
    (
        "a name beside a person",
        {"after": {"label": "person", "sub_label": "Voorbeeld"}},
        {"after.sub_label": "person_identity"},
    ),
    ("a make beside a car", {"after": {"label": "car", "sub_label": "postbus"}}, {}),
    ("how alike two texts are", {"text": {"similarity": 0.93}}, {}),
    ("template", {"face": {"embedding": _UNIT}}, {"face.embedding[]": "face_template"}),
    ("Dutch", {"gezicht": {"kenmerken": _UNIT}}, {"gezicht.kenmerken[]": "face_template"}),
    (
        "age and gender of a face",
        {"faces": [{"age": 31, "gender": "female"}]},
        {"faces[].age": "age_estimate", "faces[].gender": "gender_estimate"},
    ),
    (
        "Dutch age",
        {"personen": [{"leeftijd": 31, "geslacht": "man"}]},
        {"personen[].leeftijd": "age_estimate", "personen[].geslacht": "gender_estimate"},
    ),
    ("emotion", {"viewer": {"emotion": "happy"}}, {"viewer.emotion": "emotion_mood"}),
    ("the age of a battery", {"battery_age": 31}, {}),
    ("the age of a fix", {"age": 12, "lat": 52.1}, {}),
    ("an embedding of text", {"text_embedding": _UNIT}, {}),
    ("another length", {"face": {"embedding": _UNIT[:100]}}, {}),
    ("pixels", {"face": {"embedding": [1] * 128}}, {}),
)
