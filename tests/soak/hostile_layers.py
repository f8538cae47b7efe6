"""Captures that lie about lengths, or go deeper and on for longer than anybody needs."""

import gzip
import itertools
import json
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import cbor2
import msgpack
from hpack import Encoder

from tests.leaks.traffic import Host, Wire, client_hello, connect, publish, request
from tests.soak.frames import block
from tests.soak.hostile import ORIG

RESP = ("02:00:00:00:00:01", "198.51.100.10")
DEEP = 100_000
FRAGMENTS = 100_000
STREAMS = 100_000
TOPICS = 1_000_000
_ZEROS = 100 << 20
_LIES = (0, 1, 11, 12, 13, 28, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)
_SECTION = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
_INTERFACE = block(1, struct.pack("<HHI", 1, 0, 0))


class Frames(Wire):
    """A wire on which IP packets are anything."""

    def packet(self, protocol: int, load: bytes, source: Host = ORIG) -> None:
        self._put(source, RESP, protocol, load)

    def piece(self, number: int, offset: int, more: bool, load: bytes) -> None:
        """Add a fragment; the offset counts eights of octets."""
        self._put(ORIG, RESP, 17, load)
        record = bytearray(self.records[-1])
        struct.pack_into(">HH", record, 16 + 14 + 4, number & 0xFFFF, more << 13 | offset & 0x1FFF)
        self.records[-1] = bytes(record)

    def save(self, path: Path) -> None:
        with path.open("wb") as file:
            file.writelines(self.records)


def lying_lengths(path: Path, count: int = 50_000) -> None:
    """Write a pcapng of which blocks, packets and options are not as long as they say."""
    chance = random.Random(6)
    frame = bytes(60)
    with path.open("wb") as file:
        file.write(_SECTION + _INTERFACE)
        for number in range(count):
            kind = chance.choice((1, 2, 3, 4, 5, 6, 0x0A0D0D0A, chance.getrandbits(31)))
            lengths = chance.choice((60, *_LIES)), chance.choice((60, *_LIES))
            octets = bytearray(block(kind, struct.pack("<IIIII", 0, 0, number, *lengths) + frame))
            if kind == 0x0A0D0D0A:
                octets = bytearray(_SECTION + _INTERFACE)
            elif kind == 1:
                octets = bytearray(block(1, struct.pack("<HHIHH", 1, 0, 0, 9, 0xFFFF)))
            if number > count * 0.9 and chance.random() < 0.001:
                struct.pack_into("<I", octets, 4, chance.choice(_LIES))
            file.write(octets)


def absurd_offsets(path: Path, count: int = 200_000) -> None:
    """Write segments whose header says it is longer, or shorter, than what there is."""
    chance, wire = random.Random(7), Frames()
    for number in range(count):
        head = struct.pack(
            ">HHIIBBHHH", 40_000 + number % 500, 1883, chance.getrandbits(32),
            chance.getrandbits(32), chance.randrange(256), chance.randrange(256),
            65535, 0, chance.getrandbits(16),
        )  # fmt: skip
        wire.packet(6, head[: chance.choice((20, 20, 13, 4))] + chance.randbytes(20))
    wire.save(path)


def fragments(path: Path, count: int = FRAGMENTS) -> None:
    """Write pieces of datagrams that never become whole, overlap, or end beyond 64 KiB."""
    chance, wire = random.Random(8), Frames()
    for number in range(count):
        offset = chance.choice((0, 1, 0x1FFF, number & 0x1FFF, chance.randrange(64)))
        which = chance.choice((7, number, chance.randrange(50)))
        wire.piece(which, offset, chance.random() < 0.9, bytes(chance.choice((8, 64, 1400))))
    wire.save(path)


def tunnels(path: Path, count: int = 20_000) -> None:
    """Write packets in up to forty tunnels."""
    wire = Frames()
    chance = random.Random(9)
    for number in range(count):
        load = struct.pack(">HHHH", 4000, number & 0xFFFF, 12, 0) + b"last"
        protocol = 17
        for _ in range(chance.choice((1, 3, 5, 40))):
            head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(load), 0, 0, 64, protocol, 0)
            inner = head + bytes((192, 0, 2, 1, 198, 51, 100, 2)) + load
            if chance.random() < 0.5:
                protocol, load = 4, inner
            else:
                protocol, load = 47, b"\0\0\x08\0" + inner
        wire.packet(protocol, load)
    wire.save(path)


def octet_by_octet(path: Path, connections: int = 300) -> None:
    """Write TLS hellos, and what never ends, in segments of one octet."""
    wire = Frames()
    hello = client_hello("a" * 200 + ".example.org")
    for number in range(connections):
        said = hello if number % 2 else b"GET / HTTP/1.1\r\nA: " + b"x" * 600
        wire.connection(ORIG, 443, *((True, said[at : at + 1]) for at in range(len(said))))
    wire.save(path)


def many_streams(path: Path, count: int = STREAMS) -> None:
    """Write HTTP/2 connections of very many streams, and headers that are larger than they look."""
    wire, encoder = Frames(), Encoder()
    value = "x" * 4000
    first = encoder.encode([(":method", "POST"), (":path", "/a"), ("a", value)])
    again = encoder.encode([(":method", "POST"), (":path", "/a"), *[("a", value)] * 200])
    said = bytearray(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _frame(4, 0, 0, b""))
    for number in range(count):
        block_ = first if not number else again if number % 100 == 1 else b"\x83\x86\x84"
        said += _frame(1, 4, 2 * number + 1, block_)
    wire.connection(ORIG, 80, (True, bytes(said)))
    wire.save(path)


def _frame(kind: int, flags: int, stream: int, load: bytes) -> bytes:
    return len(load).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + load


def name_loops(path: Path, count: int = 20_000) -> None:
    """Write DNS messages of which the names point at themselves and at each other."""
    wire = Frames()
    head = struct.pack(">HHHHHH", 7, 0x8400, 1, 300, 0, 0)
    pointers = b"".join(struct.pack(">H", 0xC000 | at) for at in range(12, 1200, 2))
    chain = b"\x01a" * 500 + b"\xc0\x0c"
    for number in range(count):
        names = (b"\xc0\x0c", pointers, chain, b"\xc0\x0e\xc0\x0c")[number % 4]
        rows = (b"\xc0\x0c" + struct.pack(">HHIH", 12, 1, 9, 2) + b"\xc0\x0c") * 90
        wire.datagram(ORIG, (53, 5353)[number % 2], head + names + b"\0\x0c\0\1" + rows)
    wire.save(path)


def _nested() -> Iterator[bytes]:
    """Yield what goes deeper than anybody reads, in each encoding that nests."""
    depth = DEEP
    yield b"[" * depth + b"]" * depth
    yield b'{"a":' * depth + b"1" + b"}" * depth
    yield b"\x81" * depth + b"\0"  # CBOR: a list of one
    yield b"\xd8\x01" * depth + b"\0"  # CBOR: tags
    yield b"\x9f" * depth
    yield b"\x91" * depth + b"\0"  # MessagePack: a list of one
    yield b"<a>" * depth + b"</a>" * depth
    yield b"<!DOCTYPE a [" + b"<!ENTITY b 'b'>" * depth + b"]><a/>"
    load = b"\x08\x01"
    while len(load) < depth:
        load = b"\x0a" + _varint(len(load)) + load
    yield load
    yield b"\x30\x80" * depth
    yield cbor2.dumps([[]] * depth)
    yield msgpack.packb([[]] * depth)
    yield json.dumps({f"k{number}": number for number in range(depth)}).encode()


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes((*out, number))


def deep(path: Path, rounds: int = 10) -> None:
    """Write deep payloads over MQTT and HTTP, MIME within MIME, and BER within BER."""
    wire = Frames()
    for _ in range(rounds):
        for payload in _nested():
            wire.connection(ORIG, 1883, (True, connect("teller") + publish("a/b", payload)))
            headers = {"Host": "upload.example.org"}
            wire.connection(ORIG, 80, (True, request("/v1", headers, payload, "text/plain")))
        mime = b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 20_000
        octets = request("/v1", {"Host": "a.example"}, mime, "multipart/mixed; boundary=a")
        wire.connection(ORIG, 80, (True, octets))
        wire.connection(ORIG, 25, (False, b"220 a\r\n"), (True, b"EHLO a\r\nDATA\r\n" + mime))
        wire.datagram(ORIG, 161, b"\x30\x82\xff\xff" + b"\x30\x80" * 600)
    wire.save(path)


def inflating(path: Path, rounds: int = 10) -> None:
    """Write gzip in MQTT and in itself, and messages of WebSocket that inflate."""
    wire = Frames()
    zeros = gzip.compress(bytes(_ZEROS))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = packer.compress(bytes(_ZEROS)) + packer.flush(zlib.Z_SYNC_FLUSH)
    frame = b"\xc1\x7f" + len(raw).to_bytes(8, "big") + raw
    upgrade = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    switched = (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    )
    for _ in range(rounds):
        for payload in (zeros, gzip.compress(zeros), gzip.compress(gzip.compress(zeros))):
            wire.connection(ORIG, 1883, (True, connect("teller") + publish("a/b", payload)))
        wire.connection(ORIG, 80, (True, upgrade), (False, switched + frame))
    wire.save(path)


def many_topics(path: Path, count: int = TOPICS) -> None:
    """Write as many topics and devices as there are messages, each of them counted."""
    wire = Frames()
    with path.open("wb") as file:
        for first in range(0, count, 1000):
            said = (
                publish(f"stad/{number:x}/meting", {"temperature": 1.5, "id": f"{number:016x}"})
                for number in range(first, min(first + 1000, count))
            )
            said = itertools.chain([connect(f"teller-{first}")], said)
            client = (f"02:00:00:{first >> 16 & 255:02x}:{first >> 8 & 255:02x}:01", ORIG[1])
            wire.connection(client, 1883, (True, b"".join(said)))
            wire._ports = itertools.count(10_000 + first // 1000 % 50_000)
            file.writelines(wire.records)
            wire.records.clear()
