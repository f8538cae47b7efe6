"""The columns that hold one row for each flow that runs, or has ended and is not yet reported."""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.plugins import Conversation

_FLOWS = 1024
UNDECIDED, READ, ENCRYPTED, INVALID, OVER_LIMIT, NOT_READ = range(6)
"""What has become of the payload of a flow."""


def read_as(conversation: Conversation) -> int:
    """Return what has become of the payload of a flow whose decoder wants no more."""
    if conversation.encryption:
        return ENCRYPTED
    return NOT_READ if getattr(conversation, "unread", False) else READ


class Columns:
    """Rows are numbers of flows; a side is twice the number, plus one for the upper end."""

    def __init__(self) -> None:
        self.capacity = _FLOWS
        self.live = np.zeros(_FLOWS, dtype=np.bool_)
        """Further packets may still belong to it."""
        self.ends = np.zeros((_FLOWS, 5), dtype=np.uint64)
        """As in `index.Ends`."""
        self.key = np.zeros(_FLOWS, dtype=np.uint64)
        self.protocol = np.zeros(_FLOWS, dtype=np.uint8)
        self.orig_upper = np.zeros(_FLOWS, dtype=np.bool_)
        self.start = np.zeros(_FLOWS, dtype=np.int64)
        self.end = np.zeros(_FLOWS, dtype=np.int64)
        self.clock = np.zeros(_FLOWS, dtype=np.int64)
        """Latest time of any frame when the last packet came: it never goes back."""
        self.told = np.zeros(_FLOWS, dtype=np.int64)
        """The same when it was last told of while it ran; before: when its first packet came."""
        self.last_frame = np.zeros(_FLOWS, dtype=np.int64)
        self.closing = np.zeros(_FLOWS, dtype=np.bool_)
        """A FIN or RST was seen."""
        self.opening = np.zeros(_FLOWS, dtype=np.int64)
        """Initial sequence number of who opened the connection; -1 if unseen."""
        self.wanted = np.zeros(_FLOWS, dtype=np.bool_)
        """A decoder may still want its payload."""
        self.state = np.zeros(_FLOWS, dtype=np.uint8)
        self.holding = np.zeros(_FLOWS, dtype=np.bool_)
        """Segments wait for one that is missing."""
        self.streaming = np.zeros(_FLOWS, dtype=np.bool_)
        """Some head of it may be wanted, so that it has a stream of its own."""
        self.passed = np.zeros(_FLOWS, dtype=np.uint8)
        """Segments with payload that no decoder could want, while it has no stream."""
        self.decided = np.zeros(_FLOWS, dtype=np.bool_)
        """A decoder has accepted it."""
        self.gap = np.zeros(_FLOWS, dtype=np.int64)
        """Octets that were never seen."""
        self.cut = np.zeros(_FLOWS, dtype=np.int64)
        """Octets that the snap length cut off."""
        self.understood = np.zeros(_FLOWS, dtype=np.int64)
        """Octets up to the last message before an error that ended the reading."""
        self.invalid = np.zeros(_FLOWS, dtype=np.int64)
        """Octets of single datagrams that were not what the protocol says."""
        # Two for each flow, by side.
        self.packets = np.zeros(2 * _FLOWS, dtype=np.int64)
        self.octets = np.zeros(2 * _FLOWS, dtype=np.int64)
        self.mac = np.zeros(2 * _FLOWS, dtype=np.uint64)
        self.mac_frame = np.zeros(2 * _FLOWS, dtype=np.int64)
        """The frame that showed it."""
        self.next_sequence = np.zeros(2 * _FLOWS, dtype=np.int64)
        """Sequence number of the octet to deliver next; -1 if no octet was seen."""
        self.misfit = np.zeros(2 * _FLOWS, dtype=np.bool_)
        """What was seen first (of datagrams: last) is of no protocol that is known."""
        self._free = np.arange(_FLOWS, dtype=np.int32)
        """Numbers that are not in use; those from `_taken` on."""
        self._taken = 0

    def take(self, count: int) -> NDArray[np.int64]:
        """Return numbers for new flows; the columns grow as needed."""
        while self._taken + count > self.capacity:
            self._grow()
        numbers = self._free[self._taken : self._taken + count].astype(np.int64)
        self._taken += count
        return numbers

    def give_back(self, flows: NDArray[np.int64]) -> None:
        """Make the numbers of flows that are reported free for others."""
        self._taken -= flows.size
        self._free[self._taken : self._taken + flows.size] = flows

    def _grow(self) -> None:
        fresh = np.arange(self.capacity, 2 * self.capacity, dtype=np.int32)
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray):
                setattr(self, name, np.concatenate([column, np.zeros_like(column)]))
        self._free[self.capacity :] = fresh
        self.capacity *= 2
