"""NATS: operations written out by hand from its documentation, and headers from ADR-4."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("tls_table", Path(__file__).parent / "cases_tls.py")
TLS = importlib.util.module_from_spec(spec)
spec.loader.exec_module(TLS)

ORIG, RESP = True, False
INFO = b'INFO {"server_id":"NX","version":"2.9.10","headers":true,"max_payload":1048576} \r\n'
TOLD = ("identity", {"identity": {"user_agent": "nats-server/2.9.10"}}, b"")
CONNECT = b'CONNECT {"verbose":false,"user":"quay","pass":"not-told","name":"quay-analysis"}\r\n'
OPENED = ("connect", {"client_id": "quay-analysis", "credentials": "password"}, b"")
VALUE = b'{"dB": 61.5}'


def headed(verb: bytes, header: bytes, payload: bytes) -> bytes:
    sizes = b"%d %d\r\n" % (len(header), len(header) + len(payload))
    return verb + b" " + sizes + header + payload + b"\r\n"


HEADER = b"NATS/1.0\r\nContent-Type: application/json; charset=utf-8\r\nSite: quay\r\n\r\n"
CASES = [
    {
        "name": "a client that publishes",
        "port": 4222,
        "chunks": [
            (RESP, INFO), (ORIG, CONNECT + b"PING\r\n"), (RESP, b"PONG\r\n"),
            (ORIG, b"PUB city.noise.3 12\r\n" + VALUE + b"\r\npub city.empty _INBOX.a 0\r\n\r\n"),
            (ORIG, headed(b"HPUB city.noise.3", HEADER, VALUE)),
            (RESP, b"+OK\r\n-ERR 'Slow Consumer'\r\n"),
        ],
        "messages": [
            TOLD, OPENED,
            ("publish", {"topic": "city/noise/3", "from_client": True}, VALUE),
            ("publish", {"topic": "city/empty"}, b""),
            (
                "publish",
                {
                    "topic": "city/noise/3",
                    "content_type": "application/json",
                    "user_properties": (
                        ("Content-Type", "application/json; charset=utf-8"), ("Site", "quay"),
                    ),
                },
                VALUE,
            ),
        ],
        "encryption": "",
    },
    {
        "name": "a client that listens, and what it is delivered",
        "chunks": [
            (RESP, INFO),
            (ORIG, b'CONNECT {"auth_token":"not-told"}\r\nSUB city.> 1\r\n'),
            (ORIG, b"sub\tcity.*.level workers  2\r\nUNSUB 2 10\r\n"),
            (RESP, b"MSG city.noise.3 1 12\r\n" + VALUE + b"\r\n"),
            (RESP, headed(b"HMSG city.noise.3 1 _INBOX.b", HEADER, b"line\r\nMSG a 1 0\r\n\r\n")),
            (RESP, headed(b"HMSG city.noise.3 1", b"NATS/1.0 503\r\n\r\n", b"")),
        ],
        "messages": [
            TOLD,
            ("connect", {"client_id": "", "credentials": "bearer"}, b""),
            ("subscribe", {"topic_filters": ("city/#",)}, b""),
            ("subscribe", {"topic_filters": ("city/+/level",)}, b""),
            ("publish", {"topic": "city/noise/3", "from_client": False}, VALUE),
            ("publish", {"topic": "city/noise/3"}, b"line\r\nMSG a 1 0\r\n\r\n"),
            ("control", {"topic": "city/noise/3"}, b""),
        ],
    },
    {
        "name": "a store of streams, whose affairs are no data of the city",
        "chunks": [
            (ORIG, b"PUB $JS.API.STREAM.INFO.NOISE _INBOX.c 2\r\n{}\r\n"),
            (RESP, b'MSG _INBOX.c 1 26\r\n{"stream":"NOISE","seq":7}\r\n'),
            (RESP, b'MSG city.noise 2 $JS.ACK.NOISE.a.1.1.1.1.0 12\r\n' + VALUE + b"\r\n"),
            (ORIG, b"PUB $JS.ACK.NOISE.a.1.1.1.1.0 4\r\n+ACK\r\n"),
        ],
        "messages": [
            ("control", {}, b""), ("control", {}, b""),
            ("publish", {"topic": "city/noise"}, VALUE), ("control", {}, b""),
        ],
    },
    {
        "name": "seen from amid, the server as the one who opened it",
        "chunks": [(ORIG, b"MSG city.noise 1 12\r\n" + VALUE + b"\r\n"), (RESP, b"PING\r\n")],
        "messages": [("publish", {"topic": "city/noise", "from_client": False}, VALUE)],
    },
    {
        "name": "under TLS",
        "port": 4222,
        "chunks": [
            (RESP, INFO.replace(b"true", b'true,"tls_required":true')),
            (ORIG, TLS.record(22, TLS.CLIENT)),
            (RESP, TLS.record(22, TLS.SERVER_13)),
        ],
        "messages": [
            TOLD,
            ("client_hello", {"server_name": "ingest.example.org"}, b""),
            ("server_hello", {}, b""),
        ],
        "server_name": "ingest.example.org",
        "encryption": "tls 1.3",
        "wanted": False,
    },
    {
        "name": "a part lost, the payload of which looks like operations",
        "chunks": [
            (RESP, INFO), (ORIG, CONNECT), (ORIG, 40),
            (ORIG, b"xx\r\nPUB a 3\r\n12345\r\nPUB city.lux 2\r\n42\r\nPING\r\n"),
        ],
        "messages": [TOLD, OPENED, ("publish", {"topic": "city/lux"}, b"42")],
    },
    {
        "name": "proof by signature",
        "chunks": [(RESP, INFO), (ORIG, b'CONNECT {"nkey":"UX","sig":"c2ln","name":7}\r\n')],
        "messages": [TOLD, ("connect", {"client_id": "", "credentials": "other"}, b"")],
    },
]  # fmt: skip
INVALID = [
    {
        "name": "what is no record, behind a hello under TLS",
        "port": 4222,
        "chunks": [
            (RESP, INFO.replace(b"true", b'true,"tls_required":true')),
            (ORIG, TLS.record(22, TLS.CLIENT) + b"\x99" * 9),
        ],
        "kinds": ["identity", "client_hello"],
    },
    {"name": "no operation", "chunks": [(ORIG, b"PUBLISH a 2\r\n42\r\n")]},
    {"name": "payload without its end", "chunks": [(ORIG, b"PUB a 2\r\n42xx")]},
    {
        "name": "no number, after a good message",
        "chunks": [(ORIG, b"PUB a 2\r\n42\r\nPUB a two\r\n42\r\n")],
        "kinds": ["publish"],
    },
    {"name": "header longer than the message", "chunks": [(ORIG, b"HPUB a 9 2\r\n")]},
    {"name": "no header", "chunks": [(ORIG, headed(b"HPUB a", b"HTTP/1.0\r\n\r\n", b"42"))]},
    {"name": "header without its end", "chunks": [(ORIG, headed(b"HPUB a", b"NATS/1.0\r\n", b""))]},
    {"name": "field of a header without a colon",
     "chunks": [(ORIG, headed(b"HPUB a", b"NATS/1.0\r\nSite\r\n\r\n", b""))]},
    {"name": "no JSON", "chunks": [(RESP, b"INFO {server}\r\n")]},
    {"name": "very long payload", "chunks": [(ORIG, b"PUB a 99999999\r\n")]},
    {"name": "line without end", "chunks": [(ORIG, b"SUB " + b"x" * (1 << 20))]},
]  # fmt: skip
NEAR_MISSES = [
    ("a proxy is asked for a connection", b"CONNECT {host}:443 HTTP/1.1\r\n\r\n", b""),
    ("greeting of a mailbox", b"", b"+OK ready\r\n"),
    ("error of a mailbox", b"QUIT\r\n", b"-ERR unknown\r\n"),
    ("a chat keeps alive", b"PING :irc.example\r\n", b"PONG irc.example\r\n"),
    ("Redis in one line", b"PING\r\n", b"+PONG\r\n"),
    ("Redis asked for its state", b"INFO server\r\n", b"$12\r\n# Server\r\n.."),
    ("text", b"SUB total of 12 things\r\n", b""),
    ("payload of another length", b"PUB city.noise 4\r\n12345678\r\n", b""),
]
