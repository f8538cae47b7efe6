"""Blocks of frames from octets, and decoders of protocols that nobody else speaks."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.records import FrameBlock, Interface, Message

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND


class LengthPrefixed:
    """Frames of a length octet after an "L"; after a gap the next octet begins one.

    As every decoder must, it returns the messages before an error first.
    """

    def __init__(self) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self._rest = {True: b"", False: b""}
        self._at = {True: 0, False: 0}
        self._error = False

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        if self._error:
            raise DecodeError("no frame")
        rest = self._rest[from_orig] + octets
        found = []
        while len(rest) >= 2 and self.wanted:
            if rest[:1] not in b"LTE":
                self._error = True
                break
            length = rest[1]
            if len(rest) < 2 + length:
                break
            payload, kind, rest = rest[2 : 2 + length], rest[:1], rest[2 + length :]
            self._at[from_orig] += 2 + length
            if kind == b"E":
                self.server_name, self.encryption = payload.decode(), "toy 1"
            self.wanted = kind == b"L"
            found.append(Message("prefixed", "frame", {}, payload, self._at[from_orig]))
        self._rest[from_orig] = rest
        if self._error and not found:
            raise DecodeError("no frame")
        return found

    def gap(self, from_orig: bool, octets: int, /) -> None:
        if self._error:
            raise DecodeError("no frame")
        self._at[from_orig] += len(self._rest[from_orig]) + octets
        self._rest[from_orig] = b""

    def close(self) -> list[Message]:
        if self._error:
            raise DecodeError("no frame")
        rest, end = self._rest[True], self._at[True] + len(self._rest[True])
        return [Message("prefixed", "rest", {}, rest, end)] if rest else []


class Datagrams:
    """Each datagram that starts with "D" is a message; others are errors that it survives."""

    def __init__(self) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self._at = {True: 0, False: 0}

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        self._at[from_orig] += len(octets)
        if octets[:1] != b"D":
            raise DecodeError("no D")
        return [Message("datagrams", "datagram", {}, octets, self._at[from_orig])]

    def gap(self, from_orig: bool, octets: int, /) -> None:
        self._at[from_orig] += octets

    def close(self) -> list[Message]:
        return []


def _probe_prefixed(orig: bytes, resp: bytes, hint: PortHint) -> float:
    return 0.9 if (orig or resp)[:1] in (b"L", b"T", b"E") and len(orig + resp) >= 2 else 0.0


def _probe_datagrams(orig: bytes, resp: bytes, hint: PortHint) -> float:
    return 0.8 if (orig or resp)[:1] == b"D" else 0.4


@pytest.fixture(scope="session")
def decoders() -> dict[str, Decoder]:
    """Return two decoders, of TCP on port 7000 and of UDP on port 7001."""
    return {
        "datagrams": Decoder(
            id="datagrams", title="Toy", reference="none", transports=frozenset({"udp"}),
            ports=frozenset({7001}), probe=_probe_datagrams, open=lambda _: Datagrams(),
        ),
        "prefixed": Decoder(
            id="prefixed", title="Toy", reference="none", transports=frozenset({"tcp"}),
            ports=frozenset({7000}), probe=_probe_prefixed, open=lambda _: LengthPrefixed(),
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def screened(decoders) -> dict[str, Decoder]:
    """Return the same protocols, strict in both directions, with screens."""

    def both(first: bytes) -> Callable[[bytes, bytes, PortHint], float]:
        return lambda orig, resp, _: 0.9 * all(h[0] in first for h in (orig, resp) if h)

    return {
        name: replace(
            decoder,
            probe=both(first),
            screens=(Screen(octets={0: first}), Screen(octets={0: b"@", 9: b"@"})),
        )
        for (name, decoder), first in zip(decoders.items(), (b"D", b"LTE"), strict=True)
    }


@pytest.fixture(scope="session")
def block_of() -> Callable[..., FrameBlock]:
    """Return a function that makes a block of frames, with times and link types of choice."""

    def make(
        frames: Sequence[bytes],
        times: Sequence[int] | None = None,
        links: Sequence[int] = (1,),
        ports: Sequence[int] | None = None,
        wire: Sequence[int] | None = None,
    ) -> FrameBlock:
        lengths = np.array([len(each) for each in frames], dtype=np.uint32)
        return FrameBlock(
            octets=np.frombuffer(b"".join(frames), dtype=np.uint8).copy(),
            offset=(np.cumsum(lengths) - lengths).astype(np.int64),
            captured_length=lengths,
            wire_length=lengths if wire is None else np.array(wire, dtype=np.uint32),
            time=np.array(
                [START + i for i in range(len(frames))] if times is None else times, dtype=np.int64
            ),
            interface=np.array([0] * len(frames) if ports is None else ports, dtype=np.uint16),
            interfaces=tuple(Interface("", link) for link in links),
        )

    return make


@pytest.fixture(scope="session")
def tcp() -> Callable[..., bytes]:
    """Return a function that makes an Ethernet frame with a TCP segment over IPv4."""

    def make(
        source: tuple[str, int],
        destination: tuple[str, int],
        flags: int,
        sequence: int,
        acknowledged: int = 0,
        payload: bytes = b"",
    ) -> bytes:
        head = struct.pack(
            ">HHIIBBHHH", source[1], destination[1], sequence % (1 << 32),
            acknowledged % (1 << 32), 0x50, flags, 1000, 0, 0,
        )  # fmt: skip
        return _ipv4(source[0], destination[0], 6, head + payload)

    return make


@pytest.fixture(scope="session")
def udp() -> Callable[..., bytes]:
    """Return a function that makes an Ethernet frame with a UDP datagram over IPv4."""

    def make(source: tuple[str, int], destination: tuple[str, int], payload: bytes) -> bytes:
        head = struct.pack(">HHHH", source[1], destination[1], 8 + len(payload), 0)
        return _ipv4(source[0], destination[0], 17, head + payload)

    return make


def _ipv4(source: str, destination: str, protocol: int, content: bytes) -> bytes:
    addresses = [bytes(map(int, each.split("."))) for each in (source, destination)]
    macs = [b"\x02\0\0\0\0" + each[3:] for each in addresses]
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(content), 0, 0, 64, protocol, 0)
    frame = macs[1] + macs[0] + b"\x08\0" + head + b"".join(addresses) + content
    return frame.ljust(60, b"\xee")
