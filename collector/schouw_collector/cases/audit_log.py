"""A log to which lines are only added, each bound to the one before by its digest.

One line is one JSON object (JSON Lines) with sorted keys: `number` from 1, `previous` (the digest
of the line before; 64 zeros for the first) and `digest` (SHA-256 of the line without `digest`), and
what happened.  So a line that was changed, left out or moved is found, and named by its place.
What was cut off at the end shows by the last digest alone: write it on the record.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from schouw_agent.report import Record
from schouw_collector.errors import LogError

FIRST = "0" * 64
"""What the first line bears as `previous`."""
_MAX_OCTETS = 512 << 20
_MAX_LINE = 16 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OWN = ("number", "previous", "digest")


class LoggedLine(Record):
    """What every line of a log has, whatever happened."""

    number: int = 0
    """From 1; 0 before it is written."""
    previous: str = ""
    """Digest of the line before."""
    digest: str = ""
    """SHA-256 of the line without `digest`, as JSON with sorted keys and no spaces."""


class Line(NamedTuple):
    """One line of a log."""

    number: int
    digest: str
    body: Mapping[str, Any]
    """What happened, without number and digests."""
    previous: str

    @property
    def whole(self) -> dict[str, Any]:
        """Return all that stands in the line."""
        own = {"number": self.number, "previous": self.previous, "digest": self.digest}
        return {**self.body, **own}


class AuditLog:
    """A log that was read whole; what is added is written when it is closed."""

    def __init__(self, lines: Sequence[Line], dropped: int) -> None:
        self.lines = list(lines)
        self.dropped = dropped
        """Octets of an unfinished line at the end, as a crash leaves it; 0: none."""
        self._new = bytearray()

    @property
    def head(self) -> str:
        """Return the digest of the last line, which stands for the whole log."""
        return self.lines[-1].digest if self.lines else FIRST

    def add(self, body: Mapping[str, Any]) -> Line:
        """Return the line that is added at the end.  Raises `LogError` if it is too long."""
        number = len(self.lines) + 1
        octets, digest = _written(number, self.head, body)
        if len(octets) > _MAX_LINE:
            raise LogError("a line of the log would be too long")
        line = Line(number, digest, body, self.head)
        self.lines.append(line)
        self._new += octets
        return line

    def new_octets(self) -> bytes:
        """Return what was added, as it is to be written."""
        return bytes(self._new)


def read(path: Path, *, must_exist: bool = False) -> AuditLog:
    """Return what a log says; a missing file is an empty log, unless it must exist.

    A line at the end that was never finished is left out, and told as `dropped`.  Raises `LogError`
    with the number of the first line that was changed, left out or moved.
    """
    try:
        with _locked(path, write=False) as descriptor:
            return _parsed(path, _content(path, descriptor))[0]
    except FileNotFoundError as error:
        if must_exist:
            raise LogError(f"{path.name}: {error.strerror}") from None
        return AuditLog((), 0)
    except OSError as error:
        raise LogError(f"{path.name}: {error.strerror}") from None


@contextmanager
def opened(path: Path, *, must_exist: bool = False) -> Iterator[AuditLog]:
    """Give a log to add to, for this writer alone; others wait.  It is made if it may be.

    All that is added is written at once, and on the disk when this returns; nothing is written if
    the block raises.  An unfinished line is cut off first, and that is said in a line of its own.
    Raises `LogError` as `read`, and if the file cannot be written.
    """
    try:
        with _locked(path, write=True, create=not must_exist) as descriptor:
            content = _content(path, descriptor)
            log, whole = _parsed(path, content)
            if log.dropped:
                log.add({"event": "recovered", "dropped_octets": log.dropped})
            yield log
            added = log.new_octets()
            if not added:
                return
            if whole < len(content):
                os.ftruncate(descriptor, whole)
            if whole and content[whole - 1 : whole] != b"\n":
                added = b"\n" + added
            _write(descriptor, added)
            if not content:
                _settle(path.parent)
    except OSError as error:
        raise LogError(f"{path.name}: {error.strerror}") from None


@contextmanager
def _locked(path: Path, *, write: bool, create: bool = False) -> Iterator[int]:
    try:
        import fcntl
    except ImportError:
        raise LogError(f"{path.name}: logs need a system with POSIX file locks") from None
    flags = os.O_RDWR | os.O_APPEND if write else os.O_RDONLY
    flags |= os.O_CREAT if create else 0
    # A pipe put in its place would be waited for without end.
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o640)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise LogError(f"{path.name}: not an ordinary file")
        fcntl.flock(descriptor, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
        yield descriptor
    finally:
        os.close(descriptor)


def _content(path: Path, descriptor: int) -> bytes:
    if os.fstat(descriptor).st_size > _MAX_OCTETS:
        raise LogError(f"{path.name}: larger than {_MAX_OCTETS >> 20} MiB")
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return file.read(_MAX_OCTETS)


def _write(descriptor: int, octets: bytes) -> None:
    rest = memoryview(octets)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _settle(folder: Path) -> None:
    """Have the disk know a file that was made in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parsed(path: Path, content: bytes) -> tuple[AuditLog, int]:
    """Return the log, and how many octets of the content are whole lines."""
    rows = content.split(b"\n")
    unfinished = rows.pop()
    lines: list[Line] = []
    previous = FIRST
    for number, row in enumerate(rows, 1):
        lines.append(_line(path, row, number, previous))
        previous = lines[-1].digest
    if not unfinished:
        return AuditLog(lines, 0), len(content)
    try:
        lines.append(_line(path, unfinished, len(lines) + 1, previous))
    except LogError:
        return AuditLog(lines, len(unfinished)), len(content) - len(unfinished)
    return AuditLog(lines, 0), len(content)


def _line(path: Path, row: bytes, number: int, previous: str) -> Line:
    place = f"{path.name}, line {number}"
    body = _object(row)
    if body is None:
        raise LogError(f"{place}: was changed; it is no line of this log")
    own = {name: body.pop(name, None) for name in _OWN}
    digest = own["digest"]
    if not isinstance(own["number"], int) or not _is_digest(digest):
        raise LogError(f"{place}: was changed; it is no line of this log")
    octets, fitting = _written(own["number"], str(own["previous"]), body)
    if fitting != digest or octets[:-1] != row:
        raise LogError(f"{place}: was changed; its digest does not fit its content")
    if own["number"] > number:
        raise LogError(f"{place}: lines are missing before it; it is number {own['number']}")
    if own["number"] < number:
        raise LogError(f"{place}: was moved or repeated; it is number {own['number']}")
    if own["previous"] != previous:
        raise LogError(f"{place}: does not follow from the line before, which was replaced")
    return Line(number, digest, body, previous)


def _object(row: bytes) -> dict[str, Any] | None:
    if len(row) > _MAX_LINE:
        return None
    try:
        parsed = orjson.loads(row)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _written(number: int, previous: str, body: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a line as it is written, and its digest."""
    content = {**body, "number": number, "previous": previous}
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    layout = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps({**content, "digest": digest}, option=layout), digest
