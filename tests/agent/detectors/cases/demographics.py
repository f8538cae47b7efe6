"""Rows: why; message; what must be found, category by key path; topic."""

CASES = (
    (
        "in a container that is called data",
        {"data": {"geschlecht": "female", "alter": "45-54"}},
        {"data.geschlecht": "gender_estimate", "data.alter": "age_estimate"},
    ),
    (
        "glued",
        {"geschatteleeftijd": "45-54", "geslacht": "v"},
        {"geschatteleeftijd": "age_estimate", "geslacht": "gender_estimate"},
    ),
    ("of cattle", {"species": "dairy cattle", "sex": "female", "age": 4}, {}),
    (
        "how many of either",
        {"people": 9, "men": 4, "women": 5},
        {"men": "gender_estimate", "women": "gender_estimate"},
    ),
    (
        "the same, Dutch",
        {"aantal_mannen": 4, "aantal_vrouwen": 5},
        {"aantal_mannen": "gender_estimate", "aantal_vrouwen": "gender_estimate"},
    ),
    ("one half of a plug", {"male": 4, "socket": 2}, {}),
    ("insects", {"species": "gnat", "male_total": 4, "female_total": 5}, {}),
    ("of cattle, German", {"tierart": "rind", "geschlecht": "w", "alter": 4}, {}),
    (
        "of somebody with an animal",
        {"person": {"gender": "female"}, "dog": True},
        {"person.gender": "gender_estimate"},
    ),
    ("the age of a position, in seconds", {"imei": "49015420323751", "lat": 52.1, "age": 31}, {}),
    ("the age of a position of a badge", {"badge": {"age": 31, "gpsLatitude": 52.1}}, {}),
    ("the colour of the upper lamp", {"color_top": "red", "color_temp_bottom": 370}, {}),
    ("what a church is", {"amenity": "place_of_worship", "religion": "2"}, {}),
    (
        "of somebody",
        {"person": {"religion": "2"}},
        {"person.religion": "ethnicity_inference"},
    ),
    ("the age of data", {"gender": "female", "data_age": 45}, {"gender": "gender_estimate"}),
    (
        "age and gender of a face",
        {"faces": [{"age": 31, "gender": "female"}]},
        {"faces[].age": "age_estimate", "faces[].gender": "gender_estimate"},
    ),
    (
        "Dutch",
        {"personen": [{"leeftijd": 31, "geslacht": "man"}]},
        {"personen[].leeftijd": "age_estimate", "personen[].geslacht": "gender_estimate"},
    ),
    (
        "German",
        {"personen": [{"alter": "30-40", "geschlecht": "w"}]},
        {"personen[].alter": "age_estimate", "personen[].geschlecht": "gender_estimate"},
    ),
    ("emotion", {"viewer": {"emotion": "happy"}}, {"viewer.emotion": "emotion_mood"}),
    ("gaze", {"viewer": {"gaze_duration": 2.4}}, {"viewer.gaze_duration": "gaze_attention"}),
    (
        "looks",
        {"person": {"upper_color": "red", "backpack": True}},
        {"person.upper_color": "appearance_attributes", "person.backpack": "appearance_attributes"},
    ),
    (
        "a word of many meanings, beside a person",
        {"person": {"race": "2"}},
        {"person.race": "ethnicity_inference"},
    ),
    ("skin", {"face": {"skin_tone": 4}}, {"face.skin_tone": "ethnicity_inference"}),
    ("the same word at a run", {"event": "city run", "race": 3}, {}),
    (
        "glued",
        {"visitorage": 31, "visitorgender": "female"},
        {"visitorage": "age_estimate", "visitorgender": "gender_estimate"},
    ),
    ("the age of a battery", {"battery_age": 31}, {}),
    ("the age of a fix", {"age": 12, "lat": 52.1}, {}),
    ("the age of a message about visitors", {"visitors": 4, "message_age": 12}, {}),
    ("the mood of a lamp", {"light": {"mood": "sunset"}}, {}),
    ("the mask of a camera", {"camera": {"motion_mask": 1}}, {}),
    ("attention of a mechanic", {"attention": True}, {}),
)
