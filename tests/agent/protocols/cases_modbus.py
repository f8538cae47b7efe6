"""Modbus/TCP: frames written out by hand from the application protocol, 6."""

ORIG, RESP = True, False


def frame(transaction: int, pdu: str, unit: int = 1) -> bytes:
    octets = bytes([unit]) + bytes.fromhex(pdu)
    return transaction.to_bytes(2, "big") + b"\0\0" + len(octets).to_bytes(2, "big") + octets


def text(number: int, value: bytes) -> str:
    return (bytes([number, len(value)]) + value).hex()


IDENTITY = "2b0e 01 01 00 00 03" + text(0, b"Peil BV") + text(1, b"PB-7") + text(2, b"V2.1")

CASES = [
    {
        "name": "registers and coils",
        "port": 502,
        "chunks": [
            (ORIG, frame(7, "03 006b 0002") + frame(8, "01 0013 0005")),
            (RESP, frame(7, "03 04 022b 0064") + frame(8, "01 01 15")),
        ],
        "messages": [
            (
                "request",
                {"unit": 1, "function": 3, "address": 107, "quantity": 2, "content_type": ""},
                b"",
            ),
            ("request", {"function": 1, "quantity": 5}, b""),
            (
                "response",
                {"address": 107, "quantity": 2, "content_type": "application/json"},
                b'{"holding_registers":[555,100]}',
            ),
            ("response", {"address": 19}, b'{"coils":[1,0,1,0,1]}'),
        ],
    },
    {
        "name": "values that are written, and refused",
        "chunks": [
            (ORIG, frame(1, "10 0001 0002 04 000a 0102")),
            (RESP, frame(1, "10 0001 0002")),
            (ORIG, frame(2, "06 0001 0003") + frame(3, "05 00ac ff00")),
            (RESP, frame(2, "86 02") + frame(3, "05 00ac ff00")),
            (ORIG, frame(4, "17 0003 0001 000e 0001 02 00ff")),
            (RESP, frame(4, "17 02 00fe")),
        ],
        "messages": [
            ("request", {"function": 16, "quantity": 2}, b'{"holding_registers":[10,258]}'),
            ("response", {"function": 16, "address": 1}, b""),
            ("request", {"function": 6}, b'{"holding_registers":[3]}'),
            ("request", {"function": 5}, b'{"coils":[1]}'),
            ("exception", {"function": 6, "exception": 2, "address": 1}, b""),
            ("response", {"function": 5}, b""),
            ("request", {"function": 23, "address": 3}, b'{"holding_registers":[255]}'),
            ("response", {"function": 23}, b'{"holding_registers":[254]}'),
        ],
    },
    {
        "name": "what the device is",
        "port": 502,
        "chunks": [(ORIG, frame(1, "2b 0e 01 00")), (RESP, frame(1, IDENTITY))],
        "messages": [
            ("request", {"function": 43, "address": "absent"}, b""),
            ("response", {"function": 43}, b""),
            (
                "identity",
                {"identity": {"vendor": "Peil BV", "model": "PB-7", "firmware": "V2.1"}},
                b"",
            ),
        ],
    },
    {
        "name": "answers alone, and a function of one vendor",
        "port": 502,
        "chunks": [(RESP, frame(9, "04 02 0101") + frame(10, "5a 00fe00"))],
        "messages": [
            ("response", {"address": "absent"}, b'{"input_registers":[257]}'),
            ("response", {"function": 90}, b""),
        ],
        "probed": False,
    },
    {
        "name": "a gap within a frame",
        "port": 502,
        "chunks": [
            (RESP, frame(9, "04 04 0101 0202")[:10]),
            (RESP, 2),
            (RESP, b"\x02" + frame(10, "04 02 0009")),
        ],
        "messages": [("response", {}, b'{"input_registers":[9]}')],
        "probed": False,
    },
]
INVALID = [
    {
        "name": "another protocol id, after a good frame",
        "chunks": [(ORIG, frame(1, "03 0000 0001") + b"\0\2\0\1\0\6\1\3\0\0\0\1")],
        "kinds": ["request"],
    },
    {"name": "length of years", "chunks": [(ORIG, b"\0\1\0\0\xff\xff\1\3\0\0")]},
    {
        "name": "object longer than the identification",
        "chunks": [(RESP, frame(1, "2b0e 01 01 00 00 01 00 ff 41"))],
        "kinds": ["response"],
    },
]
NEAR_MISSES = [
    ("zeros over UDP and TCP", bytes(12), b""),
    ("length and text", bytes.fromhex("0001 0000 0006 00 00") + b"text", b""),
]
# On its own port less is asked.
ELSEWHERE = [
    # Unit 1, function 3, registers 0 and 1, checksum: not unit c4 and function 0b.
    ("serial frame over TCP", bytes.fromhex("01 03 0000 0002 c40b"), b""),
]
