"""Rows: why; content; leaves as path to value, or the form of a medium."""

_POINT = b'{"type":"Point","coordinates":[4.25,52.5,3]}'

CASES = (
    ("point", _POINT,
     {"geometry.longitude": 4.25, "geometry.latitude": 52.5, "geometry.altitude": 3}),
    ("feature", b'{"type":"Feature","geometry":' + _POINT + b',"properties":{"temp":21.5}}',
     {"properties.temp": 21.5, "geometry.longitude": 4.25, "geometry.latitude": 52.5,
      "geometry.altitude": 3}),
    ("nowhere", b'{"type":"Feature","geometry":null,"properties":{"temp":21.5}}',
     {"properties.temp": 21.5}),
    ("line", b'{"type":"LineString","coordinates":[[4.25,52.5],[4.26,52.5]]}',
     {"geometry.coordinates[][]": [4.26, 52.5]}),
    ("features", (b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"k7","geometry":'
     b'{"type":"Point","coordinates":[4.25,52.5]},"properties":{"temp":21.5}}]}'),
     {"features[].id": "k7", "features[].properties.temp": 21.5,
      "features[].geometry.longitude": 4.25, "features[].geometry.latitude": 52.5}),
    ("metres of a national grid", b'{"type":"Point","coordinates":[121000,487000]}',
     {"geometry.coordinates[]": [121000, 487000]}),
)  # fmt: skip
INVALID = (
    b"",
    b"{}",
    b'{"type":"Point"}',
    b'{"type":[],"coordinates":[]}',
    b'{"type":"Feature","properties":{}}',
    b'{"type":"Feature","geometry":4}',
    b'{"type":"FeatureCollection","features":[]}',
    b'{"type":"FeatureCollection","features":[1]}',
    b'{"type":"PointOfSale","coordinates":[1,2]}',
    b'{"type":',
    b"[]",
)
SUBJECTS = (("the feature", CASES[4][1], "", {}, ("k7",)),)
