"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("header, one row", b"time,temp,hum\r\n2026-01-19,21.5,61\r\n",
     {"time": "2026-01-19", "temp": 21.5, "hum": 61}),
    ("header, rows", b"temp;noise\n21.5;54\n21.6;55\n", {"[].temp": 21.6, "[].noise": 55}),
    ("units in the header", "wind speed [m/s],temp (°C)\n3.5,21.5".encode(),
     {"wind speed": 3.5, "temp": 21.5}),
    ("quotes", b'name,count\n"Kade, noord",7', {"name": "Kade, noord", "count": 7}),
    ("no header", b"2026-01-19 12:00:00,21.5,61,1013",
     {"column1": "2026-01-19 12:00:00", "column2": 21.5, "column3": 61, "column4": 1013}),
    ("no header, rows, an empty one", b"1;2;3\n4;;6\n",
     {"[].column1": 4, "[].column2": 2, "[].column3": 6}),
    ("near-miss of a position", b"1768824000,21.5314,48.2391,1013.25",
     {"column1": 1768824000, "column2": 21.5314, "column3": 48.2391, "column4": 1013.25}),
)  # fmt: skip
INVALID = (
    b"",
    b"21.5,61",
    b"Hello, world, how are you",
    b"one, two and 3",
    b"a,b\nc,d\n",
    b"a,a\n1,2\n",
    b"1,2,3\n4,5\n",
    b"[1,2,3]",
    b"1,2," + b"9" * 300,
    b"1,2,\xff",
    b'"1,2,3\n4',
)
