"""SMTP: sessions written out by hand from RFC 5321, D and RFC 3207."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("tls_table", Path(__file__).parent / "cases_tls.py")
TLS = importlib.util.module_from_spec(spec)
spec.loader.exec_module(TLS)

ORIG, RESP = True, False
GREETING = b"220 mail.example.org ESMTP server 2\r\n"
SERVER = (
    "identity",
    {"identity": {"host_name": "mail.example.org", "user_agent": "ESMTP server 2"}},
    b"",
)
CLIENT = ("identity", {"identity": {"host_name": "cam-7.example.org"}}, b"")
HELLO = b"EHLO cam-7.example.org\r\n"
OFFER = b"250-mail.example.org\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"
UPGRADED = (
    (RESP, GREETING),
    (ORIG, HELLO),
    (RESP, OFFER),
    (ORIG, b"STARTTLS\r\n"),
    (RESP, b"220 go\r\n"),
)
CASES = [
    {
        "name": "mail with a password in clear",
        "port": 25,
        "chunks": [
            (RESP, GREETING),
            (ORIG, HELLO),
            (RESP, OFFER),
            (ORIG, b"AUTH PLAIN AHgAeQ==\r\n"),
            (RESP, b"235 in\r\n"),
            (ORIG, b"MAIL FROM:<cam@example.org>\r\nDATA\r\n"),
            (RESP, b"250 ok\r\n354 go on\r\n"),
            (ORIG, b"Subject: x\r\n\r\nAUTH PLAIN of the message\r\n" + b"y" * 9000 + b"\r\n.\r\n"),
            (RESP, b"250 ok\r\n"),
            (ORIG, b"AUTH CRAM-MD5\r\nQUIT\r\n"),
        ],
        "messages": [
            SERVER,
            CLIENT,
            ("login", {"credentials": "password"}, b""),
            ("login", {"credentials": "other"}, b""),
        ],
        "server_name": "mail.example.org",
        "encryption": "",
    },
    {
        "name": "under TLS",
        "port": 587,
        "chunks": [
            *UPGRADED,
            (ORIG, TLS.record(22, TLS.CLIENT)),
            (RESP, TLS.record(22, TLS.SERVER_13)),
        ],
        "messages": [SERVER, CLIENT, ("client_hello", {}, b""), ("server_hello", {}, b"")],
        "server_name": "ingest.example.org",
        "encryption": "tls 1.3",
        "wanted": False,
    },
]
INVALID = [
    {"name": "no reply", "chunks": [(RESP, b"hello\r\n")]},
    {
        "name": "what is no record, behind a hello under TLS",
        "port": 587,
        "chunks": [
            *UPGRADED,
            (ORIG, TLS.record(22, TLS.CLIENT) + b"\x99" * 9),
        ],
        "kinds": ["identity", "identity", "client_hello"],
    },
    {"name": "line without end", "chunks": [(ORIG, b"EHLO " + b"x" * 5000)]},
]
NEAR_MISSES = [("hello of another kind", b"EHLOcam.example\r\n", b"")]
