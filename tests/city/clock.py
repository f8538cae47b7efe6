"""The time of the story.  A day of it passes as fast as the machine can act it out.

Everything that happens is an event with a time.  Events are acted out one after the other, each
with real software; what is captured meanwhile bears the time of the event, and how much
later it came.
"""

import heapq
import itertools
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime

SECOND = 1_000_000_000
Action = Callable[[], object]


class Clock:
    """Acts out events in order, and tells at which time of the story something was captured."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.now = 0.0
        """Seconds since the start of the story."""
        self._origin = int(start.timestamp()) * SECOND
        self._events: list[tuple[float, int, Action]] = []
        self._order = itertools.count()
        self._leaps: list[tuple[float, int]] = []
        self._wall: list[int] = []
        self._story: list[int] = []
        self._meant = 0

    def leap(self, at: float, seconds: float) -> None:
        """Let so many seconds pass at a moment in which nothing is acted out.

        All other times are without them: only the story's own time is later from then on.
        """
        self._leaps.append((at, int(seconds * SECOND)))

    def at(self, seconds: float, action: Action) -> None:
        """Let something happen that many seconds after the start."""
        heapq.heappush(self._events, (seconds, next(self._order), action))

    def after(self, seconds: float, action: Action) -> None:
        """Let something happen that much later than now."""
        self.at(self.now + seconds, action)

    def every(self, interval: Callable[[], float], action: Action, *, first: float) -> None:
        """Let something happen again and again; `interval` gives the seconds to the next time."""

        def again() -> None:
            action()
            self.after(interval(), again)

        self.at(first, again)

    def run(self, until: float, settle: Callable[[], object] = lambda: None) -> None:
        """Act out everything that happens before `until`; `settle` is called after each event."""
        while self._events and self._events[0][0] < until:
            seconds, _, action = heapq.heappop(self._events)
            self.now = max(self.now, seconds)
            self.mark()
            action()
            settle()
        self.now = until
        self.mark()

    def mark(self) -> None:
        """Note what time of the story it is by the clock on the wall."""
        wall, story = time.time_ns(), self.nanoseconds(self.now)
        if self._story and story <= self._meant:
            # Two events at once: the later one is no earlier than what the first took.
            story = self._story[-1] + wall - self._wall[-1]
        elif self._story:
            self._meant, story = story, max(story, self._story[-1])
        else:
            self._meant = story
        self._wall.append(wall)
        self._story.append(story)

    def story_time(self, wall: int) -> int:
        """Return the time of the story, in nanoseconds since 1970, for one on the wall.

        On a busy machine an event may take longer than there is to the next: it is then told as
        having gone as fast as that, so that the rhythm of the story does not depend on the machine.
        """
        nearest = max(bisect_right(self._wall, wall) - 1, 0)
        since = wall - self._wall[nearest]
        if nearest + 1 < len(self._wall):
            took = self._wall[nearest + 1] - self._wall[nearest]
            given = self._story[nearest + 1] - self._story[nearest]
            if took > given:
                since = since * given // took
        return self._story[nearest] + since

    def nanoseconds(self, seconds: float) -> int:
        """Return the nanoseconds since 1970 of so many seconds after the start."""
        leapt = sum(length for at, length in self._leaps if at <= seconds)
        return self._origin + int(seconds * SECOND) + leapt

    def moment(self) -> datetime:
        """Return the time of the story."""
        return datetime.fromtimestamp(self.nanoseconds(self.now) / SECOND, UTC)

    def stamp(self) -> str:
        """Return the time of the story, as devices write it."""
        return self.moment().strftime("%Y-%m-%dT%H:%M:%SZ")
