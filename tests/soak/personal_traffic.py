"""Identifiers of people in every place of a message where somebody may put them."""

import base64
import itertools
import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.leaks.traffic import (
    DEVICES,
    Wire,
    _packet,
    _text,
    client_hello,
    connect,
    publish,
    request,
)

COUNTER, GATE = DEVICES["teller-12"], DEVICES["zuil-44"]
OWN = ("havenplein/geluid/01/niveau", "v3/havenplein@waterhaven/devices/lucht-01/up")
"""Topics of the municipality, which must stay readable among all of it."""


def capture(path: Path, values: Mapping[str, list[str]], faces: list[list[float]]) -> Path:
    """Write a capture with these values, by kind, and return where it is."""
    wire = Wire()
    every = list(itertools.chain(*values.values()))
    turns = [(True, connect("geluid-havenplein-02"))]
    turns += [(True, publish(topic, {"laeq": 55.5})) for topic in OWN]
    turns += [(True, publish(topic, payload)) for topic, payload in _messages(every, faces)]
    wire.connection(COUNTER, 1883, *turns)
    for turn, item in enumerate(every):
        _mqtt(wire, item)
        _http(wire, item, every[turn - 1])
        _names(wire, item)
    path.write_bytes(b"".join(wire.records))
    return path


def _messages(every: list[str], faces: list[list[float]]) -> Iterator[tuple[str, Any]]:
    for item in every:
        yield "straat/zuil-44/melding", {"naam": item, "bericht": f"{item} belde"}
        yield "straat/zuil-44/melding", {"bezoekers": {item: {"aantal": 1}}}
        yield "straat/zuil-44/melding", {item: 1.5, "lijst": [item, item]}
        yield "straat/zuil-44/melding", {"apparaten": [{"ssid": item, "mac": item, "rssi": -60}]}
        yield "straat/zuil-44/tekst", item.encode()
        inner = json.dumps({item: {"id": item}}).encode()
        yield "straat/zuil-44/ruw", {"data": base64.b64encode(inner).decode()}
        for topic in (f"straat/{item}/meting", f"gebruikers/{item}/stand", item, f"a/{item}-01"):
            yield topic, {"temperature": 20.5}
        yield "straat/zuil-44/up", _uplink(item)
    for face in faces:
        yield "straat/camera-03/gezicht", {"faces": [{"embedding": face, "score": 0.9}]}


def _uplink(item: str) -> dict[str, Any]:
    """Return a message of a network server about a device that bears somebody's name."""
    return {
        "end_device_ids": {"device_id": item, "application_ids": {"application_id": item}},
        "uplink_message": {
            "decoded_payload": {"owner": item, item: 2},
            "rx_metadata": [{"gateway_ids": {"gateway_id": item}, "rssi": -90}],
        },
    }


def _mqtt(wire: Wire, item: str) -> None:
    wire.connection(GATE, 1883, (True, connect(item, item, f"Geheim-{item}", item)))
    wire.connection(GATE, 1883, (True, connect(f"{item}-app", item)))
    subscribe = _packet(0x82, b"\x00\x01" + _text(f"straat/{item}/#") + b"\x00")
    wire.connection(GATE, 1883, (True, connect("zuil-44")), (True, subscribe))


def _http(wire: Wire, item: str, other: str) -> None:
    escaped = quote(item, safe="")
    headers = {
        "Host": f"{escaped}.upload.example.org",
        "User-Agent": f"Poort/1.0 ({item})",
        "Referer": f"https://www.example.org/{escaped}?id={escaped}",
        "Cookie": f"session={escaped}; {escaped}=1",
        "Authorization": "Basic " + base64.b64encode(f"{item}:{other}".encode()).decode(),
        "X-Owner": item,
        f"X-{escaped}": "1",
    }
    target = f"/v1/{escaped}/foto?{escaped}=1&sleutel={escaped}"
    part = f'--x\r\nContent-Disposition: form-data; name="{item}"; filename="{item}.jpg"'
    multipart = f"{part}\r\n\r\n{item}\r\n--x--\r\n".encode()
    bodies = (
        (json.dumps({"pm25": 8.5, item: item}).encode(), "application/json"),
        (multipart, "multipart/form-data; boundary=x"),
        (f"{escaped}={escaped}&naam={escaped}".encode(), "application/x-www-form-urlencoded"),
    )
    turns = [(True, request(target, headers, body, kind)) for body, kind in bodies]
    wire.connection(DEVICES["camera-03"], 80, *turns)
    url = f"rtsp://{escaped}:{escaped}@{escaped}.example.org/{escaped}/live?user={escaped}"
    ask = f"DESCRIBE {url} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: {escaped}\r\n\r\n".encode()
    sdp = (
        f"v=0\r\no={escaped} 1 1 IN IP4 192.0.2.3\r\ns={item}\r\nm=video 0 RTP/AVP 96\r\n".encode()
    )
    head = f"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Type: application/sdp\r\nServer: {escaped}\r\n"
    answer = f"{head}Content-Length: {len(sdp)}\r\n\r\n".encode() + sdp
    wire.connection(DEVICES["camera-03"], 554, (True, ask), (False, answer))


def _names(wire: Wire, item: str) -> None:
    """Ask for names, and greet a server by them: under a domain, and on the local network."""
    label = item.encode()[:60]
    for domain in ((b"app", b"example", b"org"), (b"local",)):
        labels = b"".join(bytes([len(part)]) + part for part in (label, *domain))
        asked = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\x00\x00\x01\x00\x01"
        wire.datagram(GATE, 53, asked)
        wire.datagram(GATE, 5353, asked)
    wire.connection(GATE, 443, (True, client_hello(f"{item.lower()}.app.example.org")))
    wire.connection(GATE, 8883, (True, client_hello(f"{item.lower()}.local")))
