"""Virtual wires in a network namespace of their own, and frames to send over them."""

import contextlib
import ctypes
import os
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schouw_agent.capture.live import Interfaces
from schouw_agent.capture.stop import Stop

_NEW_NETWORK = 0x40000000
STATIONS = bytes.fromhex("020000000001020000000002")


class Sight(NamedTuple):
    """One frame as a feed gave it."""

    octets: bytes
    wire_length: int
    time: int
    interface: str
    link_type: int


@contextlib.contextmanager
def namespace() -> Iterator[None]:
    """Be in a new network namespace for a while.  Raises `OSError` if that is not allowed."""
    library = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/thread-self/ns/net").open() as home:
        if library.unshare(_NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "no network namespace")
        try:
            yield
        finally:
            library.setns(home.fileno(), _NEW_NETWORK)


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def lay(one: str, other: str) -> None:
    """Make a wire with two ends that say nothing by themselves."""
    ip("link", "add", one, "type", "veth", "peer", "name", other)
    for end in (one, other):
        ip("link", "set", end, "addrgenmode", "none", "arp", "off")
        ip("link", "set", end, "up")


def send(name: str, frames: Sequence[bytes]) -> None:
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.bind((name, 0))
        for frame in frames:
            out.send(frame)


def udp(
    payload: bytes,
    source: str = "192.0.2.7",
    destination: str = "198.51.100.10",
    ports: tuple[int, int] = (40_000, 1883),
    tag: bytes = b"",
) -> bytes:
    """Return an Ethernet frame with a UDP datagram; both addresses of one family."""
    datagram = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    if ":" in source:
        ends = socket.inet_pton(socket.AF_INET6, source)
        ends += socket.inet_pton(socket.AF_INET6, destination)
        network = struct.pack(">IHBB", 6 << 28, len(datagram), 17, 64) + ends
        return STATIONS + tag + b"\x86\xdd" + network + datagram
    ends = socket.inet_aton(source) + socket.inet_aton(destination)
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0)
    return STATIONS + tag + b"\x08\0" + head + ends + datagram


def watch(
    names: Sequence[str],
    acts: Sequence[Callable[[], None]],
    enough: Callable[[list[Sight]], bool],
    **options: object,
) -> tuple[list[Sight], Interfaces, int]:
    """Return what was seen, the feed, and the losses: do the acts one by one, as seen so far says.

    The next act comes when what the one before did has been seen: `enough` says so.
    """
    stop = Stop(20)
    feed = Interfaces(names, stop, **options)  # type: ignore[arg-type]
    seen: list[Sight] = []
    waiting = list(acts)
    dropped = 0
    for block in feed:
        if not isinstance(block, tuple):
            dropped += block.dropped
            for row, (at, captured) in enumerate(
                zip(block.offset.tolist(), block.captured_length.tolist(), strict=True)
            ):
                where = block.interfaces[block.interface[row]]
                octets = block.octets[at : at + captured].tobytes()
                wire, time = int(block.wire_length[row]), int(block.time[row])
                seen.append(Sight(octets, wire, time, where.name, where.link_type))
        if waiting:
            if len(waiting) == len(acts) or enough(seen):
                waiting.pop(0)()
        elif enough(seen):
            stop.now()
    return seen, feed, dropped


def is_root() -> bool:
    return os.geteuid() == 0


FRAMES = [udp(b"a" * 20), udp(b"b" * 1000), STATIONS + b"\x88\xcc" + b"\x02\x07\x04" + bytes(60)]
