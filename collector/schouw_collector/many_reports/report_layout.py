"""Where the amounts of a device stand among the runs of its skeleton.

One layout is of all devices that have the same skeleton: each run of digits is an amount, a part of
one, or belongs to what the device is.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_collector.many_reports.report_skeleton import Skeleton, listed
from schouw_collector.many_reports.report_text import Amount, DeviceText, OtherFormError, Span

WITHIN, FIXED = 0, 255
"""Marks of a run within an amount, and of one that belongs to what the device is."""
FIRST, LAST = 16, 32
"""Added to the mark of an amount: its first run, its last one, or both."""
END = b"\0"
"""Behind each of the runs that `fixed_runs` returns."""

_WHOLE = frozenset(
    (
        Amount.INTERVALS,
        Amount.EMISSION_COUNT,
        Amount.DEVICE_SIZE,
        Amount.UNDECODED,
        Amount.RECIPIENT_OCTETS,
    )
)
"""One run is the whole of it."""
_TEXTS = frozenset((Amount.ID, Amount.RELAY, Amount.RECURRENCE))
"""Other text may stand before the first of its runs and behind the last."""
_MAY_HAVE_NONE = {Amount.INTERVALS: b"", Amount.SMALLEST: b"null"}


class Cut(NamedTuple):
    """Where a text stands, of which runs may be a part."""

    run: int
    """The last run before it."""
    begins: int
    """How many octets behind that run it begins."""
    last: int
    """Its own last run; that before it, if it has none."""
    ends: int
    """How many octets behind that run it ends."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the runs of a device are."""

    number: int
    """Another for each layout."""
    marks: bytes
    """Of each run: `WITHIN`, `FIXED`, or the `Amount` that it is of, with `FIRST` and `LAST`."""
    fixed: int
    """How many runs belong to what the device is."""
    emission_runs: slice
    """Which of these are in its emissions."""
    emissions: int
    """How many."""
    id: Cut
    relay: Cut
    recurrences: tuple[tuple[int, Cut], ...]
    """Each with the number of its emission; only those that are told."""

    def count(self, amount: Amount) -> int:
        """Return how many amounts of a kind there are, other than texts and empty ones."""
        return self.marks.count(amount | FIRST) + self.marks.count(amount | FIRST | LAST)


def lay_out(device: DeviceText, of: Skeleton, number: int) -> Layout:
    """Return the layout of a device; `of`: its skeleton.

    Raises `OtherFormError` if amounts stand there that are not as agents write them.
    """
    starts, ends = of.starts.tolist(), of.ends.tolist()
    marks = bytearray([FIXED]) * len(starts)
    texts: dict[Amount, Cut] = {}
    recurrences, emissions = [], 0
    for span in device.spans:
        first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
        text = device.text[span.start : span.end]
        _check(span, text, starts[first:end], ends[first:end])
        marks[first:end] = bytes(end - first)
        emissions += span.amount is Amount.CONFIDENCE
        if span.amount in _TEXTS:
            # There are counts and moments before each of them.
            before, last = first - 1, end - 1
            cut = Cut(before, span.start - ends[before], last, span.end - ends[last])
            texts[span.amount] = cut
            if span.amount is Amount.RECURRENCE and text != b"null":
                recurrences.append((emissions - 1, cut))
        elif first < end:
            marks[first] |= span.amount | FIRST
            marks[end - 1] |= span.amount | LAST
    begin, end = (bisect_left(starts, place) for place in (device.begin, device.end))
    before, within = marks[:begin].count(FIXED), marks[begin:end].count(FIXED)
    return Layout(
        number=number,
        marks=bytes(marks),
        fixed=marks.count(FIXED),
        emission_runs=slice(before, before + within),
        emissions=emissions,
        id=texts[Amount.ID],
        relay=texts[Amount.RELAY],
        recurrences=tuple(recurrences),
    )


def marks_of(layouts: Sequence[Layout]) -> NDArray[np.uint8]:
    """Return the marks of the runs of all devices."""
    return np.frombuffer(b"".join([layout.marks for layout in layouts]), dtype=np.uint8)


def fixed_runs(of: Skeleton, marks: NDArray[np.uint8], layouts: Sequence[Layout]) -> list[bytes]:
    """Return the runs of each device that belong to what it is, each with an end."""
    runs = np.flatnonzero(marks == FIXED)
    text, behind = listed(of, of.starts[runs], of.ends[runs], mark=END[0])
    places = np.concatenate([[0], behind])
    cuts = places[np.cumsum([0, *[layout.fixed for layout in layouts]])].tolist()
    return [text[a:b] for a, b in pairwise(cuts)]


def _check(span: Span, text: bytes, starts: list[int], ends: list[int]) -> None:
    """Raise `OtherFormError` if these runs are not such as an amount of the kind has."""
    amount = span.amount
    if amount in _TEXTS:
        good = bool(starts) or amount is not Amount.RECURRENCE or text == b"null"
    elif not starts:
        good = _MAY_HAVE_NONE.get(amount) == text
    else:
        good = (starts[0], ends[-1]) == (span.start, span.end)
        good = good and (len(starts) == 1) == (amount in _WHOLE)
    if not good:
        raise OtherFormError
