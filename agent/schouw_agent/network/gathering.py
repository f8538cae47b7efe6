"""Packets that are kept until they are many: of few, each takes several times as long to read.

Of a block of full-size video a few hundred packets carry something to read, of as many flows.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from schouw_agent.network.batches import Batch
from schouw_agent.network.flows import Ended
from schouw_agent.records import Delivery

MANY = 4_096
"""Packets that are worth reading at once."""
_OCTETS = 3 << 20
"""Of payload that may be kept."""
_FRAMES = 1 << 16
"""Frames for which something may be kept."""


class Gathered(NamedTuple):
    """What happened while some frames went by."""

    packets: Batch
    ended: Ended
    """Flows that ended meanwhile."""
    told: list[tuple[int, Delivery]]
    """What frames without a flow said, by number of frame."""
    lossy: bool
    """The capture lost frames about then."""


class Gathering:
    """What happened and was not looked at yet."""

    def __init__(self, many: int) -> None:
        """`many`: so many packets are read at once, or half of it if they come together."""
        self._many = many
        self._waits: list[Gathered] = []
        self._packets = self._octets = self._frames = 0

    def add(self, happened: Gathered, frames: int) -> Iterator[Gathered]:
        """Take what happened while so many frames went by; yield it if it is much by now.

        Its octets are valid only until the next is added.
        """
        size = happened.packets.flow.size
        if 2 * size >= self._many:
            yield from self.take()
            yield happened
            return
        kept = happened._replace(packets=happened.packets.kept())
        self._waits.append(kept)
        self._packets += size
        self._octets += kept.packets.buffer.size
        self._frames += frames
        much = self._packets >= self._many or self._octets >= _OCTETS
        if much or self._frames >= _FRAMES:
            yield from self.take()

    def take(self) -> Iterator[Gathered]:
        """Yield all of it, and start anew."""
        waits = self._waits
        self._waits = []
        self._packets = self._octets = self._frames = 0
        if len(waits) > 1:
            ended = [each.ended for each in waits]
            yield Gathered(
                Batch.joined([each.packets for each in waits]),
                Ended(
                    np.concatenate([each.frame for each in ended]),
                    np.concatenate([each.flow for each in ended]),
                ),
                [said for each in waits for said in each.told],
                any(each.lossy for each in waits),
            )
        else:
            yield from waits
