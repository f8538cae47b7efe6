"""SSH: version lines of RFC 4253, 4.2."""

ORIG, RESP = True, False
CLIENT = b"SSH-2.0-dropbear_2022.83\r\n"
SERVER = b"SSH-1.99-OpenSSH_9.6 for someone\r\n"
KEYS = bytes.fromhex("0000003c 05 14") + bytes(range(58))


def told(version: str, software: str):
    return [
        ("version", {"version": version, "software": software}, b""),
        ("identity", {"identity": {"user_agent": software}}, b""),
    ]


CASES = [
    {
        "name": "both sides",
        "port": 22,
        "chunks": [(ORIG, CLIENT), (RESP, SERVER), (ORIG, KEYS)],
        "messages": told("2.0", "dropbear_2022.83") + told("1.99", "OpenSSH_9.6"),
        "encryption": "ssh 2.0",
        "wanted": False,
    },
    {
        "name": "one side, with keys behind, and bare line end",
        "chunks": [(RESP, b"SSH-1.5-x\n" + KEYS), (RESP, KEYS)],
        "messages": told("1.5", "x"),
        "encryption": "ssh 1.5",
    },
    {
        "name": "a line lost",
        "port": 22,
        "chunks": [(ORIG, CLIENT), (RESP, 30), (RESP, KEYS)],
        "messages": told("2.0", "dropbear_2022.83"),
        "wanted": False,
    },
]
INVALID = [
    {"name": "version 3", "chunks": [(ORIG, b"SSH-3.0-x\r\n")]},
    {"name": "line without end", "chunks": [(ORIG, b"SSH-2.0-" + b"x" * 300)]},
]
NEAR_MISSES = [("a word that starts alike", b"SSH is what we use\r\n", b"")]
