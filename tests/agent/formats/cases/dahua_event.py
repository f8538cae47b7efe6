"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("without data", b"Code=VideoMotion;action=Start;index=0", {"event": "VideoMotion"}),
    ("with data", b'Code=TrafficJunction;action=Pulse;index=0;data={"Object": {"Category": "x"}}',
     {"event": "TrafficJunction", "data.Object.Category": "x"}),
    ("over several lines", b'Code=A1;action=Stop;index=0;data={\n "n" : 2\n}\n',
     {"event": "A1", "data.n": 2}),
)  # fmt: skip
INVALID = (b"", b"Code=", b"Code=A;action=B", b"code=VideoMotion;action=Start", b"Code=AB;index=0")
