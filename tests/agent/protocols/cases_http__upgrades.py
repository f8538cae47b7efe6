"""HTTP that becomes something else: WebSocket, HTTP/2 and tunnels (RFC 6455, 9110 and 9113)."""

ORIG, RESP = True, False


HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: h.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
)
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
MQTT_CONNECT = b"\x10\x0e\0\4MQTT\4\2\0\x3c\0\2s7"
MQTT_PUBLISH = b"\x30\x07\0\3a/b21"
MQTT_ROWS = [
    ("request", {}, b""),
    ("response", {"status": 101}, b""),
    ("connect", {"client_id": "s7"}, b""),
    ("publish", {"topic": "a/b", "client_id": "s7", "from_client": True}, b"21"),
    ("connack", {}, b""),
]


def masked(first: int, payload: bytes) -> bytes:
    mask = b"\x37\xfa\x21\x3d"
    octets = bytes(octet ^ mask[i % 4] for i, octet in enumerate(payload))
    return bytes([first, 0x80 | len(payload)]) + mask + octets


def frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return (
        len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload
    )


def header(name: str, value: str) -> bytes:
    """Return a literal field without indexing (RFC 7541, 6.2.2)."""
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


POSTED = (
    b"\x83\x86"
    + header(":path", "/v1/x?k=secret")
    + header(":authority", "h.example")
    + header("content-type", "application/json")
    + header("authorization", "Bearer abc")
)
CALLED = (
    b"\x83\x86"
    + header(":path", "/city.Sensors/Report")
    + header("content-type", "application/grpc")
)

CASES = [
    {
        "name": "WebSocket: text in parts with a ping between, compressed, and a skipped close",
        "port": 80,
        "protocols": ("http", "websocket"),
        "chunks": [
            (ORIG, HANDSHAKE),
            (
                RESP,
                SWITCHED
                + b"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10"
                b"\r\n\r\n\x01\x03hel\x89\x00\x80\x02lo\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00",
            ),
            (ORIG, masked(0x81, b'{"t": 21.5}') + masked(0x88, b"\x03\xe8")),
            (RESP, b"\xc1\x05\xf2\x00\x11\x00\x00"),
        ],
        "messages": [
            ("request", {"path": "/ws"}, b""),
            ("response", {"status": 101}, b""),
            ("text", {"path": "/ws", "host": "h.example"}, b"hello"),
            ("text", {"truncated": "absent"}, b"Hello"),
            ("text", {}, b'{"t": 21.5}'),
            ("text", {"truncated": "absent"}, b"Hello"),
        ],
        "protocol": "websocket",
    },
    {
        "name": "WebSocket that agrees on MQTT, packets across its messages",
        "port": 80,
        "protocols": ("http", "mqtt"),
        "chunks": [
            (ORIG, HANDSHAKE),
            (RESP, SWITCHED + b"Sec-WebSocket-Protocol: mqtt\r\n\r\n"),
            (ORIG, masked(0x82, MQTT_CONNECT[:5]) + masked(0x82, MQTT_CONNECT[5:] + MQTT_PUBLISH)),
            (RESP, b"\x82\x04\x20\x02\x00\x00"),
        ],
        "messages": MQTT_ROWS,
        "protocol": "mqtt",
    },
    {
        "name": "WebSocket that says nothing of the MQTT in it",
        "port": 80,
        "protocols": ("http", "mqtt"),
        "chunks": [
            (ORIG, HANDSHAKE),
            (RESP, SWITCHED + b"\r\n"),
            (ORIG, masked(0x82, MQTT_CONNECT + MQTT_PUBLISH)),
            (RESP, b"\x82\x04\x20\x02\x00\x00"),
        ],
        "messages": MQTT_ROWS,
        "protocol": "mqtt",
    },
    {
        "name": "WebSocket with a gap within a frame",
        "port": 80,
        "protocols": ("http", "websocket"),
        "chunks": [
            (ORIG, HANDSHAKE),
            (RESP, SWITCHED + b"\r\n\x82\x0a01234"),
            (RESP, 3),
            (RESP, b"89\x81\x04next"),
        ],
        "messages": [
            ("request", {}, b""),
            ("response", {}, b""),
            ("binary", {"skipped_octets": 10, "truncated": True}, b""),
            ("text", {}, b"next"),
        ],
    },
    {
        "name": "tunnel with TLS in it",
        "port": 3128,
        "chunks": [
            (ORIG, b"CONNECT cloud.example:443 HTTP/1.1\r\nHost: cloud.example:443\r\n\r\n"),
            (RESP, b"HTTP/1.1 200 Connection established\r\n\r\n"),
            (ORIG, b"\x16\x03\x01\x02\x00"),
        ],
        "messages": [
            ("request", {"method": "CONNECT"}, b""),
            ("response", {"status": 200}, b""),
        ],
        "wanted": False,
        "server_name": "cloud.example",
        "encryption": "tls",
    },
    {
        "name": "upgrade to something that is not known",
        "port": 80,
        "chunks": [
            (ORIG, b"GET /ws HTTP/1.1\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n"),
            (RESP, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n\x81\x05hello"),
        ],
        "messages": [("request", {"path": "/ws"}, b""), ("response", {"status": 101}, b"")],
        "wanted": False,
        "encryption": "",
    },
    {
        "name": "HTTP/2: RFC 7541, C.3 and C.5, two streams at once, padding, and trailers",
        "port": 8080,
        "chunks": [
            (ORIG, PREFACE + frame(4, 0, 0, bytes.fromhex("000300000064"))),
            (RESP, frame(4, 0, 0, b"") + frame(4, 1, 0, b"")),
            (ORIG, frame(1, 5, 1, bytes.fromhex("828684410f7777772e6578616d706c652e636f6d"))),
            (ORIG, frame(1, 0, 3, POSTED[:20]) + frame(9, 4, 3, POSTED[20:])),
            (ORIG, frame(0, 8, 3, b"\x02" + b'{"n": ' + b"\0\0") + frame(0, 1, 3, b"12}")),
            (RESP, frame(1, 4, 1, b"\x88" + header("content-type", "text/plain"))),
            (RESP, frame(8, 0, 0, bytes(4)) + frame(0, 0, 1, b"one")),
            (RESP, frame(1, 5, 1, header("grpc-status", "0")) + frame(1, 5, 3, b"\x89")),
        ],
        "messages": [
            ("request", {"method": "GET", "path": "/", "host": "www.example.com"}, b""),
            (
                "request",
                {
                    "method": "POST",
                    "path": "/v1/x",
                    "query_keys": ("k",),
                    "host": "h.example",
                    "content_type": "application/json",
                    "credentials": "bearer",
                },
                b'{"n": 12}',
            ),
            ("response", {"status": 200, "path": "/", "content_type": "text/plain"}, b"one"),
            ("response", {"status": 204, "path": "/v1/x", "truncated": "absent"}, b""),
        ],
        "server_name": "www.example.com",
        "protocol": "",
    },
    {
        "name": "HTTP/2 after an upgrade, and a gap within a body",
        "until_close": True,
        "port": 80,
        "chunks": [
            (ORIG, b"GET /a HTTP/1.1\r\nHost: h.example\r\nUpgrade: h2c\r\n\r\n"),
            (
                RESP,
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + frame(4, 0, 0, b""),
            ),
            (ORIG, PREFACE + frame(4, 0, 0, b"")),
            (RESP, frame(1, 4, 1, b"\x88") + frame(0, 0, 1, b"0123456789")[:12]),
            (RESP, 5),
            (RESP, b"89" + frame(1, 4, 3, b"\x88") + frame(3, 0, 3, bytes(4))),
        ],
        "messages": [
            ("request", {"path": "/a"}, b""),
            ("response", {"status": 101}, b""),
            ("response", {"status": 200, "path": "", "truncated": True}, b""),
            ("response", {"path": "/a", "truncated": True, "skipped_octets": 7}, b""),
        ],
    },
    {
        "name": "gRPC: each message of a call as it comes",
        "port": 50051,
        "chunks": [
            (ORIG, PREFACE + frame(4, 0, 0, b"") + frame(1, 4, 1, CALLED)),
            (ORIG, frame(0, 0, 1, b"\0\0\0\0\2\x08\x01\0\0\0") + frame(0, 0, 1, b"\0\1\x7f")),
            (RESP, frame(4, 0, 0, b"") + frame(1, 5, 1, b"\x88" + header("grpc-status", "0"))),
        ],
        "messages": [
            ("request", {"path": "/city.Sensors/Report", "content_type": "application/grpc"}, b""),
            ("call", {"path": "/city.Sensors/Report", "of": "request"}, b"\x08\x01"),
            ("call", {"compressed": False}, b"\x7f"),
            ("response", {"status": 200}, b""),
        ],
    },
]
INVALID = [
    {
        "name": "WebSocket frame with a reserved opcode, after a good one",
        "chunks": [(ORIG, HANDSHAKE), (RESP, SWITCHED + b"\r\n\x81\x02hi\x83\x00")],
        "kinds": ["request", "response", "text"],
    },
    {
        "name": "WebSocket continuation of nothing",
        "chunks": [(ORIG, HANDSHAKE), (RESP, SWITCHED + b"\r\n\x80\x02hi")],
        "kinds": ["request", "response"],
    },
    {
        "name": "HTTP/2 with an index that no table has",
        "chunks": [(ORIG, PREFACE + frame(4, 0, 0, b"") + frame(1, 5, 1, b"\xff\x50"))],
    },
    {
        "name": "HTTP/2 with data of no stream, after a good request",
        "chunks": [(ORIG, PREFACE + frame(1, 5, 1, CALLED) + frame(0, 0, 0, b"x"))],
        "kinds": ["request"],
    },
    {
        "name": "HTTP/2 header block that is not continued",
        "chunks": [(ORIG, PREFACE + frame(1, 0, 1, b"\x82") + frame(6, 0, 0, bytes(8)))],
    },
    {
        "name": "HTTP/2 padding longer than its frame",
        "chunks": [(ORIG, PREFACE + frame(1, 4, 1, CALLED) + frame(0, 8, 1, b"\x09abc"))],
        "kinds": ["request"],
    },
]
