"""SSDP: messages written out by hand from the UPnP Device Architecture 2.0, 1."""

ORIG, RESP = True, False


def lines(*parts: str) -> bytes:
    return "\r\n".join((*parts, "", "")).encode()


SEARCH = lines(
    "M-SEARCH * HTTP/1.1",
    "HOST: 239.255.255.250:1900",
    'MAN: "ssdp:discover"',
    "MX: 2",
    "ST: ssdp:all",
    "USER-AGENT: tool/1.0 UPnP/2.0 viewer/3",
)
NOTIFY = lines(
    "NOTIFY * HTTP/1.1",
    "HOST: 239.255.255.250:1900",
    "CACHE-CONTROL: max-age=1800",
    "LOCATION: http://192.0.2.7:49152/description.xml",
    "NT: urn:schemas-upnp-org:device:DigitalSecurityCamera:1",
    "NTS: ssdp:alive",
    "SERVER: Linux/5.10 UPnP/1.0 Camera/2.1",
    "USN: uuid:2fac1234-31f8-11b4-a222-024200a1b2c3"
    "::urn:schemas-upnp-org:device:DigitalSecurityCamera:1",
)
ANSWER = lines(
    "HTTP/1.1 200 OK",
    "EXT:",
    "ST: upnp:rootdevice",
    "USN: uuid:2fac1234-31f8-41b4-a222-024200a1b2c3::urn:dial-multiscreen-org:service:dial:1",
)
BYE = lines("NOTIFY * HTTP/1.1", "NT: upnp:rootdevice", "NTS: ssdp:byebye", "USN: uuid:x")


def case(name: str, messages, *chunks):
    return {"name": name, "transport": "udp", "port": 1900, "chunks": chunks, "messages": messages}


CASES = [
    case(
        "search and answer",
        [
            ("search", {"search_target": "ssdp:all"}, b""),
            ("identity", {"identity": {"user_agent": "tool/1.0 UPnP/2.0 viewer/3"}}, b""),
            ("response", {"search_target": "upnp:rootdevice"}, b""),
            ("identity", {"identity": {"services": ("dial",)}}, b""),
        ],
        (ORIG, SEARCH),
        (RESP, ANSWER),
    ),
    case(
        "notify",
        [
            ("notify", {"location": "http://192.0.2.7:49152/description.xml"}, b""),
            (
                "identity",
                {
                    "identity": {
                        "user_agent": "Linux/5.10 UPnP/1.0 Camera/2.1",
                        "device_type": "DigitalSecurityCamera",
                        "mac": "02:42:00:a1:b2:c3",
                    }
                },
                b"",
            ),
        ],
        (ORIG, NOTIFY),
    ),
    case("goodbye, with bare line ends", [("notify", {}, b"")], (ORIG, BYE.replace(b"\r", b""))),
]
INVALID = [
    {"name": "other method", "transport": "udp", "chunks": [(ORIG, b"GET * HTTP/1.1\r\n\r\n")]},
    {
        "name": "no field",
        "transport": "udp",
        "chunks": [(ORIG, b"NOTIFY * HTTP/1.1\r\nxx\r\n\r\n")],
    },
]
NEAR_MISSES = [
    ("search that names a path", b"M-SEARCH /a HTTP/1.1\r\nST: a\r\n\r\n", b""),
    ("another search", b"SEARCH * HTTP/2.0\r\n\r\n", b""),
]
