"""Captures made octet by octet, so that they can be wrong in every way."""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from tests.agent.capture.wire import is_root, lay, namespace

FRAMES = (b"\x11" * 60, b"", b"\x22" * 1, b"\x33" * 1500)
SECONDS = 1_700_000_000


@dataclass(frozen=True)
class Writer:
    """Writes parts of captures in one byte order."""

    order: str = "<"

    def pcap_header(self, *, nano: bool = False, link: int = 1) -> bytes:
        magic = 0xA1B23C4D if nano else 0xA1B2C3D4
        return struct.pack(self.order + "IHHiIII", magic, 2, 4, 0, 0, 262144, link)

    def pcap_record(
        self, octets: bytes, fraction: int = 0, wire: int | None = None, length: int | None = None
    ) -> bytes:
        captured = len(octets) if length is None else length
        on_wire = len(octets) if wire is None else wire
        return struct.pack(self.order + "IIII", SECONDS, fraction, captured, on_wire) + octets

    def block(
        self, kind: int, body: bytes, length: int | None = None, trailer: int | None = None
    ) -> bytes:
        body += b"\0" * (-len(body) % 4)
        whole = len(body) + 12 if length is None else length
        last = whole if trailer is None else trailer
        return (
            struct.pack(self.order + "II", kind, whole) + body + struct.pack(self.order + "I", last)
        )

    def section(self) -> bytes:
        return self.block(0x0A0D0D0A, struct.pack(self.order + "IHHq", 0x1A2B3C4D, 1, 0, -1))

    def option(self, code: int, value: bytes) -> bytes:
        return struct.pack(self.order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)

    def interface(self, link: int = 1, snap: int = 0, options: bytes = b"") -> bytes:
        return self.block(1, struct.pack(self.order + "HHI", link, 0, snap) + options)

    def enhanced(
        self, octets: bytes, ticks: int, port: int = 0, wire: int | None = None, **damage: int
    ) -> bytes:
        captured = damage.pop("captured", len(octets))
        head = struct.pack(
            self.order + "IIIII",
            port,
            ticks >> 32,
            ticks & 0xFFFFFFFF,
            captured,
            len(octets) if wire is None else wire,
        )
        return self.block(6, head + octets, **damage)

    def simple(self, octets: bytes, wire: int | None = None) -> bytes:
        on_wire = len(octets) if wire is None else wire
        return self.block(3, struct.pack(self.order + "I", on_wire) + octets)

    def obsolete(self, octets: bytes, ticks: int, port: int = 0, drops: int = 0xFFFF) -> bytes:
        head = struct.pack(
            self.order + "HHIIII",
            port,
            drops,
            ticks >> 32,
            ticks & 0xFFFFFFFF,
            len(octets),
            len(octets),
        )
        return self.block(2, head + octets)

    def statistics(self, port: int, drops: int) -> bytes:
        options = self.option(5, struct.pack(self.order + "Q", drops))
        return self.block(5, struct.pack(self.order + "III", port, 0, 0) + options)

    def pcap(self, frames: Sequence[bytes] = FRAMES, **header: int) -> bytes:
        records = b"".join(self.pcap_record(each, i) for i, each in enumerate(frames))
        return self.pcap_header(**header) + records

    def pcapng(self, frames: Sequence[bytes] = FRAMES) -> bytes:
        blocks = b"".join(self.enhanced(each, i) for i, each in enumerate(frames))
        return self.section() + self.interface() + blocks


@pytest.fixture(scope="session", params=["<", ">"], ids=["little", "big"])
def writer(request: pytest.FixtureRequest) -> Writer:
    """Return a writer of each byte order."""
    return Writer(request.param)


@pytest.fixture(scope="session")
def writers() -> Callable[[str], Writer]:
    """Return the way to a writer of a certain byte order."""
    return Writer


@pytest.fixture
def wires(demand: Callable[[bool, str], None], programs: Callable[..., None]) -> Iterator[None]:
    """Two wires: s0 to c0 and s1 to c1."""
    programs("ip")
    demand(is_root(), "a network namespace needs root")
    with namespace():
        lay("s0", "c0")
        lay("s1", "c1")
        yield
