"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("point", b"POINT(4.25 52.5)", {"point.longitude": 4.25, "point.latitude": 52.5}),
    ("height and system", b"SRID=4326;Point Z (4.25 52.5 3)",
     {"point.longitude": 4.25, "point.latitude": 52.5}),
    ("metres of a national grid", b"POINT (121000.5 487000)",
     {"point.coordinates[]": [121000.5, 487000.0]}),
    ("line", b"LINESTRING (4.25 52.5, 4.26 52.5)",
     {"linestring.coordinates[]": [4.25, 52.5, 4.26, 52.5]}),
    ("areas", b"MULTIPOLYGON (((4 52, 4.1 52, 4 52)))",
     {"multipolygon.coordinates[]": [4.0, 52.0, 4.1, 52.0, 4.0, 52.0]}),
)  # fmt: skip
INVALID = (b"", b"POINT", b"POINT(a b)", b"POINT()", b"Point (see above)", b"LINE (1 2)",
           b"POINT(" + b"(" * 3000 + b")")  # fmt: skip
