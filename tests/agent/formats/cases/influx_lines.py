"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    (
        "tags, fields, moment",
        b'weather,device=kade-7,plein=noord temp=21.5,hum=61i,wet=f,note="a, b=c" 17688240000',
        {
            "weather.device": "kade-7",
            "weather.plein": "noord",
            "weather.temp": 21.5,
            "weather.hum": 61,
            "weather.wet": False,
            "weather.note": "a, b=c",
        },
    ),
    ("the least", b"noise laeq=54", {"noise.laeq": 54.0}),
    (
        "lines, a comment, escapes",
        b"# made by hand\nwind\\ speed,a=b max\\ gust=3.5\n\nwind\\ speed,a=b max\\ gust=4\n",
        {"wind speed.a": "b", "wind speed.max gust": 4.0},
    ),
)
INVALID = (
    b"",
    b"temp=21.5 hum=61",
    b"weather temp=",
    b"weather temp=warm",
    b"weather temp=1.5i",
    b"weather temp=21.5 yesterday",
    b"the sum a=b was wrong",
    b'{"a": "b c=1"}',
    b"weather temp=21.5\nand more",
    b"a" * 5000 + b" =",
    b"\xffw t=1",
)
SUBJECTS = (
    (
        "a tag names the device of a line",
        b"weather,host=a,device=kade-7 temp=1\nweather,host=b temp=2",
        "",
        {},
        ("kade-7", "b"),
    ),
)
