"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_BOX = {"x_min": 1, "y_min": 2}
_LIKE = {"subject": "Saartje", "similarity": 0.98}
CASES = (
    ("CompreFace", orjson.dumps({"result": [{"box": _BOX, "subjects": [_LIKE]}]}),
     {"result[].box.x_min": 1, "result[].box.y_min": 2, "result[].subjects[].subject": "Saartje",
      "result[].subjects[].similarity": 0.98}),
    ("Double Take", orjson.dumps({"matches": [{"name": "Saartje"}], "misses": [], "unknowns": []}),
     {"matches[].name": "Saartje"}),
    ("CodeProject.AI", orjson.dumps({"predictions": [{"userid": "Saartje", "confidence": 0.7}]}),
     {"predictions[].userid": "Saartje", "predictions[].confidence": 0.7}),
    ("Rekognition", orjson.dumps({"FaceMatches": [{"Similarity": 99.1}]}),
     {"FaceMatches[].Similarity": 99.1}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"result": [{"value": 3}]}', b'{"result": 3}', b'{"matches": [{"name": "a"}]}',
    b'{"predictions": [{"label": "car", "confidence": 0.7}]}',
)  # fmt: skip
