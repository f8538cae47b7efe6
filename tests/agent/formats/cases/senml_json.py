"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    (
        "names after the device",
        (
            b'[{"bn":"urn:dev:ow:10e2073a01080063:","bu":"A","n":"voltage","u":"V","v":120.1},'
            b'{"n":"current","v":1.2}]'
        ),
        {"voltage": 120.1, "current": 1.2},
    ),
    ("the device alone", b'[{"n":"urn:dev:ow:10e2073a01080063","u":"Cel","v":23.1}]', {"": 23.1}),
    (
        "base value, text, flag",
        (
            b'[{"bn":"node-7/","bv":20,"n":"temperature","u":"Cel","v":1.5},{"n":"door","vb":true},'
            b'{"n":"label","vs":"kade"}]'
        ),
        {"temperature": 21.5, "door": True, "label": "kade"},
    ),
    (
        "objects of LwM2M by their names",
        (
            b'[{"bn":"/3303/0/","n":"5701","vs":"Cel"},{"n":"5700","v":21.5},{"bn":"/3324/1/5700",'
            b'"v":61},{"bn":"/6/0/","n":"0","v":52.5},{"n":"1","v":4.25}]'
        ),
        {
            "temperature.unit": "Cel",
            "temperature.value": 21.5,
            "loudness.value": 61,
            "location.latitude": 52.5,
            "location.longitude": 4.25,
        },
    ),
    (
        "LwM2M 1.0",
        b'{"bn":"/3/0/","e":[{"n":"0","sv":"Maker"},{"n":"9","v":87}]}',
        {"device.manufacturer": "Maker", "device.battery_level": 87},
    ),
)
INVALID = (
    b"",
    b"[]",
    b"[{}]",
    b'[{"n":"a"}]',
    b'[{"v":1}]',
    b'[{"n":"a","v":1,"colour":"red"}]',
    b'[{"n":"a","v":1},2]',
    b'{"e":[{"v":1}]}',
    b'{"e":[1]}',
    b'{"bn":"/3/0/","e":[{"x":1}]}',
    b"[{",
)
SUBJECTS = (
    (
        "of a one-wire bus",
        b'[{"bn":"urn:dev:ow:10e2073a01080063:","n":"voltage","v":1}]',
        "urn:dev:ow:10e2073a01080063",
        {"name": "urn:dev:ow:10e2073a01080063"},
        ("urn:dev:ow:10e2073a01080063",),
    ),
    (
        "of a MAC address",
        b'[{"bn":"urn:dev:mac:0224befffe804ff1/","n":"t","v":1}]',
        "urn:dev:mac:0224befffe804ff1",
        {"name": "urn:dev:mac:0224befffe804ff1"},
        ("urn:dev:mac:0224befffe804ff1",),
    ),
    (
        "in the name",
        b'[{"n":"urn:dev:ow:10e2073a01080063_temp","v":1}]',
        "urn:dev:ow:10e2073a01080063",
        {"name": "urn:dev:ow:10e2073a01080063"},
        ("urn:dev:ow:10e2073a01080063",),
    ),
    (
        "the name alone",
        b'[{"n":"urn:dev:ow:10e2073a01080063","v":1}]',
        "urn:dev:ow:10e2073a01080063",
        {"name": "urn:dev:ow:10e2073a01080063"},
        ("urn:dev:ow:10e2073a01080063",),
    ),
    (
        "in the base name",
        b'[{"bn":"kade-7/","n":"t","v":1}]',
        "kade-7",
        {"name": "kade-7"},
        ("kade-7",),
    ),
    (
        "before an object path",
        b'[{"bn":"urn:dev:ow:1;","n":"3303/0/5700","v":1}]',
        "urn:dev:ow:1",
        {"name": "urn:dev:ow:1"},
        ("urn:dev:ow:1",),
    ),
    (
        "before an object path that goes on",
        b'[{"bn":"kade-7/3303/0/","n":"5700","v":1}]',
        "kade-7",
        {"name": "kade-7"},
        ("kade-7",),
    ),
    ("none: an object path alone", b'[{"bn":"/3303/0/","n":"5700","v":1}]', "", {}),
    (
        "none: two of them",
        b'[{"n":"urn:dev:a:1:t","v":1},{"n":"urn:dev:a:2:t","v":1}]',
        "",
        {},
        ("urn:dev:a:1", "urn:dev:a:2"),
    ),
)
