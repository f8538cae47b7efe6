"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _message(kind, **more):
    return orjson.dumps({"msgtype": kind, **more})


CASES = (
    ("a gateway says what it is",
     _message("version", station="2.0.6", model="quay-gw", protocol=2, features="rmtsh"),
     {"station": "2.0.6", "model": "quay-gw"}),
    ("data, its address a signed number",
     _message("updf", DevAddr=0x26011BDA - 2**32, FCnt=7, FPort=2, FRMPayload="A1B2",
              upinfo={"rssi": -101, "snr": 4.5, "rctx": 0}),
     {"FRMPayload": "A1B2", "upinfo.rssi": -101, "upinfo.snr": 4.5}),
    ("join", _message("jreq", DevEui="02-00-00-00-FF-FE-00-07", JoinEui="01-02-03-04-05-06-07-08"),
     {"dev_eui": "02000000fffe0007", "join_eui": "0102030405060708"}),
    ("downlink", _message("dnmsg", DevEui="02-00-00-00-FF-FE-00-07", dC=0, pdu="60aabb"),
     {"pdu": "60aabb"}),
    ("time", _message("timesync", txtime=7), {}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"msgtype": 1}', b'{"msgtype": "updf"}', b'{"msgtype": "text", "DevAddr": 1}',
    b'["msgtype"]', b"{",
)  # fmt: skip
SUBJECTS = (
    ("by its address", CASES[1][1], "dev_addr 26011bda", {}),
    (
        "by its EUI when it joins",
        CASES[2][1],
        "dev_eui 02000000fffe0007",
        {"dev_eui": "02000000fffe0007"},
    ),
    ("an address that is none", _message("updf", DevAddr="x", FCnt=1), "", {}),
)
