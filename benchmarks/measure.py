"""One run of a command: how long, and how much memory at most."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """What one run took, of the whole process from its start to its end."""

    seconds: float
    processor_seconds: float
    peak_mib: float


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
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} failed with {child.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
