"""Hikvision SADP: messages with the names that open tools for it send and read."""

ORIG, RESP = True, False
XML = b'<?xml version="1.0" encoding="utf-8"?>\r\n'
PROBE = XML + b"<Probe>\r\n<Uuid>8282F1DB</Uuid>\r\n<Types>inquiry</Types></Probe>"
MATCH = XML + (
    b"<ProbeMatch><Uuid>8282F1DB</Uuid><Types>inquiry</Types><DeviceType>141945</DeviceType>"
    b"<DeviceDescription>CAM-300</DeviceDescription><DeviceSN>CAM-3000001</DeviceSN>"
    b"<CommandPort>8000</CommandPort><MAC>02-42-00-A1-B2-C3</MAC>"
    b"<IPv4Address>192.0.2.7</IPv4Address><SoftwareVersion>V5.6.2</SoftwareVersion></ProbeMatch>\r\n"
)
CASES = [
    {
        "name": "probe and answer",
        "transport": "udp",
        "port": 37020,
        "chunks": [(ORIG, PROBE), (RESP, MATCH)],
        "messages": [
            ("probe", {"type": "inquiry"}, b""),
            ("probe_match", {"address": "192.0.2.7", "port": "8000"}, b""),
            (
                "identity",
                {
                    "identity": {
                        "vendor": "Hikvision",
                        "model": "CAM-300",
                        "serial": "CAM-3000001",
                        "firmware": "V5.6.2",
                        "mac": "02:42:00:a1:b2:c3",
                    }
                },
                b"",
            ),
        ],
    },
]
INVALID = [
    {"name": "cut", "transport": "udp", "chunks": [(ORIG, PROBE[:-3])]},
    {"name": "another root", "transport": "udp", "chunks": [(ORIG, b"<Probes/>")]},
]
NEAR_MISSES = [("a probe of something else", b"<?xml?><Probe><Voltage>3</Voltage></Probe>", b"")]
