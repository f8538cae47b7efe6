"""Captures that somebody makes to exhaust whoever reads them, by the hundred thousand."""

import base64
import gzip
import itertools
import json
import random
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from benchmarks import bulk
from tests.leaks.traffic import Wire, connect, publish, request

ORIG = ("02:00:00:00:00:66", "192.0.2.66")
FLOWS = 300_000
FRAMES = 1_000_000
NAMES = 100_000
TOPICS = 50_000
_SYLLABLES = [c + v for c in "bdfgklmnprstvwz" for v in "aeiou"]


def names(count: int) -> Iterator[str]:
    """Yield distinct names that look like words, which a report therefore keeps apart."""
    for parts in itertools.islice(itertools.product(_SYLLABLES, repeat=4), count):
        yield "".join(parts)


def random_frames(path: Path, count: int = FRAMES, octets: int = 90) -> None:
    """Write frames of noise; every second one starts as Ethernet with IPv4 and TCP or UDP."""
    noise = np.random.default_rng(3)
    with path.open("wb") as file:
        file.write(bulk.FILE_HEADER)
        for _ in range(0, count, bulk.CHUNK_FRAMES):
            rows = bulk.CHUNK_FRAMES
            frames = noise.integers(0, 256, size=(rows, 16 + octets), dtype=np.uint8)
            frames[:, :16] = np.frombuffer(struct.pack("<IIII", 1, 1, octets, octets), np.uint8)
            frames[::2, 28:30] = 8, 0
            frames[::2, 30] = 0x45
            frames[::2, 39] = noise.choice(np.array([6, 17], np.uint8), size=rows // 2)
            file.write(frames.tobytes())


def short_flows(path: Path, count: int = FLOWS) -> None:
    """Write as many flows as packets."""
    random_ = np.random.default_rng(4)
    sequence = np.zeros(count, dtype=np.int64)
    with path.open("wb") as file:
        file.write(bulk.FILE_HEADER)
        for first in range(0, count, bulk.CHUNK_FRAMES):
            flow = np.arange(first, first + bulk.CHUNK_FRAMES)
            kind = random_.choice([bulk.RTP, bulk.TLS, bulk.MQTT], size=flow.size)
            bulk._write(file, first, flow, kind, bulk.SMALL_OCTETS, sequence, random_)


class _Segments(Wire):
    """A wire on which the sequence numbers are anything."""

    def segment(self, port: int, sequence: int, flags: int, load: bytes) -> None:
        numbers = struct.pack(">HHIIBBHHH", port, 1883, sequence, 0, 0x50, flags, 65535, 0, 0)
        self._put(ORIG, ("02:00:00:00:00:01", "198.51.100.10"), 6, numbers + load)


def absurd_sequences(path: Path, count: int = 100_000) -> None:
    """Write segments all over the sequence space: nothing ever fits the segment before it."""
    chance, wire = random.Random(5), _Segments()
    load = publish("a/b", {"temperature": 1.0}) * 20
    for number in range(count):
        sequence = chance.choice((chance.getrandbits(32), number * 3, (1 << 32) - 1 - number))
        wire.segment(40_000 + number % 50, sequence, chance.choice((0, 2, 16, 24, 17)), load)
    _save(path, wire)


def distinct_names(path: Path) -> None:
    """Write as many keys, topics and client ids as there are messages."""
    wire = Wire()
    keys = (publish("straat/teller/meting", {name: 1.5}) for name in names(NAMES))
    topics = (publish(f"straat/{name}/meting", {"temperature": 1.5}) for name in names(TOPICS))
    said = itertools.chain([connect("teller")], keys, topics)
    wire.connection(ORIG, 1883, *((True, octets) for octets in _together(said)))
    wire._ports = itertools.cycle(range(10_000, 60_000))
    for number, name in enumerate(names(NAMES)):
        client = (ORIG[0], f"192.0.2.{100 + number % 100}")
        wire.connection(client, 1883, (True, connect(name)))
    _save(path, wire)


def bombs(path: Path) -> None:
    """Write what is small on the wire and large when it is opened."""
    wire = Wire()
    nested = b"1.5"
    for _ in range(60):
        nested = json.dumps({"data": base64.b64encode(nested).decode()}).encode()[:400_000]
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    wide = b"[" + b"[]," * 100_000 + b"[]]"
    zeros = gzip.compress(bytes(100 << 20))
    twice = gzip.compress(zeros)
    for _ in range(30):
        said = (publish("straat/x/ruw", payload) for payload in (nested, deep, wide))
        wire.connection(ORIG, 1883, (True, connect("teller")), *((True, octets) for octets in said))
        for coding, body in (("gzip", zeros), ("gzip, gzip", twice), ("deflate, gzip", twice)):
            headers = {"Host": "upload.example.org", "Content-Encoding": coding}
            octets = request("/v1/meting", headers, body, "application/json")
            wire.connection(ORIG, 80, (True, octets))
    _save(path, wire)


def _together(said: Iterable[bytes], size: int = 64 << 10) -> Iterator[bytes]:
    """Yield short messages in larger pieces, as a busy client sends them."""
    out = bytearray()
    for octets in said:
        out += octets
        if len(out) >= size:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _save(path: Path, wire: Wire) -> None:
    with path.open("wb") as file:
        file.writelines(wire.records)
