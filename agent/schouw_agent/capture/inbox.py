"""What came in and was not yet taken, within bounds, between two threads."""

import threading
from collections import deque
from typing import NamedTuple

MESSAGES_MAX = 65_536
OCTETS_MAX = 64 << 20


class Arrival(NamedTuple):
    """A message as a broker passed it on."""

    topic: str
    payload: bytes
    skipped_octets: int
    """Of the payload, beyond the limit."""
    qos: int
    retain: bool
    dup: bool
    content_type: str
    time: int
    """Nanoseconds since 1970."""


class Inbox:
    """A queue that refuses what it has no room for, and counts it."""

    def __init__(self, messages_max: int = MESSAGES_MAX, octets_max: int = OCTETS_MAX) -> None:
        self.refused = 0
        self._messages_max = messages_max
        self._octets_max = octets_max
        self._octets = 0
        self._held: deque[Arrival] = deque()
        self._changed = threading.Condition()

    def put(self, arrival: Arrival) -> None:
        """Keep an arrival if there is room.  Never waits."""
        size = len(arrival.payload) + len(arrival.topic)
        with self._changed:
            if len(self._held) >= self._messages_max or self._octets + size > self._octets_max:
                self.refused += 1
                return
            self._held.append(arrival)
            self._octets += size
            self._changed.notify()

    def take(self, until: int | None = None) -> list[Arrival]:
        """Return what is there, in order; with `until`, only what came before that time."""
        found: list[Arrival] = []
        with self._changed:
            while self._held and (until is None or self._held[0].time < until):
                arrival = self._held.popleft()
                self._octets -= len(arrival.payload) + len(arrival.topic)
                found.append(arrival)
        return found

    def wait(self, seconds: float) -> None:
        """Wait until something is there, at most this long."""
        with self._changed:
            if not self._held:
                self._changed.wait(seconds)
