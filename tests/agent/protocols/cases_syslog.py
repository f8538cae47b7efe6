"""Syslog: lines written out by hand from RFC 5424 and RFC 3164, and from older habits."""

ORIG, RESP = True, False
NEW = (
    b"<165>1 2026-03-01T22:14:15.003Z gate-3.example evntslog - ID47 "
    b'[origin ip="192.0.2.1" note="a \\] b"][x y="1"] \xef\xbb\xbf{"level": 3}'
)
BARE = b"<34>1 - - - - - - text"
OLD = b"<34>Oct  1 22:14:15 pump-7 su[230]: 'su root' failed"


def case(name, *chunks, messages, **more):
    return {"name": name, "chunks": chunks, "messages": messages, **more}


NEW_FIELDS = {"facility": 20, "severity": 5, "application": "evntslog"}
NEW_ROWS = [
    ("log", NEW_FIELDS, b'{"level": 3}'),
    ("identity", {"identity": {"host_name": "gate-3.example"}}, b""),
]
OLD_ROWS = [
    ("log", {"facility": 4, "severity": 2, "application": "su"}, b"'su root' failed"),
    ("identity", {"identity": {"host_name": "pump-7"}}, b""),
]

CASES = [
    case("RFC 5424", (ORIG, NEW), (ORIG, BARE), transport="udp", port=514,
         messages=[*NEW_ROWS, ("log", {"application": ""}, b"text")]),
    case("RFC 3164 on another port, the host told once", (ORIG, OLD), (ORIG, OLD),
         transport="udp", messages=[*OLD_ROWS, OLD_ROWS[0]]),
    case("without a host", (ORIG, b"<13>Mar  7 07:01:02 kernel: up\n\0"), transport="udp",
         messages=[("log", {"application": "kernel"}, b"up")]),
    case("no stamp", (ORIG, b"<5>lamp on"), transport="udp", port=514, probed=False,
         messages=[("log", {"facility": 0, "severity": 5}, b"lamp on")]),
    case("no priority", (ORIG, b"just a line of text"), transport="udp", port=514, probed=False,
         messages=[("log", {"facility": 1, "severity": 5}, b"just a line of text")]),
    case("Cisco", (ORIG, b"<187>45: *Mar  1 18:46:11: %SYS-5-CONFIG_I: done"), transport="udp",
         messages=[("log", {"severity": 3}, b"%SYS-5-CONFIG_I: done")]),
    case("a blank before the stamp, and one within", (ORIG, b"<14> 2026-03-01 22:14:15 kade a: x"),
         transport="udp",
         messages=[("log", {"application": "a"}, b"x"),
                   ("identity", {"identity": {"host_name": "kade"}}, b"")]),
    case("pairs of a firewall, on another port",
         (ORIG, b'<189>date=2026-03-01 time=22:14:15 devname="a" logid="0000000013"'),
         transport="udp",
         messages=[("log", {"facility": 23, "severity": 5},
                    b'date=2026-03-01 time=22:14:15 devname="a" logid="0000000013"')]),
    case("stream of lines", (ORIG, OLD + b"\n" + BARE + b"\r\n\n"), port=601,
         messages=[*OLD_ROWS, ("log", {}, b"text")]),
    case("stream with counts", (ORIG, b"%d %s%d %s" % (len(NEW), NEW, len(BARE), BARE)),
         messages=[*NEW_ROWS, ("log", {}, b"text")]),
]  # fmt: skip
INVALID = [
    {"name": "priority over the limit", "transport": "udp", "chunks": [(ORIG, b"<192>1 - - - -")]},
    {"name": "no priority elsewhere", "transport": "udp", "chunks": [(ORIG, b"a line of text")]},
    {"name": "count without a message", "chunks": [(ORIG, b"99 bottles")]},
    {
        "name": "count that is too long, after a good line",
        "chunks": [(ORIG, OLD + b"\n12345678 <3>")],
        "kinds": ["log", "identity"],
    },
]
NEAR_MISSES = [
    ("XML", b'<13 unit="m">text</13>', b""),
    ("priority over the limit", b"<999>1 2026-03-01T22:14:15Z a b c d - x", b""),
    ("markup", b"<html><body>", b""),
]
# On its own port less is asked.
ELSEWHERE = [
    ("pairs without a time", b"<14>date=2026-01-01 level=1", b""),
]
