"""One AF_PACKET socket with a TPACKET_V3 ring: opened, filtered, joined, read and closed.

It hears several interfaces at once, so that frames come in one order and no ring waits for
another.  Until it has its filter it hears nothing.
Source: packet(7), Documentation/networking/packet_mmap.rst.
"""

import contextlib
import ctypes
import mmap
import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from schouw_agent.capture import bpf, ring
from schouw_agent.errors import CaptureError
from schouw_agent.records import FrameBlock, Interface

BLOCK_OCTETS = 256 << 10
"""Since a block is handed over after a while even if it holds little, many small ones bridge a
longer pause of the reader than few large ones."""
TOGETHER_OCTETS = 4 << 20
"""Blocks that wait are read together, up to this: less work for each frame."""
RETIRE_MILLISECONDS = 100
"""A block is handed over after this time, be it full or not."""
_BLOCK_OCTETS_MIN = 64 << 10
_BLOCKS_MIN = 4
_SOL_PACKET = 263
_ADD_MEMBERSHIP, _RX_RING, _STATISTICS, _VERSION, _RESERVE = 1, 5, 6, 10, 12
_TPACKET_V3 = 2
_PROMISCUOUS = 1
_EVERY_PROTOCOL = 3
_FRAME_OCTETS = 2048
"""Has no bearing on a ring of this version, but must divide the block."""
_STATUS_USER = 1
_STATUS = struct.Struct("=I")
_STATUS_AT, _COUNTS_AT = 8, 12
_COUNTS = struct.Struct("=II")
_LOSSES = struct.Struct("=III")


class PacketSocket:
    """Frames of the interfaces that its filter lets through."""

    def __init__(self, ring_octets: int) -> None:
        """Open it, hearing nothing.  Raises `CaptureError` if it may not be opened."""
        block = min(BLOCK_OCTETS, max(_BLOCK_OCTETS_MIN, ring_octets // _BLOCKS_MIN))
        block = 1 << block.bit_length() - 1
        self._block_octets = block
        self._blocks = max(_BLOCKS_MIN, ring_octets // block)
        self._together = max(1, min(self._blocks // 4, TOGETHER_OCTETS // block))
        self.behind = False
        """As much as the whole ring was read, and there may be more."""
        self._next = 0
        self._hears = False
        self.lost = 0
        """Frames for which the ring had no room, since the start."""
        self._told = 0
        self.socket = _open()
        try:
            self._map = self._share()
        except OSError as error:
            self.socket.close()
            raise CaptureError(f"no ring of {ring_octets >> 10} KiB: {error.strerror}") from None
        self._octets: NDArray[np.uint8] = np.frombuffer(self._map, dtype=np.uint8)

    def _share(self) -> mmap.mmap:
        """Return the ring, which kernel and process both write to."""
        to = self.socket
        to.setsockopt(_SOL_PACKET, _VERSION, _TPACKET_V3)
        to.setsockopt(_SOL_PACKET, _RESERVE, ring.HEADROOM_OCTETS)
        size = self._block_octets * self._blocks
        frames = size // _FRAME_OCTETS
        request = (self._block_octets, self._blocks, _FRAME_OCTETS, frames, RETIRE_MILLISECONDS)
        to.setsockopt(_SOL_PACKET, _RX_RING, struct.pack("=7I", *request, 0, 0))
        return mmap.mmap(to.fileno(), size, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)

    def filter(self, program: bpf.Program) -> None:
        """Let only what the program keeps into the ring, from now on."""
        try:
            bpf.attach(self.socket, program)
        except OSError as error:
            raise CaptureError(f"the kernel refuses the filter: {error.strerror}") from None
        if not self._hears:
            _hear(self.socket)
            self._hears = True

    def join(self, index: int) -> None:
        """Let an interface receive what is not addressed to it too.  Raises `OSError`."""
        member = struct.pack("=iHH8s", index, _PROMISCUOUS, 0, b"")
        self.socket.setsockopt(_SOL_PACKET, _ADD_MEMBERSHIP, member)

    def blocks(
        self, interfaces: tuple[Interface, ...], numbers: Mapping[int, int], shunted_octets: int
    ) -> Iterator[FrameBlock]:
        """Yield what the ring holds, while it is much.

        A block is valid until the next one is asked for.
        """
        read = 0
        self.behind = False
        while not self.behind:
            ready, chains = self._ready()
            if not ready:
                return
            if chains:
                yield ring.frames(self._octets, chains, interfaces, numbers, shunted_octets)
            for number in ready:
                _STATUS.pack_into(self._map, number * self._block_octets + _STATUS_AT, 0)
            read += len(ready)
            if len(ready) < self._together:
                return
            self.behind = read >= self._blocks

    def _ready(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the next blocks that the kernel has handed over, and where their frames are."""
        ready: list[int] = []
        chains: list[tuple[int, int]] = []
        while len(ready) < self._together:
            start = self._next * self._block_octets
            # Read apart from what it guards: no processor looks that far ahead.
            if not _STATUS.unpack_from(self._map, start + _STATUS_AT)[0] & _STATUS_USER:
                break
            count, first = _COUNTS.unpack_from(self._map, start + _COUNTS_AT)
            if count:
                chains.append((count, start + first))
            ready.append(self._next)
            self._next = (self._next + 1) % self._blocks
        return ready, chains

    def losses(self) -> int:
        """Return how many frames were lost since the last call."""
        answer = self.socket.getsockopt(_SOL_PACKET, _STATISTICS, _LOSSES.size)
        self.lost += _LOSSES.unpack(answer)[1]
        fresh = self.lost - self._told
        self._told = self.lost
        return fresh

    def close(self) -> None:
        """Hear nothing any more, and give the ring back once nobody looks at it."""
        if self.socket.fileno() < 0:
            return
        with contextlib.suppress(OSError):
            bpf.attach(self.socket, bpf.NOTHING)
        self.socket.close()
        self._octets = np.empty(0, dtype=np.uint8)
        with contextlib.suppress(BufferError):  # the last block is still held by somebody
            self._map.close()


def _open() -> socket.socket:
    if not sys.platform.startswith("linux"):
        raise CaptureError(
            "live capture works on Linux only; record with tcpdump and give the file"
        )
    try:
        return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    except PermissionError:
        raise CaptureError(
            "no permission to capture: it takes root or the capability CAP_NET_RAW"
            " (docs/live.md says how to give it)"
        ) from None
    except OSError as error:
        raise CaptureError(f"live capture is not possible here: {error.strerror}") from None


def _hear(to: socket.socket) -> None:
    """Bind to every interface; the filter chooses.  The socket module can bind to one only."""
    address = struct.pack(
        "=HHiHBB8s", socket.AF_PACKET, socket.htons(_EVERY_PROTOCOL), 0, 0, 0, 0, b""
    )
    library = ctypes.CDLL(None, use_errno=True)
    if library.bind(to.fileno(), address, len(address)):
        raise CaptureError(f"live capture is not possible: {os.strerror(ctypes.get_errno())}")
