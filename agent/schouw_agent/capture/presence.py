"""Whether an interface is there: by its name, since a returning one may have another index.

Source: netdevice(7).
"""

import fcntl
import socket
import struct
import time

from schouw_agent.errors import CaptureError

_FLAGS, _HARDWARE = 0x8913, 0x8927
_NAME_OCTETS = 16
_REQUEST = struct.Struct("=16sH22x")
_UP = 1


class Presence:
    """One interface, looked at from time to time."""

    def __init__(self, name: str) -> None:
        """Begin with an interface that is there and up.  Raises `CaptureError` if it is not."""
        self.name = name
        state = _state(name)
        if state is None:
            known = ", ".join(each for _, each in socket.if_nameindex())
            raise CaptureError(f"{name}: no such interface; there are: {known}")
        self.index, self.hardware, up = state
        if not up:
            raise CaptureError(f"{name}: is down; to start it: ip link set {name} up")
        self.here = True
        self.absences = 0
        """How often it went away."""
        self._away = 0.0
        self._since = 0.0

    def look(self) -> bool:
        """Return whether something has changed: it went, or it came back."""
        state = _state(self.name)
        here = state is not None and state[2]
        if here == self.here and (state is None or state[0] == self.index or not here):
            return False
        now = time.monotonic()
        if self.here:
            self.absences += 1
            self._since = now
        self.here = here
        if state is not None and here:
            self.index, self.hardware, _ = state
            self._away += now - self._since
        return True

    def notes(self) -> list[str]:
        """Return how often it was away, and how long."""
        if not self.absences:
            return []
        away = self._away + (0.0 if self.here else time.monotonic() - self._since)
        still = "" if self.here else ", at the end too"
        return [f"the interface went away, times: {self.absences}, in all {away:.1f} s{still}"]


def _state(name: str) -> tuple[int, int, bool] | None:
    """Return index, ARPHRD_ number and whether it is up; None if there is none of this name."""
    encoded = name.encode("utf-8", "surrogateescape")
    if not 0 < len(encoded) < _NAME_OCTETS or b"\0" in encoded:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            index = socket.if_nametoindex(name)
            flags, hardware = (
                _REQUEST.unpack(fcntl.ioctl(asking, number, _REQUEST.pack(encoded, 0)))[1]
                for number in (_FLAGS, _HARDWARE)
            )
        except OSError:
            return None
    return index, hardware, bool(flags & _UP)
