"""SIP: messages written out by hand from RFC 3261; the callers are nobody."""

ORIG, RESP = True, False

VIA = b"Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK7\r\n"
ENDS = b'From: "Post 7" <sip:post7@city.example>;tag=1\r\nTo: <sip:desk@192.0.2.1:5060>\r\n'
CALL = b"Call-ID: 7@192.0.2.7\r\n"
SDP = (
    b"v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"
    b"m=audio 7078 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
    b"m=video 7080 RTP/AVP 96\r\nc=IN IP4 192.0.2.8\r\na=rtpmap:96 H264/90000\r\n"
)


def invite(body: bytes, more: bytes = b"") -> bytes:
    return (
        b"INVITE sip:desk@192.0.2.1 SIP/2.0\r\n" + VIA + ENDS + CALL + b"CSeq: 1 INVITE\r\n"
        b"User-Agent: Quay Intercom 2.4\r\nContent-Type: application/sdp\r\n" + more
        + b"Content-Length: %d\r\n\r\n" % len(body) + body
    )  # fmt: skip


REGISTER = (
    b"REGISTER sip:city.example SIP/2.0\r\n" + VIA + ENDS + CALL + b"CSeq: 2 REGISTER\r\n"
    b'Authorization: Digest username="post7"\r\n\r\n'
)
COMPACT = (
    b"MESSAGE sips:desk@[2001:db8::1]:5061 SIP/2.0\r\nv: SIP/2.0/TCP 192.0.2.7\r\n"
    b"f: <sip:post7@city.example>\r\nt: tel:+00\r\ni: 8\r\nCSeq: 3 MESSAGE\r\n"
    b"c: text/plain\r\nl: 4\r\n\r\ndoor"
)
RINGING = (
    b"SIP/2.0 180 Ringing\r\n" + VIA + ENDS + CALL + b"CSeq: 1 INVITE\r\nServer: pbx/1\r\n\r\n"
)


def session(media: str, port: int, receiver: str, types: dict):
    told = {"transport": "udp", "client_port": port, "receiver": receiver, "media": media}
    return ("session", told | {"payload_types": types}, b"")


INVITED = [
    (
        "request",
        {
            "method": "INVITE",
            "host": "192.0.2.1",
            "from_host": "city.example",
            "to_host": "192.0.2.1",
            "credentials": "",
            "content_type": "application/sdp",
        },
        b"",
    ),
    ("identity", {"identity": {"user_agent": "Quay Intercom 2.4"}}, b""),
    session("audio", 7078, "192.0.2.7", {0: "PCMU/8000", 101: "telephone-event/8000"}),
    session("video", 7080, "192.0.2.8", {96: "H264/90000"}),
]
RANG = [
    ("response", {"status": 180, "method": "INVITE", "to_host": "192.0.2.1"}, b""),
    ("identity", {"identity": {"user_agent": "pbx/1"}}, b""),
]

CASES = [
    {
        "name": "call over UDP, repeated, with a keep-alive between",
        "transport": "udp",
        "port": 5060,
        "chunks": [(ORIG, invite(SDP)), (ORIG, b"\r\n\r\n"), (RESP, RINGING), (ORIG, invite(SDP))],
        "messages": [*INVITED, *RANG, INVITED[0], *INVITED[2:]],
    },
    {
        "name": "over TCP",
        "chunks": [(ORIG, REGISTER + b"\r\n\r\n" + COMPACT + invite(SDP)), (RESP, RINGING)],
        "messages": [
            (
                "request",
                {"method": "REGISTER", "credentials": "digest", "host": "city.example"},
                b"",
            ),
            (
                "request",
                {"method": "MESSAGE", "host": "[2001:db8::1]", "to_host": "", "status": "absent"},
                b"door",
            ),
            *INVITED,
            *RANG,
        ],
    },
    {
        "name": "body without a length over UDP, and one cut off",
        "transport": "udp",
        "chunks": [
            (ORIG, COMPACT.replace(b"l: 4\r\n", b"")),
            (ORIG, COMPACT.replace(b"l: 4\r\n", b"l: 40\r\n")),
        ],
        "messages": [
            ("request", {"truncated": "absent"}, b"door"),
            ("request", {"truncated": True}, b"door"),
        ],
    },
]
INVALID = [
    {"name": "RTSP", "chunks": [(ORIG, b"OPTIONS rtsp://cam.example/ RTSP/1.0\r\n\r\n")]},
    {
        "name": "length is no number, after a good answer",
        "chunks": [(RESP, RINGING + RINGING.replace(b"Server: pbx/1", b"l: ten"))],
        "kinds": ["response", "identity"],
    },
    {
        "name": "head without its end",
        "transport": "udp",
        "chunks": [(RESP, RINGING[:-2])],
    },
    {"name": "body over the limit", "chunks": [(RESP, RINGING[:-2] + b"l: 99999999\r\n\r\n")]},
]
NEAR_MISSES = [
    ("mail that speaks of sip", b"INVITE your friends to sip: coffee\r\n", b""),
    ("HTTP with a sip address", b"GET sip:a@b.example HTTP/1.1\r\n\r\n", b""),
]
