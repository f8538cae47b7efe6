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
        "name": "lines before the version",
        "port": 22,
        # On another port they are nothing before the client has spoken.
        "probed": False,
        "chunks": [(RESP, b"Depot, kast 7\r\n\r\nkeep out\n" + SERVER), (ORIG, CLIENT)],
        "messages": told("1.99", "OpenSSH_9.6") + told("2.0", "dropbear_2022.83"),
        "encryption": "ssh 2.0",
        "wanted": False,
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
    {"name": "lines without a version", "port": 22, "chunks": [(RESP, b"x\n" * 60)]},
    {"name": "version 3", "chunks": [(ORIG, b"SSH-3.0-x\r\n")]},
    {"name": "line without end", "chunks": [(ORIG, b"SSH-2.0-" + b"x" * 300)]},
]
NEAR_MISSES = [
    ("a word that starts alike", b"SSH is what we use\r\n", b""),
    ("a menu", b"", b"Welcome\r\n1 open\r\n2 close\r\n"),
    ("mail to a client of SSH", b"SSH-2.0-x\r\n", b"220 mail.example.org ready\r\n"),
]
