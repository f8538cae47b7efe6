"""A capture full of secrets: in values, keys, topics, paths, headers, names and broken messages."""

import base64
import itertools
import json
import struct
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.leaks.identities import announce
from tests.leaks.secrets import VALUES_ALONE, Secret

SERVER = ("02:00:00:00:00:01", "198.51.100.10")
# The municipality's own fixed devices.  Their identity may be reported: binding needs it.
DEVICES = {
    "teller-12": ("02:00:00:00:00:12", "192.0.2.12"),
    "kenteken-30": ("02:00:00:00:00:30", "192.0.2.30"),
    "camera-03": ("02:00:00:00:00:03", "192.0.2.3"),
    "zuil-44": ("02:00:00:00:00:44", "192.0.2.44"),
}
GUESTS = "203.0.113.0/24"

Kinds = Mapping[str, tuple[Secret, ...]]
Host = tuple[str, str]
"""MAC address and IPv4 address."""

FIN, SYN, PUSH, ACK = 1, 2, 8, 16


class Wire:
    """Frames in the order in which they passed, ten milliseconds apart.

    Made by hand: thousands of them take scapy longer than everything that is tested.
    """

    def __init__(self) -> None:
        self.records: list[bytes] = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
        self._ports = itertools.count(40_000)

    def _put(self, source: Host, target: Host, protocol: int, load: bytes) -> None:
        frame = b"".join(bytes.fromhex(mac.replace(":", "")) for mac in (target[0], source[0]))
        lengths = struct.pack(">BBHIBBH", 0x45, 0, 20 + len(load), 0, 64, protocol, 0)
        addresses = b"".join(ip_address(host[1]).packed for host in (source, target))
        self._record(frame + b"\x08\x00" + lengths + addresses + load)

    def _record(self, frame: bytes) -> None:
        seconds, hundredths = divmod(len(self.records), 100)
        times = (1_793_000_000 + seconds, hundredths * 10_000)
        self.records.append(struct.pack("<IIII", *times, len(frame), len(frame)) + frame)

    def frame(self, source: str, target: str, ethertype: int, load: bytes) -> None:
        frame = b"".join(bytes.fromhex(mac.replace(":", "")) for mac in (target, source))
        self._record(frame + struct.pack(">H", ethertype) + load)

    def datagram(self, client: Host, port: int, load: bytes) -> None:
        head = struct.pack(">HHHH", next(self._ports), port, 8 + len(load), 0)
        self._put(client, SERVER, 17, head + load)

    def connection(self, client: Host, port: int, *turns: tuple[bool, bytes]) -> None:
        """Add a TCP connection in which client (True) and server (False) speak in turns."""
        ends = {True: client, False: SERVER}
        ports = {True: next(self._ports), False: port}
        sequence = {True: 1000, False: 5000}

        def segment(speaks: bool, flags: int, load: bytes = b"") -> None:
            numbers = (ports[speaks], ports[not speaks], sequence[speaks], sequence[not speaks])
            head = struct.pack(">HHIIBBHHH", *numbers, 0x50, flags, 65535, 0, 0)
            self._put(ends[speaks], ends[not speaks], 6, head + load)
            sequence[speaks] += len(load) + bool(flags & (SYN | FIN))

        segment(True, SYN)
        segment(False, SYN | ACK)
        segment(True, ACK)
        for speaks, octets in turns:
            for start in range(0, len(octets), 1400):
                segment(speaks, PUSH | ACK, octets[start : start + 1400])
        segment(True, FIN | ACK)
        segment(False, FIN | ACK)


def _text(value: str) -> bytes:
    return struct.pack(">H", len(value.encode())) + value.encode()


def _packet(first: int, body: bytes) -> bytes:
    length, octets = len(body), bytearray()
    while True:
        length, low = divmod(length, 128)
        octets.append(low | (0x80 if length else 0))
        if not length:
            return bytes([first]) + bytes(octets) + body


def connect(client_id: str, user: str = "", password: str = "", will: str = "") -> bytes:
    flags = 2 | (0xC0 if user else 0) | (4 if will else 0)
    body = _text("MQTT") + bytes((4, flags, 0, 60)) + _text(client_id)
    body += _text(f"status/{will}") + _text(will) if will else b""
    return _packet(0x10, body + (_text(user) + _text(password) if user else b""))


def publish(topic: str, payload: Any, retain: bool = False) -> bytes:
    octets = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return _packet(0x31 if retain else 0x30, _text(topic) + octets)


def request(target: str, headers: Mapping[str, str], body: bytes, kind: str) -> bytes:
    lines = [f"POST {target} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def jpeg(pieces: tuple[bytes, ...]) -> bytes:
    frame = struct.pack(">BHHB", 8, 480, 640, 1) + bytes((1, 0x11, 0))
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00"
        + bytes([16] * 64)
        + (b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame)
        + (b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(3).join(pieces) + b"\xff\xd9")
    )


def wav(pieces: tuple[bytes, ...]) -> bytes:
    sound = b"".join(pieces) * 4
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16)
    body = b"WAVE" + head + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


def client_hello(name: str) -> bytes:
    entry = b"\x00" + struct.pack(">H", len(name)) + name.encode()
    entries = struct.pack(">H", len(entry)) + entry
    extensions = struct.pack(">HH", 0, len(entries)) + entries
    body = b"\x03\x03" + bytes(32) + b"\x00" + b"\x00\x02\x13\x01" + b"\x01\x00"
    body += struct.pack(">H", len(extensions)) + extensions
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    return b"\x16\x03\x01" + struct.pack(">H", len(message)) + message


def question(name: str) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + b"\x00\x00\x01\x00\x01"


def payloads(kinds: Kinds, pieces: tuple[bytes, ...]) -> Iterator[tuple[str, Any]]:
    """Yield a topic without secrets and a payload full of them."""
    value = {kind: [secret.value for secret in found] for kind, found in kinds.items()}
    for start in range(0, len(value["mac"]), 10):
        some = value["mac"][start : start + 10]
        yield "straat/teller-12/meting", {"clients": [{"mac": mac, "rssi": -60} for mac in some]}
        yield "straat/teller-12/meting", {"macs": [m.upper().replace(":", "-") for m in some]}
        yield "straat/teller-12/lijst", dict.fromkeys(some, 3)
        yield "straat/teller-12/tekst", ",".join(some).encode()
    for digest in value["hashed mac"] + value["visitor hash"]:
        yield "straat/teller-12/meting", {"people_count": 3, "visitor_hash": digest}
    for plate in value["plate"]:
        yield "straat/kenteken-30/passage", {"licensePlate": plate, "speed": 31.5}
        yield "straat/kenteken-30/passage", {"passages": {plate.replace("-", ""): {"lane": 2}}}
    for token in value["token"]:
        yield "straat/zuil-44/toegang", {"card_uid": token, "open": True}
    for kind in ("person", "e-mail", "telephone", "IMSI", "BSN", "user address", "sentence"):
        for item in value[kind]:
            yield "straat/zuil-44/melding", {"name": item, "bericht": f"van {item}, graag antwoord"}
            yield "straat/zuil-44/register", {item: {"count": 1}}
    for turn, place in enumerate(value["place"]):
        yield "straat/kenteken-30/plaats", {"lat": float(place), "lon": 4.9 + turn / 500}
    inner = json.dumps({"kenteken": value["plate"][0], "email": value["e-mail"][0]}).encode()
    yield "straat/zuil-44/ruw", {"payload": base64.b64encode(inner).decode()}
    yield "straat/camera-03/beeld", jpeg(pieces)
    yield "straat/camera-03/beeld", {"image": base64.b64encode(jpeg(pieces)).decode()}
    yield "straat/zuil-44/geluid", wav(pieces)
    yield "straat/zuil-44/geluid", {"audio": base64.b64encode(wav(pieces)).decode()}


def capture(path: Path, kinds: Kinds, pieces: tuple[bytes, ...]) -> Path:
    """Write the capture and return where it is."""
    wire = Wire()
    value = {kind: [secret.value for secret in found] for kind, found in kinds.items()}
    said: dict[str, list[tuple[bool, bytes]]] = {
        name: [(True, connect(name)), (False, b"\x20\x02\x00\x00")] for name in DEVICES
    }
    for topic, payload in payloads(kinds, pieces):
        said[topic.split("/")[1]].append((True, publish(topic, payload)))
    named = {kind: found for kind, found in value.items() if kind not in VALUES_ALONE}
    for kind, values in named.items():
        for item in values:
            for topic in (f"straat/{item}/meting", f"huis/{kind}/{item.lower()}", item):
                said["zuil-44"].append((True, publish(topic, {"temperature": 20.5}, retain=True)))
    for name, turns in said.items():
        wire.connection(DEVICES[name], 1883, *turns)

    _phones(wire, value)
    domains = ("", ".local", ".example.org")
    for turn, item in enumerate(itertools.chain(*named.values())):
        secret = value["password"][turn % 20]
        headers = {
            "Host": (item if turn % 2 else quote(item, safe="-.")) + domains[turn % 3],
            "User-Agent": f"Poort/1.0 ({item})",
            "Authorization": "Basic " + base64.b64encode(f"{item}:{secret}".encode()).decode(),
            "Cookie": f"session={item}",
            "X-Owner": item,
        }
        if turn % 3 == 0:
            body, kind = json.dumps({"pm25": 8.5, "owner": item}).encode(), "application/json"
        elif turn % 3 == 1:
            part = f'--x\r\nContent-Disposition: form-data; name="{item}"; filename="{item}.jpg"'
            body, kind = f"{part}\r\n\r\n".encode() + jpeg(pieces) + b"\r\n--x--\r\n", "multipart"
            kind = "multipart/form-data; boundary=x"
        else:
            body, kind = f"naam={quote(item)}".encode(), "application/x-www-form-urlencoded"
        target = f"/v1/{quote(item)}/foto?sleutel={quote(item)}&x=1"
        answer = f"HTTP/1.1 404 {item}\r\nContent-Length: {len(item)}\r\n\r\n{item}".encode()
        turns = [(True, request(target, headers, body, kind)), (False, answer)]
        wire.connection(DEVICES["camera-03"], 80, *turns)
    every = list(itertools.chain(*named.values()))
    announce(wire, DEVICES["camera-03"], every, client_hello)
    _broken(wire, every)
    path.write_bytes(b"".join(wire.records))
    return path


def _phones(wire: Wire, value: Mapping[str, list[str]]) -> None:
    """Let the phones of people speak, in the network for guests and among the devices."""
    for turn, mac in enumerate(value["phone's MAC"]):
        person = value["person"][turn]
        guest = (mac, f"203.0.113.{turn + 10}")
        host = f"{person.lower().replace(' ', '-')}.example.org"
        names = connect(f"iPhone van {person}", value["e-mail"][turn], value["password"][turn])
        wire.connection(guest, 1883, (True, names))
        wire.connection(guest, 443, (True, client_hello(host)))
        wire.datagram(guest, 53, question(host))
        # The same person's app, let through to the devices' own broker.
        app = connect(f"iPhone-van-{person}", value["e-mail"][turn], will=value["telephone"][turn])
        wire.connection(DEVICES["zuil-44"], 1883, (True, app))
        wire.connection(DEVICES["zuil-44"], 443, (True, client_hello(host)))
        wire.datagram(DEVICES["zuil-44"], 53, question(host))


def _broken(wire: Wire, values: list[str]) -> None:
    """Say the same in messages that nobody can read, to see what the errors say."""
    for item in values[::5]:
        half = json.dumps({"naam": item})[:-1].encode()
        garbage = bytes([0x10, 0x05]) + item.encode()
        wire.connection(DEVICES["zuil-44"], 1883, (True, publish("straat/zuil-44/x", half)))
        wire.connection(DEVICES["zuil-44"], 1883, (True, connect("zuil-44") + garbage))
        wire.connection(DEVICES["zuil-44"], 80, (True, f"GET /{item} HTTP/9 {item}\r\n".encode()))
        wire.connection(DEVICES["zuil-44"], 554, (True, f"SETUP {item} RTSP/1.0\r\n\r\n".encode()))
        wire.connection(DEVICES["zuil-44"], 7777, (True, item.encode()))
        wire.datagram(DEVICES["zuil-44"], 5683, item.encode())
