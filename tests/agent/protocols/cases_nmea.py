"""NMEA 0183: sentences written out by hand; the vessel is invented."""

ORIG, RESP = True, False


def line(body: bytes) -> bytes:
    value = 0
    for octet in body[1:]:
        value ^= octet
    return body + b"*%02X" % value


FIX = line(b"$GPGGA,120000,5222.0,N,00453.0,E,1,08,0.9,5.0,M,46.9,M,,")
WIND = line(b"$WIMWV,214.8,R,0.1,K,A")
ONE, TWO = line(b"!AIVDM,2,1,3,B,55P5TL01VIaAL@7WKO,0"), line(b"!AIVDM,2,2,3,B,1@0000000000000,2")
SHORT = line(b"!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0")
END = b"\r\n"


def told(name, payload):
    return ("sentence", {"sentence": name}, payload)


CASES = [
    {
        "name": "stream, from amid a line, with one that is damaged",
        "chunks": [(RESP, WIND[9:] + END + FIX + END + SHORT[:-1] + b"x" + END + WIND + END)],
        "messages": [told("GPGGA", FIX), told("WIMWV", WIND)],
    },
    {
        "name": "message in two parts, and one of one",
        "transport": "udp",
        "port": 10110,
        "chunks": [
            (ORIG, ONE + END),
            (ORIG, TWO + END + b"\\s:st1,c:1*00\\" + SHORT + END),
            (ORIG, b"UdPbC\0" + FIX),
        ],
        "messages": [told("AIVDM", ONE + END + TWO), told("AIVDM", SHORT), told("GPGGA", FIX)],
    },
    {
        "name": "a gap, and the second part alone",
        "chunks": [
            (ORIG, FIX + END + ONE[:20]),
            (ORIG, 9),
            (ORIG, ONE[29:] + END + TWO + END + WIND + END),
        ],
        "messages": [told("GPGGA", FIX), told("AIVDM", TWO), told("WIMWV", WIND)],
    },
]
INVALID = [
    {"name": "no sentence", "transport": "udp", "chunks": [(ORIG, b"$GPGGA,1*00")]},
    {
        "name": "lines of something else, after a good one",
        "chunks": [(ORIG, FIX + END + b"hello\n" * 40)],
        "kinds": ["sentence"],
    },
    {"name": "line over the limit", "chunks": [(ORIG, b"$GPGGA," + b"1" * 2000)]},
]
NEAR_MISSES = [
    ("shell variable that is set", b"$HOME,5*31\r\n", b""),
    ("checksum that does not fit", FIX[:-1] + b"G\r\n", b""),
]
