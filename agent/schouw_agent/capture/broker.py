"""A broker as a feed: what it passes on to a subscriber.

Who published is not to be seen from there: each message is a delivery whose publisher is unseen.
"""

import hashlib
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from schouw_agent.bulk import Bulk
from schouw_agent.capture import clock
from schouw_agent.capture.broker_access import Access
from schouw_agent.capture.feed import Seen
from schouw_agent.capture.inbox import Arrival, Inbox
from schouw_agent.capture.stop import Stop
from schouw_agent.capture.subscription import End, Subscription
from schouw_agent.records import Delivery, Endpoint, FlowReference, FrameBlock, Message

PAYLOAD_OCTETS_MAX = 1 << 20
_TICK_SECONDS = 0.25
_STORED_MAX = 65_536
NOBODY = Endpoint("", "", 0)
"""The end that is Schouw itself."""


class Broker:
    """One broker, listened to until it is time to stop."""

    def __init__(
        self,
        access: Access,
        topics: Sequence[str],
        stop: Stop,
        *,
        payload_octets_max: int = PAYLOAD_OCTETS_MAX,
        inbox: Inbox | None = None,
    ) -> None:
        """Take what to listen to; nothing is opened before it is iterated."""
        self.frames = 0
        self.messages = 0
        self.tells_drops = True
        self.joins = False
        self.waits = False
        self.partial = True
        self.vantage = "broker subscription"
        self.clock_synchronised: bool | None = None
        self.span: tuple[int, int] | None = None
        self._access = access
        self._stop = stop
        self._inbox = inbox if inbox is not None else Inbox()
        self._subscription = Subscription(access, topics, self._inbox, payload_octets_max)
        self._start = 0
        self._flow = FlowReference("", NOBODY, NOBODY, "tcp")
        self._stored: set[bytes] = set()

    @property
    def missed_messages(self) -> int:
        """Return how many messages came and could not be kept."""
        return self._inbox.refused

    def spare(self, bulk: Callable[[], Sequence[Bulk]]) -> None:
        """Do nothing: there are no frames."""

    def seen(self) -> list[Seen]:
        """Return what was listened to, and what may have been missed."""
        notes = self._subscription.notes()
        if self.missed_messages:
            notes.append(f"messages not read, too many at a time: {self.missed_messages}")
        notes.append(f"MQTT {self._subscription.version}, messages: {self.messages}")
        return [Seen(self._access.name, "broker", 0, tuple(notes))]

    def __iter__(self) -> Iterator[FrameBlock | Sequence[Delivery]]:
        """Yield messages until it is time to stop.  Raises `CaptureError`."""
        try:
            self.open()
            self._stop.begin()
            # When the broker refuses everything, there is nothing to wait for.
            while not self._stop.over and self._subscription.granted:
                yield self.take()
                self._inbox.wait(self._stop.remaining(_TICK_SECONDS))
        finally:
            self.close()
        yield self.take()

    def open(self) -> None:
        """Connect and subscribe.  Raises `CaptureError`."""
        self._start = time.time_ns()
        self._subscription.open(self._stop)
        ends = self.ends()
        address = ends[1][0] if ends else self._access.host
        resp = Endpoint("", address, self._access.port)
        self._flow = FlowReference(f"subscription-{self._access.name}", NOBODY, resp, "tcp")

    def close(self) -> None:
        """End the connection."""
        self._subscription.close()
        self.span = (self._start, max(self._start, time.time_ns()))
        self.clock_synchronised = clock.synchronised()

    def ends(self) -> tuple[End, End] | None:
        """Return the own end of the connection and the broker's; None if it is down."""
        return self._subscription.ends()

    def take(self, until: int | None = None) -> list[Delivery]:
        """Return the messages that came; with `until`, before that time (nanoseconds)."""
        found = [
            Delivery(self._flow, self._message(each), each.time, from_orig=False)
            for each in self._inbox.take(until)
            if not self._again(each)
        ]
        self.messages += len(found)
        return found

    def _again(self, arrival: Arrival) -> bool:
        """Return whether a stored message came before: a broker sends it at each connection."""
        if not arrival.retain:
            return False
        digest = hashlib.blake2b(arrival.payload, digest_size=16, key=_key(arrival.topic)).digest()
        again = self._subscription.losses > 0 and digest in self._stored
        if len(self._stored) < _STORED_MAX:
            self._stored.add(digest)
        return again

    def _message(self, arrival: Arrival) -> Message:
        host = self._access.host
        fields: dict[str, Any] = {
            "topic": arrival.topic,
            "qos": arrival.qos,
            "retain": arrival.retain,
            "dup": arrival.dup,
            "client_id": "",
            "version": self._subscription.version,
            "content_type": arrival.content_type,
            "host": "" if _is_address(host) else host,
        }
        if arrival.skipped_octets:
            fields |= {"truncated": True, "skipped_octets": arrival.skipped_octets}
        return Message("mqtt", "publish", fields, arrival.payload, 0)


def _key(topic: str) -> bytes:
    return hashlib.blake2b(topic.encode("utf-8", "surrogatepass"), digest_size=32).digest()


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return True
    return False
