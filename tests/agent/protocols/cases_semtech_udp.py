"""LoRa packet forwarder: datagrams written out by hand from PROTOCOL.TXT."""

ORIG, RESP = True, False
EUI = bytes.fromhex("02000000fffe0007")
HEARD = b'{"rxpk":[{"freq":868.1,"datr":"SF7BW125","codr":"4/5","size":1,"data":"4A=="}]}'
SENT = b'{"txpk":{"imme":true,"freq":869.5,"datr":"SF9BW125","data":"4A=="}}'


def case(name, *chunks, messages, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


GATEWAY = {"identity": {"serial": "02000000fffe0007", "device_type": "LoRaWAN gateway"}}
PUSHED = ("push_data", {"gateway": "02000000fffe0007", "content_type": "application/json"}, HEARD)
CASES = [
    case("what is heard", (ORIG, b"\2\1\2\0" + EUI + HEARD), (RESP, b"\2\1\2\1"),
         (ORIG, b"\2\1\3\0" + EUI + HEARD + b"\0"), port=1700,
         messages=[PUSHED, ("identity", GATEWAY, b""), ("push_ack", {"gateway": ""}, b""), PUSHED]),
    case("what is to be sent", (ORIG, b"\2\7\7\2" + EUI), (RESP, b"\2\7\7\4"),
         (RESP, b"\2\7\x08\3" + SENT), (ORIG, b"\2\7\x08\5" + EUI),
         messages=[
             ("pull_data", {"content_type": ""}, b""), ("identity", GATEWAY, b""),
             ("pull_ack", {}, b""), ("pull_resp", {}, SENT), ("tx_ack", {}, b""),
         ]),
    case("version 1", (ORIG, b"\1\1\2\0" + EUI + HEARD),
         messages=[PUSHED, ("identity", GATEWAY, b"")]),
]  # fmt: skip
INVALID = [
    {"name": name, "transport": "udp", "chunks": [(ORIG, octets)]}
    for name, octets in (
        ("version 3", b"\3\1\2\0" + EUI + HEARD),
        ("kind 6", b"\2\1\2\6"),
        ("acknowledgement with more", b"\2\1\2\1\0"),
        ("no object", b"\2\1\2\0" + EUI + b"[]"),
    )
]
NEAR_MISSES = [
    ("four octets of version 3", b"\3\1\2\1", b""),
    ("push of an array", b"\2\7\7\0" + EUI + b"[1]", b""),
]
