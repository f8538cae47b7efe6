"""When a live inspection ends: after a time, or when somebody says so."""

import contextlib
import select
import signal
import socket
import time
from collections.abc import Iterator
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """The end of an inspection, which a poll can wait for."""

    def __init__(self, seconds: float | None = None, latest: float | None = None) -> None:
        """Let it last `seconds` from its begin, but never beyond `latest` seconds from now.

        Without either only a call of `now` ends it.
        """
        self._seconds = seconds
        self._latest = None if latest is None else time.monotonic() + latest
        self._until: float | None = None
        self.begin()
        self._waiting, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._told = False

    def begin(self) -> None:
        """Count the time from now: only now there is something to see."""
        until = None if self._seconds is None else time.monotonic() + self._seconds
        known = [each for each in (until, self._latest) if each is not None]
        self._until = min(known, default=None)

    def fileno(self) -> int:
        """Return what becomes readable when somebody says stop."""
        return self._waiting.fileno()

    def now(self) -> None:
        """End it; may be called by a signal handler or another thread."""
        self._told = True
        with contextlib.suppress(OSError):
            self._waking.send(b"\0")

    def remaining(self, most: float) -> float:
        """Return the seconds that are left, at most this many; 0 when it is over."""
        if self._told:
            return 0.0
        if self._until is None:
            return most
        return max(0.0, min(most, self._until - time.monotonic()))

    @property
    def told(self) -> bool:
        """Somebody said stop."""
        return self._told

    @property
    def over(self) -> bool:
        """The time has passed or somebody said stop."""
        return self.remaining(1.0) <= 0

    def wait_for(self, file: int, seconds: float) -> bool:
        """Return whether a file can be read within this time; False at once when it is over."""
        left = self.remaining(seconds)
        if self.over:
            return False
        ready, _, _ = select.select([file, self.fileno()], [], [], left)
        return file in ready

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """End it at the first SIGINT or SIGTERM within; a second one acts as ever."""
        before = {number: signal.getsignal(number) for number in _SIGNALS}

        def stop(number: int, _frame: FrameType | None) -> None:
            signal.signal(number, before[signal.Signals(number)])
            self.now()

        for number in _SIGNALS:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
