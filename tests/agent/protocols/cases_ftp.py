"""FTP: sessions written out by hand from RFC 959, 5.4 and RFC 4217."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("tls_table", Path(__file__).parent / "cases_tls.py")
TLS = importlib.util.module_from_spec(spec)
spec.loader.exec_module(TLS)

ORIG, RESP = True, False
GREETING = b"220-Camera FTP server 1.2\r\n220-of nobody\r\n220 ready\r\n"
TOLD = ("identity", {"identity": {"user_agent": "Camera FTP server 1.2"}}, b"")
CASES = [
    {
        "name": "login",
        "port": 21,
        "chunks": [
            (RESP, GREETING),
            (ORIG, b"USER uploader\r\n"),
            (RESP, b"331 send it\r\n"),
            (ORIG, b"PASS not-told\r\nSTOR a.jpg\r\n"),
            (RESP, b"230 in\r\n"),
        ],
        "messages": [TOLD, ("login", {"credentials": "password"}, b"")],
        "encryption": "",
    },
    {
        "name": "nobody's login, the greeting unseen",
        "port": 21,
        "chunks": [(ORIG, b"user Anonymous\npass x@\n")],
        "messages": [("login", {"credentials": "anonymous"}, b"")],
        "probed": False,
    },
    {
        "name": "under TLS",
        "port": 21,
        "chunks": [
            (RESP, b"220 FTP\r\n"),
            (ORIG, b"AUTH TLS\r\n"),
            (RESP, b"234 go\r\n"),
            (ORIG, TLS.record(22, TLS.CLIENT)),
            (RESP, TLS.record(22, TLS.SERVER_13)),
        ],
        "messages": [
            ("identity", {}, b""),
            ("client_hello", {"server_name": "ingest.example.org"}, b""),
            ("server_hello", {}, b""),
        ],
        "server_name": "ingest.example.org",
        "encryption": "tls 1.3",
        "wanted": False,
    },
    {
        "name": "lines lost",
        "port": 21,
        "chunks": [
            (RESP, GREETING),
            (ORIG, b"USER a\r\n"),
            (ORIG, 40),
            (ORIG, b"xx\r\nPASS b\r\n"),
        ],
        "messages": [TOLD, ("login", {"credentials": "password"}, b"")],
    },
]
INVALID = [
    {"name": "no reply", "chunks": [(RESP, b"hello\r\n")]},
    {"name": "line without end", "chunks": [(ORIG, b"USER " + b"x" * 5000)]},
]
NEAR_MISSES = [
    ("login of mail", b"USER a\r\nPASS b\r\n", b"+OK ready\r\n"),
    ("greeting with octets that no text has", b"", b"220 \x01\x02\x03\r\n"),
    ("a number", b"", b"220\t1\t5\r\n"),
]
