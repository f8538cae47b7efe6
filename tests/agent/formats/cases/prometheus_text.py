"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    (
        "types and labels",
        (b"# HELP room_temperature_celsius Now.\n# TYPE room_temperature_celsius gauge\n"
        b'room_temperature_celsius{sensor="kade-7"} 21.5\n'),
        {"room_temperature_celsius.sensor": "kade-7", "room_temperature_celsius": 21.5},
    ),
    ("several without labels", b"noise_dba 54\npeople_count 7\n",
     {"noise_dba": 54.0, "people_count": 7.0}),
    ("a moment", b"noise_dba 54 1768824000000", {"noise_dba": 54.0}),
    ("openmetrics", b'a:b_total{x="1\\"2"} 1e3 1768824000.5 # {id="9"} 1\n# EOF\n',
     {"a_b_total.x": '1\\"2', "a_b_total": 1000.0}),
)  # fmt: skip
INVALID = (
    b"",
    b"temperature 21.5",
    b"# only a comment",
    b"Kade 7\nand some words",
    b"a{b} 1 2 3",
    b"21.5 a\n21.6 b",
    b"\xffa 1\nb 2",
)
