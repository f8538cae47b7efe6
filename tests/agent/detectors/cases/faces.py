"""Rows: why; message; what must be found, category by key path; topic."""

_UNIT = [0.0883883] * 128
_WIDE = [3.5 if i % 2 else -3.25 for i in range(512)]
_LEVELS = [1.5 + i / 128 for i in range(128)]

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
        "a crop of a face in the message",
        {"face": {"image": "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ"}},
        {"face.image": "face_image"},
    ),
    ("a walk", {"gait_signature": "g-81"}, {"gait_signature": "gait_signature"}),
    (
        "French",
        {"visage": {"descripteur": 1, "vecteur": _UNIT}},
        {"visage.vecteur[]": "face_template"},
    ),
    ("no norm, but about zero", {"face": {"vector": _WIDE}}, {"face.vector[]": "face_template"}),
    ("a series of distances to a face", {"face": {"feature": _LEVELS}}, {}),
    (
        "a list of names",
        {"face": {"sub_labels": ["Voorbeeld"]}},
        {"face.sub_labels[]": "person_identity"},
    ),
    ("an image of a logo", {"logo": {"image": "data:image/png;base64,iVBORw0KGgoAAAANS"}}, {}),
    ("an embedding of text", {"text_embedding": _UNIT}, {}),
    ("another length", {"face": {"embedding": _UNIT[:100]}}, {}),
    (
        "glued",
        {"facecrop": "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ"},
        {"facecrop": "face_image"},
    ),
    ("glued, Dutch", {"gezichtskenmerken": _UNIT}, {"gezichtskenmerken[]": "face_template"}),
    ("glued, German", {"gesichtsmerkmale": _UNIT}, {"gesichtsmerkmale[]": "face_template"}),
    (
        "glued, a crop in Dutch",
        {"gezichtsafbeelding": "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ"},
        {"gezichtsafbeelding": "face_image"},
    ),
    ("of a surface", {"surfacevector": _UNIT}, {}),
    ("pixels", {"face": {"embedding": [1] * 128}}, {}),
)
