"""One run of a command: how long, and how much memory at most."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_GLANCE_SECONDS = 0.2


@dataclass(frozen=True)
class Run:
    """What one run took, of the whole process from its start to its end."""

    seconds: float
    processor_seconds: float
    peak_mib: float
    """Of all its processes together, what they share counted for each."""


def measure(command: Sequence[str]) -> Run:
    """Return what a command took; its output is thrown away.  Raises `RuntimeError` if it fails.

    The peak of a child starts at what its parent uses, so that who measures must be small: it loads
    neither numpy nor what it measures.
    """
    # An installed program is compiled once, also where Python is told not to keep what it compiles.
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=usual
    )
    peaks = _Peaks(child.pid)
    peaks.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} failed with {child.returncode}")
    # What the kernel tells of a process is the larger of its own peak and those of its children.
    peak = max(usage.ru_maxrss, peaks.stop())
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak / 1024)


class _Peaks(threading.Thread):
    """Looks now and then how much memory a process and those that it has started used at most."""

    def __init__(self, first: int) -> None:
        super().__init__(daemon=True)
        self._first = first
        self._kibibytes: dict[int, int] = {}
        self._over = threading.Event()

    def run(self) -> None:
        """Look until it is stopped."""
        while not self._over.wait(_GLANCE_SECONDS):
            for process in _with_those_below(self._first):
                now = _peak_kibibytes(process)
                self._kibibytes[process] = max(self._kibibytes.get(process, 0), now)

    def stop(self) -> int:
        """Return the sum of the peaks in KiB."""
        self._over.set()
        self.join()
        return sum(self._kibibytes.values())


def _with_those_below(first: int) -> set[int]:
    started_by: dict[int, list[int]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything; the parent is the second number after it.
            parent = int(file.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        started_by.setdefault(parent, []).append(int(file.parent.name))
    found, todo = set(), [first]
    while todo:
        found.add(each := todo.pop())
        todo += started_by.get(each, [])
    return found


def _peak_kibibytes(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line), 0)
