"""WS-Discovery: messages written out by hand from OASIS WS-Discovery 1.1, 3 to 6, and ONVIF."""

ORIG, RESP = True, False
OLD = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
NEW = "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01"


def envelope(body: str, namespace: str = OLD) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        f'xmlns:d="{namespace}"><s:Header/><s:Body>{body}</s:Body></s:Envelope>'
    ).encode()


PROBE = envelope("<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe>")
MATCHES = envelope(
    "<d:ProbeMatches><d:ProbeMatch><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types>"
    "<d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/North%20gate "
    "onvif://www.onvif.org/hardware/CAM-300 onvif://www.onvif.org/location/gate</d:Scopes>"
    "<d:XAddrs>http://192.0.2.7/onvif/device_service</d:XAddrs>"
    "</d:ProbeMatch></d:ProbeMatches>"
)
HELLO = envelope("<d:Hello><d:Types>wsdp:Device pub:Computer</d:Types></d:Hello>", NEW)


def case(name: str, messages, *chunks):
    return {"name": name, "transport": "udp", "port": 3702, "chunks": chunks, "messages": messages}


CASES = [
    case(
        "probe and answer",
        [
            ("probe", {"types": ("dn:NetworkVideoTransmitter",)}, b""),
            ("probe_matches", {"addresses": ("http://192.0.2.7/onvif/device_service",)}, b""),
            (
                "identity",
                {
                    "identity": {
                        "name": "North gate",
                        "model": "CAM-300",
                        "device_type": "NetworkVideoTransmitter",
                    }
                },
                b"",
            ),
        ],
        (ORIG, PROBE),
        (RESP, MATCHES),
    ),
    case(
        "hello of a computer, with octets of nothing behind",
        [("hello", {}, b""), ("identity", {"identity": {"device_type": "Device"}}, b"")],
        (ORIG, b"\xef\xbb\xbf" + HELLO + b"\0\n"),
    ),
]
INVALID = [
    {"name": "cut", "transport": "udp", "chunks": [(ORIG, PROBE[:-9])]},
    {"name": "other message", "transport": "udp", "chunks": [(ORIG, envelope("<a/>"))]},
    {
        "name": "entities",
        "transport": "udp",
        "chunks": [(ORIG, b'<!DOCTYPE a [<!ENTITY b "c">]>' + PROBE[38:])],
    },
    {
        "name": "unknown encoding",
        "transport": "udp",
        "chunks": [(ORIG, PROBE.replace(b"UTF-8", b"X"))],
    },
]
NEAR_MISSES = [
    ("XML of something else", b"<?xmlns?><a><Envelop/></a>", b""),
]
