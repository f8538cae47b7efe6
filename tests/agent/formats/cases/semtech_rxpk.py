"""Rows: why; content; leaves as path to value, or the form of a medium."""

import base64

import orjson


def _frame(text):
    return base64.b64encode(bytes.fromhex(text)).decode()


UP = _frame("40 da1b0126 80 0700 02 a1b2c3d4e5f6 01020304")
OTHER = _frame("40 db1b0126 80 0700 02 a1b2c3d4e5f6 01020304")
COMMANDS = _frame("60 da1b0126 01 0700 06 01020304")
JOIN = _frame("00 0807060504030201 0700feff00000002 0001 01020304")
RADIO = {"freq": 868.1, "modu": "LORA", "datr": "SF12BW125", "codr": "4/5"}


def _heard(*packets):
    return orjson.dumps({"rxpk": [RADIO | packet for packet in packets]})


STAT = {"rxnb": 2, "rxok": 2, "rxfw": 2, "ackr": 100.0, "dwnb": 2, "txnb": 2}

CASES = (
    ("uplink, airtime by the formula of the maker", _heard({"data": UP, "size": 19, "rssi": -101,
                                                          "lsnr": 4.5}),
     {"rxpk[].data": UP, "rxpk[].rssi": -101, "rxpk[].lsnr": 4.5, "rxpk[].airtime": 1318.912}),
    ("join request", _heard({"data": JOIN}),
     {"rxpk[].dev_eui": "02000000fffe0007", "rxpk[].join_eui": "0102030405060708"}),
    ("commands of the network alone are no payload",
     orjson.dumps({"txpk": RADIO | {"data": COMMANDS}}), {}),
    ("no frame of LoRaWAN", _heard({"data": "////"}), {"rxpk[].data": "////"}),
    ("status of the gateway", orjson.dumps({"stat": STAT | {"lati": 52.1, "temp": 31}}),
     {**{f"stat.{key}": value for key, value in STAT.items()}, "stat.latitude": 52.1,
      "stat.temperature": 31}),
    ("status without packets", orjson.dumps({"rxpk": [], "stat": STAT}),
     {f"stat.{key}": value for key, value in STAT.items()}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"rxpk": 1}', b'{"rxpk": [1]}', b'{"rxpk": [{"data": "AA=="}]}',
    b'{"stat": {"rxnb": 1}}', b'{"rxpk": [], "x": 1}', b"[]", b"{",
)  # fmt: skip
SUBJECTS = (
    ("by its address", _heard({"data": UP}), "dev_addr 26011bda", {}, ["dev_addr 26011bda"]),
    (
        "by its EUI when it joins",
        _heard({"data": JOIN}),
        "dev_eui 02000000fffe0007",
        {"dev_eui": "02000000fffe0007"},
        ["dev_eui 02000000fffe0007"],
    ),
    (
        "two of them",
        _heard({"data": UP}, {"data": OTHER}),
        "",
        {},
        ["dev_addr 26011bda", "dev_addr 26011bdb"],
    ),
)
