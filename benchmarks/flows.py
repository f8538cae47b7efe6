"""Writes the workload of many flows: a million packets in 200,000 small flows that run at once.

    python benchmarks/flows.py W3.pcap [--flows 200000]

Name and time look-ups, TLS, HTTP, scans, and protocols that nobody knows, of 500 devices and 400
servers.  The same seed gives the same file.
"""

import argparse
import random
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bulk import FILE_HEADER, START_SECONDS

DEVICES, SERVERS, SCANNERS = 500, 400, 5
SERVERS_OF_ONE = 3
PERIOD_MICROSECONDS = 60_000_000
SYN, ACK, PSH, FIN, RST = 2, 16, 8, 1, 4
TCP, UDP = 6, 17
ROUTER, RESOLVER = b"\x02\xff\0\0\0\1", bytes((198, 18, 0, 1))

Step = tuple[bool, int, bytes]
"""Whether the one who opened the flow sends it, flags of TCP, payload."""


def _device(number: int) -> bytes:
    # 198.18.0.0/15 is set aside for benchmarks (RFC 2544).
    return struct.pack(">I", 0xC6120100 + number)


def _server(number: int) -> bytes:
    return struct.pack(">I", 0xC6130100 + number)


def _name(number: int) -> str:
    return f"service-{number:03}.example.org"


def _labels(name: str) -> bytes:
    return b"".join(bytes((len(part),)) + part.encode() for part in name.split(".")) + b"\0"


def _prefixed(octets: bytes, width: int = 2) -> bytes:
    return len(octets).to_bytes(width, "big") + octets


def _dns(source: random.Random, server: int) -> list[Step]:
    question = _labels(_name(server)) + b"\0\1\0\1"
    identity = source.randbytes(2)
    lives = struct.pack(">I", source.randrange(1, 3600))
    answer = b"\xc0\x0c\0\1\0\1" + lives + _prefixed(_server(server))
    return [
        (True, 0, identity + b"\1\0\0\1\0\0\0\0\0\0" + question),
        (False, 0, identity + b"\x81\x80\0\1\0\1\0\0\0\0" + question + answer),
    ]


def _ntp(source: random.Random, _: int) -> list[Step]:
    return [
        (True, 0, b"\x23\0\6\xe9" + bytes(36) + source.randbytes(8)),
        (False, 0, b"\x24\2\6\xe9" + bytes(8) + source.randbytes(36)),
    ]


def _record(kind: int, octets: bytes) -> bytes:
    return bytes((kind, 3, 3)) + _prefixed(octets)


def _tls(source: random.Random, server: int) -> list[Step]:
    name = _name(server).encode()
    extensions = b"".join(
        kind.to_bytes(2, "big") + _prefixed(body)
        for kind, body in (
            (0, _prefixed(b"\0" + _prefixed(name))),
            (10, _prefixed(b"\0\x1d\0\x17\0\x18")),
            (13, _prefixed(b"\4\3\x08\4\4\1")),
            (16, _prefixed(b"\x08http/1.1")),
            (43, b"\4\3\4\3\3"),
            (51, _prefixed(b"\0\x1d" + _prefixed(source.randbytes(32)))),
        )
    )
    ciphers = bytes.fromhex("130113021303c02bc02fc02cc030cca9cca8")
    hello = b"\3\3" + source.randbytes(32) + _prefixed(source.randbytes(32), 1)
    client = hello + _prefixed(ciphers) + b"\1\0" + _prefixed(extensions)
    shared = b"\0\x33" + _prefixed(b"\0\x1d" + _prefixed(source.randbytes(32)))
    answer = hello + b"\x13\1\0" + _prefixed(shared + b"\0\x2b\0\2\3\4")
    return _connection(
        (True, ACK | PSH, _record(22, b"\1" + _prefixed(client, 3))),
        (False, ACK | PSH, _record(22, b"\2" + _prefixed(answer, 3))),
        (False, ACK | PSH, _record(23, source.randbytes(900))),
        (True, ACK | PSH, _record(23, source.randbytes(source.randrange(60, 300)))),
    )


def _http(source: random.Random, server: int) -> list[Step]:
    body = b'{"temperature":%.1f,"humidity":%d}' % (source.uniform(0, 30), source.randrange(100))
    head = (
        f"POST /v1/readings HTTP/1.1\r\nHost: {_name(server)}\r\nContent-Type: application/json\r\n"
    )
    return _connection(
        (True, ACK | PSH, head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body),
        (False, ACK | PSH, b"HTTP/1.1 204 No Content\r\n\r\n"),
    )


def _connection(*steps: Step) -> list[Step]:
    opening = [(True, SYN, b""), (False, SYN | ACK, b""), (True, ACK, b"")]
    return [*opening, *steps, (True, ACK | FIN, b""), (False, ACK | FIN, b"")]


def _scan(source: random.Random, _: int) -> list[Step]:
    closed = [(False, RST | ACK, b"")]
    return [(True, SYN, b""), *(closed if source.random() < 0.5 else [])]


def _unknown_udp(source: random.Random, _: int) -> list[Step]:
    return [
        (number % 2 == 0, 0, b"\xa5\x5a" + source.randbytes(source.randrange(6, 60)))
        for number in range(5)
    ]


def _unknown_tcp(source: random.Random, _: int) -> list[Step]:
    return _connection(
        *(
            (number % 2 == 0, ACK | PSH, b"\xa7\0" + source.randbytes(source.randrange(6, 90)))
            for number in range(5)
        )
    )


KINDS: tuple[
    tuple[float, int, tuple[int, ...], Callable[[random.Random, int], list[Step]]], ...
] = (
    (0.24, UDP, (53,), _dns),
    (0.09, UDP, (123,), _ntp),
    (0.17, TCP, (443, 8883), _tls),
    (0.05, TCP, (80, 8080), _http),
    (0.17, TCP, (), _scan),
    (0.17, UDP, (20_101, 31_337), _unknown_udp),
    (0.11, TCP, (9_301, 40_404), _unknown_tcp),
)
"""Share of the flows, protocol, ports of the server (none: any), and what is said."""


def packets(flows: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Yield the packets of each flow in turn, each with its time in microseconds."""
    source = random.Random(seed)
    shares = [kind[0] for kind in KINDS]
    for number in range(flows):
        _, protocol, ports, speak = source.choices(KINDS, shares)[0]
        device = source.randrange(SCANNERS if speak is _scan else DEVICES)
        server = (7 * device + source.randrange(SERVERS_OF_ONE)) % SERVERS
        at = START_SECONDS * 1_000_000 + source.randrange(PERIOD_MICROSECONDS)
        there = RESOLVER if speak is _dns else _server(server)
        here = (b"\2\0" + _device(device), _device(device), 1024 + number % 60_000)
        port = ports[server % len(ports)] if ports else source.randrange(1, 10_000)
        yield from _flow(at, protocol, here, (ROUTER, there, port), speak(source, server), source)


def _flow(
    at: int,
    protocol: int,
    orig: tuple[bytes, bytes, int],
    resp: tuple[bytes, bytes, int],
    steps: list[Step],
    source: random.Random,
) -> Iterator[tuple[int, bytes]]:
    sequence = {True: source.randrange(1 << 32), False: source.randrange(1 << 32)}
    for forth, flags, payload in steps:
        sender, receiver = (orig, resp) if forth else (resp, orig)
        if protocol == TCP:
            acknowledged = sequence[not forth] if flags & ACK else 0
            head = struct.pack(
                ">HHIIBBHI", sender[2], receiver[2], sequence[forth], acknowledged, 0x50, flags,
                0xFFFF, 0,
            )  # fmt: skip
            taken = len(payload) + (flags & (SYN | FIN) > 0)
            sequence[forth] = (sequence[forth] + taken) % (1 << 32)
        else:
            head = struct.pack(">HHHH", sender[2], receiver[2], 8 + len(payload), 0)
        total = 20 + len(head) + len(payload)
        ip = struct.pack(">BBHHHBBH", 0x45, 0, total, 0, 0x4000, 64, protocol, 0)
        frame = receiver[0] + sender[0] + b"\x08\0" + ip + sender[1] + receiver[1] + head + payload
        yield at, frame.ljust(60, b"\0")
        at += source.randrange(200, 40_000)


def write(path: Path, flows: int = 200_000, seed: int = 4) -> None:
    """Write the capture, in order of time."""
    with path.open("wb") as file:
        file.write(FILE_HEADER)
        for at, frame in sorted(packets(flows, seed), key=lambda each: each[0]):
            size = len(frame)
            file.write(struct.pack("<IIII", at // 1_000_000, at % 1_000_000, size, size))
            file.write(frame)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--flows", type=int, default=200_000)
    given = parser.parse_args()
    write(given.path, given.flows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
