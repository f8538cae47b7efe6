"""The octets of a capture, in one reused buffer.

Files are read, not mapped: mapped pages count as memory of the process.
"""

import hashlib
import io
import threading
import time
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from schouw_agent.capture.stop import Stop

BUFFER_OCTETS = 6 << 20
"""Room for some 4,000 full-size frames: each flow in a block costs time, however little of it."""
RECORD_OCTETS_MAX = 16 << 20
"""The longest record that is believed.  Real frames stay under 1 MiB, even with offloading."""


_LINGER_SECONDS = 0.1
"""How long more is waited for, to hand it on together."""
_WAIT_SECONDS = 1.0


class Source:
    """Octets still to be read lie in `buffer[begin:end]`; `position` is where `begin` lies."""

    def __init__(
        self,
        file: BinaryIO,
        *,
        digest: bool,
        buffer_octets: int = BUFFER_OCTETS,
        stop: Stop | None = None,
    ) -> None:
        """Begin to read; with `stop` what comes is not waited for longer than a moment."""
        self.buffer: NDArray[np.uint8] = np.empty(buffer_octets, dtype=np.uint8)
        self.begin = 0
        self.end = 0
        self.position = 0
        self.notes: list[str] = []
        """What could not be read, and where; never content."""
        self.tells_drops = False
        self.truncated = False
        """The capture ends in the middle of a record."""
        self.stopped = False
        """It was left off, however it would have gone on."""
        self._stop = stop
        self._file, self._descriptor = _pollable(file) if stop else (file, -1)
        self._exhausted = False
        self._hash = hashlib.sha256() if digest else None
        self._hashing: threading.Thread | None = None

    def available(self) -> int:
        """Return how many octets lie in the buffer."""
        return self.end - self.begin

    def consume(self, octets: int) -> None:
        """Move on within the buffer."""
        self.begin += octets
        self.position += octets

    def fill(self, need: int = 0) -> bool:
        """Return whether octets were added; the buffer is then full or the source at its end.

        The buffer grows if it is smaller than `need`, which the caller bounds.  What comes live is
        handed on when there is enough and no more comes at once.
        """
        if self._exhausted:
            return False
        self._join()
        rest = self.buffer[self.begin : self.end]
        if need > self.buffer.size:
            self.buffer = np.concatenate([rest, np.empty(need - rest.size, dtype=np.uint8)])
        else:
            self.buffer[: rest.size] = rest
        self.begin, self.end = 0, rest.size
        start = self.end
        view = self.buffer.data
        patience = time.monotonic() + _LINGER_SECONDS
        while self.end < self.buffer.size and self._comes(start, need, patience):
            try:
                count = _read_into(self._file, view[self.end :])
            except OSError:
                self.notes.append(f"reading failed at octet {self.position + self.end}")
                count = 0
            if not count:
                self._exhausted = True
                break
            self.end += count
        if self._hash is not None and self.end > start:
            # The digest costs as much as all other work on bulk traffic; hashlib lets go of the
            # interpreter lock, so a second core can do it meanwhile.
            fresh = view[start : self.end]
            self._hashing = threading.Thread(target=self._hash.update, args=(fresh,))
            self._hashing.start()
        return self.end > start

    def _comes(self, start: int, need: int, patience: float) -> bool:
        """Return whether to read on: always from a file, from a pipe as long as something comes."""
        if self._stop is None or self._descriptor < 0:
            return True
        enough = self.end > start and self.end >= need
        while not self._stop.over:
            wait = patience - time.monotonic() if enough else _WAIT_SECONDS
            if self._stop.wait_for(self._descriptor, max(0.0, wait)):
                return True
            if enough:
                return False
        self.stopped = self._exhausted = True
        return False

    def skip(self, octets: int) -> bool:
        """Return whether that many octets could be passed over, however many lie in the buffer."""
        while octets > self.available():
            octets -= self.available()
            self.consume(self.available())
            if not self.fill():
                return False
        self.consume(octets)
        return True

    def sha256(self) -> str:
        """Return the digest of all octets read so far in hexadecimal; empty if switched off."""
        self._join()
        return self._hash.hexdigest() if self._hash is not None else ""

    def drain(self) -> None:
        """Read to the end for the sake of the digest alone."""
        while self._hash is not None and not self._exhausted:
            self.consume(self.available())
            self.fill()

    def _join(self) -> None:
        if self._hashing is not None:
            self._hashing.join()
            self._hashing = None


def _pollable(file: BinaryIO) -> tuple[BinaryIO, int]:
    """Return the file without a buffer of its own, and its descriptor; -1 if it has none."""
    raw = file.raw if isinstance(file, io.BufferedReader) else file
    try:
        return raw, raw.fileno()
    except (AttributeError, OSError):
        return file, -1


def _read_into(file: BinaryIO, view: memoryview) -> int:
    """Return how many octets were read into the view; 0 at the end."""
    if isinstance(file, io.RawIOBase | io.BufferedIOBase):
        return file.readinto(view) or 0
    octets = file.read(len(view))
    view[: len(octets)] = octets
    return len(octets)
