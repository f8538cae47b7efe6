"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "tracks of persons",
        {"persons": [{"track_id": 41, "x": 1.0}]},
        {"persons[].track_id": "person_track_id"},
    ),
    (
        "class beside it",
        {"objects": [{"trackId": 41, "class": "person"}]},
        {"objects[].trackId": "person_track_id"},
    ),
    (
        "Dutch",
        {"personen": [{"volgnummer": 4, "track_id": 9}]},
        {"personen[].track_id": "person_track_id"},
    ),
    ("of a person, by name", {"person_id": "p-0041"}, {"person_id": "person_track_id"}),
    ("tracks of vehicles", {"objects": [{"trackId": 41, "class": "truck"}]}, {}),
    ("a piece of music", {"music_track_id": 7}, {}),
    ("any number", {"id": 41}, {}),
    ("the object that a sensor is fixed to", {"object_id": "mast-12"}, {}),
)
