"""Dahua: messages with the header and the names that open tools for it send and read."""

ORIG, RESP = True, False


def dhip(body: bytes) -> bytes:
    size = len(body).to_bytes(4, "little")
    return b"\x20\0\0\0DHIP" + bytes(8) + size + bytes(4) + size + bytes(4) + body


SEARCH = b'{"method":"DHDiscover.search","params":{"mac":"","uni":1}}'
DEVICE = (
    b'{"mac":"02:42:00:A1:B2:C3","method":"client.notifyDevInfo","params":{"deviceInfo":'
    b'{"DeviceClass":"IPC","DeviceType":"CAM-300","SerialNo":"SN0001","Version":"2.0",'
    b'"Vendor":"Example"}}}\n'
)
LOGIN = b'{"method":"global.login","params":{"userName":"x","password":"not told"},"id":1}'
EVENT = b'{"id":3,"result":true,"params":{"count":7}}'
DVRIP = b"\xa0\0\0\x60" + bytes(20) + b"\4\1\0\0\0\0\xa1\xaa"

CASES = [
    {
        "name": "search and answer",
        "transport": "udp",
        "port": 37810,
        "chunks": [(ORIG, dhip(SEARCH)), (RESP, dhip(DEVICE))],
        "messages": [
            ("request", {"method": "DHDiscover.search"}, SEARCH),
            ("device", {"method": "client.notifyDevInfo"}, b""),
            (
                "identity",
                {
                    "identity": {
                        "model": "CAM-300",
                        "serial": "SN0001",
                        "firmware": "2.0",
                        "vendor": "Example",
                        "device_type": "IPC",
                        "mac": "02:42:00:a1:b2:c3",
                    }
                },
                b"",
            ),
        ],
    },
    {
        "name": "login and answer",
        "port": 37777,
        "chunks": [(ORIG, dhip(LOGIN) + dhip(b"\1\2")), (RESP, dhip(EVENT + b"\n\0"))],
        "messages": [
            ("login", {"method": "global.login"}, b""),
            ("other", {}, b""),
            ("response", {}, EVENT),
        ],
    },
    {
        "name": "DVRIP",
        "port": 37777,
        "chunks": [(ORIG, DVRIP), (RESP, b"\xb0\0\0\x58" + bytes(28))],
        "messages": [],
        "wanted": False,
    },
]
INVALID = [
    {"name": "another header", "chunks": [(ORIG, b"\x20\0\0\0DHIQ" + bytes(24))]},
    {"name": "message of two gigaoctets", "chunks": [(ORIG, dhip(b"")[:16] + b"\xff" * 16)]},
]
NEAR_MISSES = [("a login that ends otherwise", DVRIP[:-1] + b"\0", b"")]
