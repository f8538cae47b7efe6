"""Frames and a subscription at once: a message comes after the frames that it may be in."""

import time
from collections.abc import Callable, Iterator, Sequence

from schouw_agent.bulk import Bulk
from schouw_agent.capture.broker import Broker
from schouw_agent.capture.feed import Seen
from schouw_agent.capture.live import Interfaces
from schouw_agent.records import Delivery, FrameBlock

HOLD_SECONDS = 2.0
"""A message of the broker waits for the frames that it may have come by."""


class Together:
    """Interfaces and a broker, looked at until it is time to stop."""

    def __init__(self, interfaces: Interfaces, broker: Broker) -> None:
        self.tells_drops = True
        self.joins = True
        self.waits = False
        self.vantage = f"{interfaces.vantage}, {broker.vantage}"
        self._interfaces = interfaces
        self._broker = broker

    @property
    def frames(self) -> int:
        """Return how many frames the interfaces have given."""
        return self._interfaces.frames

    @property
    def partial(self) -> bool:
        """Return what the interfaces say: the subscription only adds to them."""
        return self._interfaces.partial

    @property
    def missed_messages(self) -> int:
        """Return how many messages came and could not be kept."""
        return self._broker.missed_messages

    @property
    def clock_synchronised(self) -> bool | None:
        """Return what the interfaces say: they look all the time."""
        return self._interfaces.clock_synchronised

    @property
    def span(self) -> tuple[int, int] | None:
        """Return from when to when both were looked at."""
        return self._interfaces.span

    def spare(self, bulk: Callable[[], Sequence[Bulk]]) -> None:
        """Hand the way to ask on to the interfaces."""
        self._interfaces.spare(bulk)

    def seen(self) -> list[Seen]:
        """Return all sources."""
        return [*self._interfaces.seen(), *self._broker.seen()]

    def __iter__(self) -> Iterator[FrameBlock | Sequence[Delivery]]:
        """Yield frames, and messages when the frames of their time have been given."""
        self._interfaces.leave_out(self._broker.ends)
        try:
            self._broker.open()
            for item in self._interfaces:
                yield item
                yield self._broker.take(time.time_ns() - int(HOLD_SECONDS * 1e9))
        finally:
            self._broker.close()
        yield self._broker.take()
