"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_ID = "urn:ngsi-ld:NoiseLevelObserved:kade-1"


def _entity(**attributes):
    return {"id": _ID, "type": "NoiseLevelObserved", **attributes}


CASES = (
    ("NGSI-LD", orjson.dumps(_entity(LAeq={"type": "Property", "value": 61.5, "unitCode": "2N1"})),
     {"id": _ID, "type": "NoiseLevelObserved", "LAeq.value": 61.5,
      "LAeq.unitCode": "2N1"}),
    ("NGSI-v2", orjson.dumps({"id": "k1", "type": "T", "LAeq": {"type": "Number", "value": 60}}),
     {"id": "k1", "type": "T", "LAeq.value": 60}),
    ("key-values", orjson.dumps(_entity(LAeq=61)),
     {"id": _ID, "type": "NoiseLevelObserved", "LAeq": 61}),
    ("a notification", orjson.dumps({"subscriptionId": "5", "data": [_entity(LAeq=61)]}),
     {"data[].id": _ID, "data[].type": "NoiseLevelObserved", "data[].LAeq": 61}),
    ("a list", orjson.dumps([_entity(LAeq=61)]),
     {"[].id": _ID, "[].type": "NoiseLevelObserved", "[].LAeq": 61}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b"[]", b'{"id": "a", "type": "b"}', b'{"id": "a", "type": "b", "c": {"type": "d"}}',
    b'{"id": 3, "type": "b", "@context": []}', b'{"type": "FeatureCollection", "features": [1]}',
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}',
)  # fmt: skip
SUBJECTS = (
    ("one", CASES[0][1], _ID, {}, [_ID]),
    ("two", orjson.dumps([_entity(a=1), {**_entity(a=2), "id": "urn:ngsi-ld:X:2"}]), "", {},
     [_ID, "urn:ngsi-ld:X:2"]),
)  # fmt: skip
