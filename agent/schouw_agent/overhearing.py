"""Messages that frames show and messages that a broker passes on: each counted once, if at all."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from schouw_agent.network.traffic import Traffic
from schouw_agent.order import View
from schouw_agent.records import Delivery, FrameBlock
from schouw_agent.runs import Delivered, in_order

WINDOW_SECONDS = 10
"""How far apart the two may be: a message may be queued on its way."""
_REMEMBERED = 65_536


class Overhearing:
    """Decides which messages are looked at."""

    def __init__(self, view: View | None, *, joins: bool) -> None:
        """Take the order's view, and whether frames and a subscription are looked at together."""
        self.twice = 0
        """Messages of the subscription that frames showed too."""
        self._hides = view if view is not None and view.hides_topics else None
        self._joins = joins
        self._shown: OrderedDict[bytes, int] = OrderedDict()

    def of_frames(self, traffic: Traffic, block: FrameBlock) -> Iterable[Delivered]:
        """Return the messages in a block of frames that may be looked at, with their frames."""
        if self._hides is None and not self._joins:
            return traffic.feed_runs(block)
        return enumerate(self.admitted(traffic.feed(block)))

    def rest(self, traffic: Traffic) -> Iterable[Delivered]:
        """Return those that frames showed and that did not come yet."""
        if self._hides is None and not self._joins:
            return traffic.settle()
        return enumerate(self.admitted([said for _, said in in_order(traffic.settle())]))

    def admitted(self, deliveries: Sequence[Delivery]) -> Iterable[Delivery]:
        """Return the messages of frames that may be looked at, and remember them."""
        if self._hides is not None:
            deliveries = [each for each in deliveries if self._admitted(each)]
        if self._joins:
            for each in deliveries:
                if each.message.kind == "publish" and each.message.protocol == "mqtt":
                    self._shown[_likeness(each)] = each.time
                    self._shown.move_to_end(_likeness(each))
            while len(self._shown) > _REMEMBERED:
                self._shown.popitem(last=False)
        return deliveries

    def of_broker(self, deliveries: Iterable[Delivery]) -> Iterable[Delivery]:
        """Return the messages of a subscription that may be looked at and are not known yet."""
        for each in deliveries:
            if self._hides is not None and not self._admitted(each):
                continue
            shown = self._shown.get(_likeness(each)) if self._joins else None
            if shown is not None and abs(each.time - shown) <= WINDOW_SECONDS * 1_000_000_000:
                self.twice += 1
            else:
                yield each

    def _admitted(self, delivery: Delivery) -> bool:
        topic = delivery.message.fields.get("topic")
        hides = self._hides
        return hides is None or not isinstance(topic, str) or hides.admit_topic(topic)


def _likeness(delivery: Delivery) -> bytes:
    """Return what is equal for two sights of one message."""
    message = delivery.message
    topic = str(message.fields["topic"]).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(topic, digest_size=16)
    digest.update(len(topic).to_bytes(4, "big") + message.payload)
    return digest.digest()
