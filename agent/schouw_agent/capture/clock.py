"""The clock that live frames are stamped with: whether it is right, and whether it was set."""

import ctypes
import sys
import time

_STEP_SECONDS = 1.0
"""What keeps a clock right moves it by less between two looks; more is somebody setting it."""
_TIMEX_OCTETS = 512
_TIME_ERROR = 5


def synchronised() -> bool | None:
    """Return whether the system's clock follows a time server, as the kernel says; None: unknown.

    Source: adjtimex(2).
    """
    if not sys.platform.startswith("linux"):
        return None
    # All zeros: nothing is to be changed.
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_OCTETS))
    return None if state < 0 else bool(state != _TIME_ERROR)


class Steps:
    """Notices when the wall clock is set while frames come in."""

    def __init__(self) -> None:
        self._offset = _offset()
        self.seconds: list[float] = []
        """By how much it was set, each time; above zero: forward."""

    def look(self) -> None:
        """Compare the wall clock with the one that only runs."""
        offset = _offset()
        moved = (offset - self._offset) / 1e9
        self._offset = offset
        if abs(moved) >= _STEP_SECONDS:
            self.seconds.append(moved)

    def notes(self) -> list[str]:
        """Return what a reader of times must know."""
        ways = [f"{abs(each):.0f} s {'forward' if each > 0 else 'back'}" for each in self.seconds]
        return [f"the clock was set while looking: {', '.join(ways[:8])}"] if ways else []


def _offset() -> int:
    return time.time_ns() - time.monotonic_ns()
