"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    (
        "elements and attributes",
        b'<?xml version="1.0"?>\n<sensor id="k7"><temp unit="C">21.5</temp><hum>61</hum></sensor>',
        {"sensor.id": "k7", "sensor.temp.unit": "C", "sensor.temp.value": 21.5, "sensor.hum": 61},
    ),
    ("several of a name, a namespace", b'<a xmlns="urn:x"><b>1</b><b>2</b></a>', {"a.b[]": [1, 2]}),
    ("empty", b"<a/>", {"a": ""}),
    ("no more than a name and a value", b'<m name="noise" value="54"/>',
     {"m.name": "noise", "m.value": 54}),
)  # fmt: skip
INVALID = (
    b"",
    b"<",
    b"<html><body>21.5</body></html>",
    b"<!DOCTYPE html>\n<html></html>",
    b"< 21.5 >",
    b"<13>1 2026-01-19T00:00:00Z kade app - - - it said >",
    b"a < b > c",
)
MALFORMED = (
    b"<a><b></a>",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/hostname"><a>1</a>',
)
