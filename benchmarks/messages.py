"""Writes the message workload: small MQTT messages, as a broker of many sensors sees them.

    python benchmarks/messages.py W2.pcap [--messages 1000000] [--bare]

500 devices speak through 50 connections in 40 shapes of JSON of 60 to 400 octets; segments hold
parts of messages, and several at once.  The same seed gives the same file.
With --bare each message is one number or word, whose name is the last part of its topic.
"""

import argparse
import random
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from bulk import FILE_HEADER, START_SECONDS

DEVICES, CONNECTIONS, SHAPES = 500, 50, 40
SEGMENT_OCTETS = 1400
MICROSECONDS_APART = 100
HEADERS_OCTETS = 54
_NUMBERS = (
    "temperature", "humidity", "pressure", "co2", "pm10", "pm25", "no2", "o3", "noise_level_db",
    "battery", "voltage", "current", "power", "energy", "water_level", "soil_moisture",
    "wind_speed", "wind_direction", "rainfall", "luminance", "count", "occupancy",
    "speed_average", "vehicles", "pedestrians", "bicycles", "uptime", "rssi", "snr",
    "free_memory",
)  # fmt: skip
_WORDS = {"status": ("ok", "degraded", "starting"), "mode": ("auto", "manual"), "unit": ("metric",)}
_PLACES = ("harbour", "market", "station", "park", "bridge", "square", "canal", "school")


class _Shape:
    """One firmware: which keys its messages have, and on what topic it sends them."""

    def __init__(self, source: random.Random, number: int) -> None:
        self.topic = f"city/{source.choice(_PLACES)}/sensor-{{device:03}}/{number % 4}"
        self._keys = source.sample(_NUMBERS, source.randint(3, 16))
        self._nested = source.random() < 0.4
        self._named = source.random() < 0.5
        self._words = source.sample(sorted(_WORDS), source.randint(0, 3))

    def message(self, source: random.Random, seconds: int) -> str:
        """Return one message with fresh values."""
        readings = ",".join(f'"{key}":{source.uniform(0, 100):.2f}' for key in self._keys)
        parts = [f'"time":"{_stamp(seconds)}"'] if self._named else [f'"timestamp":{seconds}']
        parts += [f'"{word}":"{source.choice(_WORDS[word])}"' for word in self._words]
        parts.append(f'"readings":{{{readings}}}' if self._nested else readings)
        return "{" + ",".join(parts) + "}"


class _BareShape:
    """One kind of device that sends a value and nothing else."""

    def __init__(self, source: random.Random, number: int) -> None:
        name = source.choice((*_NUMBERS, "state", "window"))
        self.topic = f"city/{source.choice(_PLACES)}/sensor-{{device:03}}/{name}"
        self._words = number % 4 == 0

    def message(self, source: random.Random, seconds: int) -> str:  # noqa: ARG002
        """Return one value."""
        return source.choice(("ON", "OFF")) if self._words else f"{source.uniform(0, 100):.2f}"


def _stamp(seconds: int) -> str:
    return f"2025-06-15T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"


def packets(count: int, seed: int, *, bare: bool = False) -> Iterator[tuple[int, bytes]]:
    """Yield the connections' packets of MQTT, in order, each with the number of its connection."""
    source = random.Random(seed)
    kind = _BareShape if bare else _Shape
    shapes = [kind(source, number) for number in range(SHAPES)]
    of_device = [source.choice(shapes) for _ in range(DEVICES)]
    for connection in range(CONNECTIONS):
        client = f"gateway-{connection}".encode()
        body = b"\0\4MQTT\4\2\0\x3c" + struct.pack(">H", len(client)) + client
        yield connection, b"\x10" + _varint(len(body)) + body
    for number in range(count):
        device = source.randrange(DEVICES)
        shape = of_device[device]
        seconds = START_SECONDS + number * MICROSECONDS_APART // 1_000_000
        topic = shape.topic.format(device=device).encode()
        body = struct.pack(">H", len(topic)) + topic + shape.message(source, seconds).encode()
        yield device % CONNECTIONS, b"\x30" + _varint(len(body)) + body


def _varint(length: int) -> bytes:
    return bytes((length,)) if length < 128 else bytes((length & 127 | 128, length >> 7))


def write(path: Path, count: int, seed: int = 3, *, bare: bool = False) -> None:
    """Write the capture: most segments hold one message, the others a part or several."""
    source = random.Random(seed)
    pending = [b""] * CONNECTIONS
    sequence = [1] * CONNECTIONS
    with path.open("wb") as file:
        file.write(FILE_HEADER)
        for nth, (connection, packet) in enumerate(packets(count, seed, bare=bare)):
            held = pending[connection] + packet
            chance = source.random()
            if chance < 0.2 and len(held) < SEGMENT_OCTETS:
                pending[connection] = held
                continue
            length = len(held) if chance < 0.8 else source.randrange(1, len(held))
            length = min(length, SEGMENT_OCTETS)
            file.write(_frame(nth, connection, sequence[connection], held[:length]))
            pending[connection] = held[length:]
            sequence[connection] = (sequence[connection] + length) % (1 << 32)


def _frame(nth: int, connection: int, sequence: int, payload: bytes) -> bytes:
    octets = HEADERS_OCTETS + len(payload)
    micro = START_SECONDS * 1_000_000 + nth * MICROSECONDS_APART
    return b"".join(
        (
            struct.pack("<IIII", micro // 1_000_000, micro % 1_000_000, octets, octets),
            b"\x02\0\0\0\0\xff\x02\0\0\0\1" + bytes((connection,)) + b"\x08\0",
            struct.pack(">BBHHHBBH", 0x45, 0, octets - 14, 0, 0, 64, 6, 0),
            # 198.18.0.0/15 is set aside for benchmarks (RFC 2544).
            bytes((198, 18, 0, 10 + connection)) + b"\xc6\x12\1\1",
            struct.pack(">HHIIBBHI", 40_000, 1883, sequence, 1, 0x50, 0x18, 0xFFFF, 0),
            payload,
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--bare", action="store_true", help="each message is one value")
    given = parser.parse_args()
    write(given.path, given.messages, bare=given.bare)
    return 0


if __name__ == "__main__":
    sys.exit(main())
