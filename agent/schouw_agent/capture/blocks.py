"""Captures from a file or standard input, whatever their format, as blocks of frames."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from schouw_agent.bulk import Bulk
from schouw_agent.capture import pcap, pcapng
from schouw_agent.capture.feed import Seen
from schouw_agent.capture.source import BUFFER_OCTETS, Source
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError
from schouw_agent.records import FrameBlock

_PEEK_OCTETS = 64 << 10
_FRAMES_MAX = 9_216
"""Of one block: what is kept of each while it is looked at takes more room than short frames."""
_MAGIC_OCTETS = 24
"""What tells the format, and the whole header of a pcap file."""


class Capture:
    """One capture, to be iterated once; afterwards it knows what was read."""

    def __init__(
        self,
        source: Path | str | BinaryIO,
        *,
        name: str = "",
        digest: bool = True,
        buffer_octets: int = BUFFER_OCTETS,
        stop: Stop | None = None,
    ) -> None:
        self._file = source
        self._stop = stop
        self._digest = digest
        self._buffer_octets = buffer_octets
        self.name = name or (_name(source) if isinstance(source, str | Path) else "-")
        """How errors and the report call it."""
        self.frames = 0
        self.joins = False
        self.waits = True
        self.partial = False
        self.missed_messages = 0
        self.tells_drops = False
        """It says how many frames were lost while recording, be it none."""
        self.truncated = False
        """It ends in the middle of a record."""
        self.notes: tuple[str, ...] = ()
        """What could not be read, and where; never content."""
        self.sha256 = ""
        """Of all its octets, in hexadecimal; empty if switched off."""
        self.vantage = "capture file"
        self.clock_synchronised: bool | None = None
        self.span: tuple[int, int] | None = None

    def spare(self, bulk: Callable[[], Sequence[Bulk]]) -> None:
        """Do nothing: a recording holds what it holds."""

    def seen(self) -> list[Seen]:
        """Return what was read."""
        found = Seen(self.name, "capture", self.frames, self.notes, self.truncated, self.sha256)
        return [found]

    def __iter__(self) -> Iterator[FrameBlock]:
        """Yield its frames.  A damaged capture yields what precedes the damage.

        Raises `CaptureError` if nothing can be read.
        """
        if not isinstance(self._file, str | Path):
            yield from self._read(self._file)
            return
        path = Path(self._file)
        try:
            if path.is_dir():
                raise CaptureError(f"{self.name}: is a directory, not a capture")
            file = path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise CaptureError(f"{self.name}: no such file") from error
        except PermissionError as error:
            raise CaptureError(f"{self.name}: no permission to read it") from error
        except (OSError, ValueError) as error:
            raise CaptureError(f"{self.name}: cannot be opened") from error
        with file:
            yield from self._read(file)

    def _read(self, file: BinaryIO) -> Iterator[FrameBlock]:
        source = Source(
            file, digest=self._digest, buffer_octets=self._buffer_octets, stop=self._stop
        )
        source.fill(_MAGIC_OCTETS)
        if not source.available():
            raise CaptureError(f"{self.name}: {'; '.join(source.notes) or 'is empty'}")
        magic = source.buffer[: min(4, source.available())].tobytes()
        if magic in pcap.MAGIC:
            blocks = pcap.read(source)
        elif magic == pcapng.MAGIC:
            blocks = pcapng.read(source)
        else:
            raise CaptureError(f"{self.name}: is not a pcap or pcapng capture")
        for block in blocks:
            # In equal parts: a few frames that are left over would cost as much as many.
            parts = max(1, -(-block.offset.size // _FRAMES_MAX))
            size = max(1, -(-block.offset.size // parts))
            for start in range(0, max(1, block.offset.size), size):
                part = block.part(start, start + size)
                self.frames += part.offset.size
                yield part
        source.drain()
        self.tells_drops = source.tells_drops
        self.truncated = source.truncated and not source.stopped
        self.notes = tuple(source.notes)
        self.sha256 = source.sha256()


def _name(path: Path | str) -> str:
    """Return the last part of a path; the path itself if it has none, as with a dot."""
    return Path(path).name or str(path)


def read_blocks(
    source: Path | str | BinaryIO,
    *,
    name: str = "",
    digest: bool = True,
    stop: Stop | None = None,
) -> Capture:
    """Return the capture: iterate it for its `FrameBlock`s, then ask it what was read.

    A block is valid until the next one is asked for.  Iterating raises `CaptureError` if the
    source is missing, empty or not a capture.  `digest` hashes the octets on the way.
    With `stop`, a pipe is read as it comes, until then.
    """
    return Capture(source, name=name, digest=digest, stop=stop)


def first_time(path: Path | str) -> int | None:
    """Return the time of the first frame of a file in nanoseconds since 1970; None without frames.

    Several files of one capture can be put in order by it.  Raises `CaptureError`.
    """
    for block in Capture(path, digest=False, buffer_octets=_PEEK_OCTETS):
        if block.time.size:
            return int(block.time[0])
    return None
