"""RTSP: octets written out by hand from RFC 2326, and a description as gst-rtsp-server gives it."""

ORIG, RESP = True, False

URL = b"rtsp://admin:pw@192.0.2.20:554/cam/main?channel=1"
SDP = (
    b"v=0\r\no=- 1 1 IN IP4 192.0.2.20\r\ns=Session\r\nt=0 0\r\na=control:*\r\n"
    b"m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n"
    b"m=audio 0 RTP/AVP 8 97\r\na=rtpmap:97 MPEG4-GENERIC/16000/1\r\n"
    b"a=control:rtsp://192.0.2.20/cam/main/track2\r\n"
)
MEDIA = (
    {
        "media": "video",
        "port": 0,
        "payload_types": {96: "H264/90000"},
        "control": "track1",
        "address": "",
    },
    {
        "media": "audio",
        "port": 0,
        "payload_types": {8: "PCMA/8000", 97: "MPEG4-GENERIC/16000/1"},
        "control": "rtsp://192.0.2.20/cam/main/track2",
        "address": "",
    },
)


def request(method: bytes, number: int, more: bytes = b"", url: bytes = URL) -> bytes:
    return b"%s %s RTSP/1.0\r\nCSeq: %d\r\nUser-Agent: lens\r\n%s\r\n" % (method, url, number, more)


def answer(number: int, more: bytes = b"", body: bytes = b"", status: bytes = b"200 OK") -> bytes:
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    head = b"RTSP/1.0 %s\r\nCSeq: %d\r\nServer: cam\r\n" % (status, number)
    return head + more + length + b"\r\n" + body


def frame(channel: int, sequence: int, payload: bytes, kind: int = 96) -> bytes:
    rtp = bytes([0x80, kind]) + sequence.to_bytes(2, "big") + bytes(4) + b"\0\0\0\7" + payload
    return b"$" + bytes([channel]) + len(rtp).to_bytes(2, "big") + rtp


DESCRIBED = answer(2, b"Content-Type: application/sdp\r\n", SDP)
TRACK_1 = b"rtsp://192.0.2.20:554/cam/main/track1"
TRACK_2 = b"rtsp://192.0.2.20:554/cam/main/track2"
RTCP = b"$\1\0\x1c" + bytes.fromhex("80c80006 00000007") + bytes(20)
SETUP_2 = (
    b"SETUP rtsp://cam.example/a RTSP/2.0\r\nCSeq: 1\r\n"
    b'Transport: RTP/AVP;unicast;dest_addr="192.0.2.30:5000"\r\n\r\n'
)
ANSWER_2 = (
    b"RTSP/2.0 200 OK\r\nCSeq: 1\r\nTransport: RTP/AVP;unicast;"
    b'dest_addr="192.0.2.30:5000";src_addr="192.0.2.20:6000"\r\n\r\n'
)

CASES = [
    {
        "name": "over UDP",
        "port": 554,
        "chunks": [
            (ORIG, request(b"OPTIONS", 1)),
            (RESP, answer(1, status=b"401 Unauthorized")),
            (ORIG, request(b"DESCRIBE", 2, b"Authorization: Digest username=x\r\n")),
            (RESP, DESCRIBED),
            (
                ORIG,
                request(
                    b"SETUP", 3, b"Transport: RTP/AVP;unicast;client_port=5000-5001\r\n", TRACK_1
                ),
            ),
            (
                RESP,
                answer(
                    3,
                    b"Transport: RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001;"
                    b"source=192.0.2.20;destination=192.0.2.30\r\nSession: 12\r\n",
                ),
            ),
        ],
        "messages": [
            (
                "request",
                {
                    "method": "OPTIONS",
                    "path": "/cam/main",
                    "query": "channel=1",
                    "host": "192.0.2.20:554",
                    "user_agent": "lens",
                    "credentials": "other",
                },
                b"",
            ),
            (
                "response",
                {"status": 401, "method": "OPTIONS", "server": "cam", "path": "/cam/main"},
                b"",
            ),
            ("request", {"method": "DESCRIBE", "credentials": "digest"}, b""),
            ("response", {"status": 200, "content_type": "application/sdp"}, SDP),
            ("description", {"path": "/cam/main", "media": MEDIA}, b""),
            ("request", {"method": "SETUP", "path": "/cam/main/track1"}, b""),
            ("response", {"method": "SETUP", "asked": "absent"}, b""),
            (
                "session",
                {
                    "transport": "udp",
                    "client_port": 5000,
                    "server_port": 6000,
                    "destination": "192.0.2.30",
                    "source": "192.0.2.20",
                    "payload_types": {96: "H264/90000"},
                    "media": "video",
                    "path": "/cam/main/track1",
                },
                b"",
            ),
        ],
        "server_name": "",
    },
    {
        "name": "interleaved",
        "port": 8554,
        "chunks": [
            (ORIG, request(b"DESCRIBE", 2)),
            (RESP, DESCRIBED),
            (
                ORIG,
                request(
                    b"SETUP", 3, b"Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", TRACK_2
                ),
            ),
            (RESP, answer(3, b"Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n")),
            (
                RESP,
                frame(0, 1, b"\xd5\xd5", 8)
                + RTCP
                + b"".join(frame(0, i, b"$%d" % i, 8) for i in range(2, 40))
                + answer(4),
            ),
        ],
        "messages": [
            ("request", {}, b""),
            ("response", {}, SDP),
            ("description", {"media": MEDIA}, b""),
            ("request", {}, b""),
            ("response", {}, b""),
            (
                "session",
                {"transport": "tcp", "media": "audio", "channels": (0, 1), "client_port": 0},
                b"",
            ),
            (
                "media",
                {
                    "payload_type": 8,
                    "sequence": 1,
                    "encoding": "PCMA/8000",
                    "channel": 0,
                    "media": "audio",
                    "path": "/cam/main/track2",
                },
                b"\xd5\xd5",
            ),
            *[("media", {"sequence": i, "marker": False}, b"$%d" % i) for i in range(2, 5)],
            ("response", {"status": 200, "method": ""}, b""),
        ],
        "wanted": True,
    },
    {
        "name": "2.0",
        "port": 554,
        "chunks": [
            (
                ORIG,
                SETUP_2,
            ),
            (
                RESP,
                ANSWER_2,
            ),
        ],
        "messages": [
            ("request", {"path": "/a", "credentials": ""}, b""),
            ("response", {"status": 200}, b""),
            (
                "session",
                {
                    "client_port": 5000,
                    "server_port": 6000,
                    "destination": "192.0.2.30",
                    "source": "192.0.2.20",
                    "payload_types": {},
                },
                b"",
            ),
        ],
    },
    {
        "name": "camera that announces",
        "port": 554,
        "chunks": [
            (
                ORIG,
                request(
                    b"ANNOUNCE",
                    1,
                    b"Content-Type: application/sdp\r\nContent-Length: %d\r\n" % len(SDP),
                )
                + SDP,
            )
        ],
        "messages": [
            ("request", {"method": "ANNOUNCE"}, SDP),
            ("description", {"media": MEDIA}, b""),
        ],
    },
    {
        "name": "in the middle of interleaved video",
        "chunks": [(RESP, frame(0, 5, b"\x7c\x85") + frame(0, 6, b"\x7c\x05"))],
        "messages": [
            ("media", {"encoding": "", "media": ""}, b"\x7c\x85"),
            ("media", {"sequence": 6}, b"\x7c\x05"),
        ],
    },
    {
        "name": "gap inside a frame, then one between frames",
        "port": 554,
        "chunks": [
            (RESP, answer(1) + frame(0, 5, bytes(50))[:20]),
            (RESP, 10),
            (RESP, frame(0, 5, bytes(50))[30:] + frame(0, 6, b"six")),
            (RESP, 700),
            (RESP, b"\1$\2\3 rest" + frame(0, 9, b"nine") + frame(0, 10, b"ten")),
        ],
        "messages": [
            ("response", {}, b""),
            ("media", {"sequence": 6}, b"six"),
            ("media", {"sequence": 9}, b"nine"),
            ("media", {"sequence": 10}, b"ten"),
        ],
    },
    {
        "name": "gap, then a start line",
        "port": 554,
        "chunks": [
            (RESP, answer(1)),
            (RESP, 300),
            (RESP, b"er: x\r\n\r\n" + answer(2, status=b"404 Not Found")),
        ],
        "messages": [("response", {}, b""), ("response", {"status": 404}, b"")],
    },
]

INVALID = [
    {"name": "HTTP", "chunks": [(ORIG, b"GET / HTTP/1.1\r\n\r\n")]},
    {
        "name": "body over the limit",
        "chunks": [(RESP, answer(1, b"Content-Length: 99999999\r\n"))],
    },
    {
        "name": "length is no number, after a good answer",
        "chunks": [(RESP, answer(1) + answer(2, b"Content-Length: ten\r\n"))],
        "kinds": ["response"],
    },
    {"name": "field without a colon", "chunks": [(RESP, answer(1, b"nonsense\r\n"))]},
]

NEAR_MISSES = [
    ("SIP answer", b"SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 192.0.2.1\r\n\r\n", b""),
    ("NMEA sentence", b"$GPRMC,120000,A,5222.0,N,00453.0,E,0,0,010126,,,A*6C\r\n", b""),
    ("shell variable", b"$HOME/bin and more text", b""),
]
