"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("semicolons", b"temp=21.5;hum=61;state=open", {"temp": 21.5, "hum": 61, "state": "open"}),
    ("colons", b"t:21.5,h:61", {"t": 21.5, "h": 61}),
    ("lines", b"temp: 21.5 C\r\nnoise: 54\r\n", {"temp": "21.5 C", "noise": 54}),
    ("blanks", b"rssi=-71 snr=4.5", {"rssi": -71, "snr": 4.5}),
    ("one", b"temp = 21.5", {"temp": 21.5}),
    (
        "query of a telephone that tells where it is",
        b"/?id=123456&lat=52.500000&lon=4.250000&note=a%20b",
        {"id": 123456, "lat": 52.5, "lon": 4.25, "note": "a b"},
    ),
    ("codes stay text", b"imei=490154203237518;pin=0042",
     {"imei": "490154203237518", "pin": "0042"}),
    ("a dot in a name", b"pm2.5=4;pm10=7", {"pm2_5": 4, "pm10": 7}),
)  # fmt: skip
INVALID = (
    b"",
    b"12:30:15",
    b"a sentence",
    b"Note: this was a long sentence, with: a colon and many more words than one",
    b"x = y",
    b"https://example.org/a?b",
    b"1=2;3=4",
    b'{"a": 1}',
    b"temp=21.5;broken",
    b"dGVzdA==",
    b"\xff=1;a=2",
)
