"""What is of one report only, as columns of numbers: each checked, all of a kind in one go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import orjson
from numpy.typing import NDArray

from schouw_agent.report import EARLIEST, LATEST, Device, PseudonymRecurrence, Report
from schouw_collector.many_reports.plausible import MOST
from schouw_collector.many_reports.report_layout import FIRST, LAST, Cut, Layout
from schouw_collector.many_reports.report_skeleton import Places, Skeleton, listed
from schouw_collector.many_reports.report_text import Amount, OtherFormError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_HISTOGRAM = 64
_LONGEST_NAME = 400
_NAME = re.compile(rb'[^"\\\x00-\x1f]*').fullmatch
"""A JSON string that needs no escape."""
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST, _LATEST = ((each - EPOCH) // _MICROSECOND for each in (EARLIEST, LATEST))
_MOMENT = np.frombuffer(b"0000-00-00T00:00:00.000000", dtype=np.uint8)
"""As agents write it, but for the Z: digits where there are zeros."""
_WHOLE_SECONDS = 19
_COMMA, _ZERO = ord(","), ord("0")

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Histograms:
    """The intervals of emissions, one row each: only the bins from the first that is not zero."""

    lengths: Counts
    """Of each row, in bins."""
    rows: Counts
    """Of each bin that is told."""
    bins: Counts
    """Its place in the row."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class Columns:
    """One report, all of whose devices are known but for their amounts.

    Rows of emissions, recipients and undecoded are in the order of the devices.  Moments are
    microseconds since 1970.
    """

    head: Report
    """All but the devices."""
    records: tuple[Device, ...]
    """What each is; its amounts may be those of an earlier report."""
    ids: list[str]
    relays: list[str]
    devices: Counts
    """First seen, last seen, missed octets, octets, packets."""
    emissions: Counts
    """First seen, last seen, messages, octets, returned octets."""
    confidences: Floats
    smallest: Floats
    """NaN: not told."""
    intervals: Histograms
    recurrences: list[tuple[int, PseudonymRecurrence]]
    """With the row of its emission."""
    recipients: Counts
    """Octets."""
    undecoded: Counts
    """Flows, messages, octets."""


def columns(
    text: bytes,
    of: Skeleton,
    marks: NDArray[np.uint8],
    layouts: Sequence[Layout],
    head: Report,
    records: tuple[Device, ...],
) -> Columns:
    """Return a report whose devices are known.

    `text`, `of`: its devices, and the skeleton of that; `marks`: of the runs; `layouts`: of each
    device.  Raises
    `OtherFormError`, or `ValueError` as the parsers of JSON and of moments do, if some amount is
    not as agents write it.
    """
    amounts = _Amounts(of, marks)
    begins = _begins(layouts)
    sure = amounts.firsts(Amount.CONFIDENCE)
    smallest = np.full(sure.size, np.nan)
    smallest[_rows(sure, amounts.firsts(Amount.SMALLEST))] = amounts.floats(Amount.SMALLEST)
    return Columns(
        head=head,
        records=records,
        ids=_names(_cut(text, of, begins, [layout.id for layout in layouts])),
        relays=_names(_cut(text, of, begins, [layout.relay for layout in layouts])),
        devices=np.hstack(
            [amounts.moments(Amount.DEVICE_SEEN, 2), amounts.counts(Amount.DEVICE_SIZE, 3)]
        ),
        emissions=np.hstack(
            [amounts.moments(Amount.EMISSION_SEEN, 2), amounts.counts(Amount.EMISSION_COUNT, 3)]
        ),
        confidences=_between_0_and_1(amounts.floats(Amount.CONFIDENCE)),
        smallest=smallest,
        intervals=_histograms(of, amounts.runs(Amount.INTERVALS | FIRST | LAST), sure),
        recurrences=_recurrences(text, of, begins, layouts),
        recipients=amounts.counts(Amount.RECIPIENT_OCTETS, 1)[:, 0],
        undecoded=amounts.counts(Amount.UNDECODED, 3),
    )


def moment(microseconds: int) -> datetime:
    """Return a moment of a column."""
    return EPOCH + microseconds * _MICROSECOND


class _Amounts:
    """The amounts of the devices of a report, by kind, in the order of the text."""

    def __init__(self, of: Skeleton, marks: NDArray[np.uint8]) -> None:
        self._of, self._marks = of, marks

    def runs(self, mark: int) -> Places:
        """Return the numbers of the runs that are marked so."""
        return np.flatnonzero(self._marks == mark)

    def firsts(self, amount: Amount) -> Places:
        """Return the first run of each amount of a kind that has several."""
        return self.runs(amount | FIRST)

    def counts(self, amount: Amount, each: int) -> Counts:
        """Return counts, so many in a row."""
        runs = self.runs(amount | FIRST | LAST)
        return _integers(_values(self._of, self._of.starts[runs], self._of.ends[runs])).reshape(
            -1, each
        )

    def floats(self, amount: Amount) -> Floats:
        """Return numbers that need not be whole."""
        values = _values(self._of, *self._ends(amount))
        if not set(map(type, values)) <= {float}:
            raise OtherFormError
        found = np.array(values, dtype=np.float64)
        if np.isinf(found).any():
            raise OtherFormError
        return found

    def moments(self, amount: Amount, each: int) -> Counts:
        """Return moments, so many in a row.  What is none raises `ValueError`."""
        return _moments(self._of, *self._ends(amount)).reshape(-1, each)

    def _ends(self, amount: Amount) -> tuple[Places, Places]:
        """Return where amounts of several runs begin and end."""
        return self._of.starts[self.firsts(amount)], self._of.ends[self.runs(amount | LAST)]


def _rows(sure: Places, runs: Places) -> Counts:
    """Return the emission of each run; `sure`: the first amount of each emission."""
    return np.searchsorted(sure, runs, side="right") - 1


def _values(of: Skeleton, starts: Places, ends: Places) -> list[object]:
    """Return the JSON values in these places, of digits and what belongs to numbers."""
    text, _ = listed(of, starts, ends, _COMMA)
    found: list[object] = orjson.loads(b"[%b]" % text[:-1])
    if len(found) != starts.size:
        raise OtherFormError
    return found


def _integers(values: list[object]) -> Counts:
    """Return JSON values as counts, which they must be."""
    if not values:
        return np.zeros(0, dtype=np.int64)
    found = np.array(values)
    if found.dtype != np.int64 or found.ndim != 1 or found.max() >= MOST:
        raise OtherFormError
    return found


def _between_0_and_1(confidences: Floats) -> Floats:
    if confidences.size and (confidences.min() < 0 or confidences.max() > 1):
        raise OtherFormError
    return confidences


def _moments(of: Skeleton, starts: Places, ends: Places) -> Counts:
    found = np.zeros(starts.size, dtype=np.int64)
    lengths = ends - starts
    rows = 0
    for length in (_WHOLE_SECONDS, _MOMENT.size):
        alike = np.flatnonzero(lengths == length)
        if alike.size:
            octets = of.octets[starts[alike, None] + np.arange(length)]
            form = _MOMENT[:length]
            marks = form != _ZERO
            # Below a zero an octet is a large number.
            if (octets[:, marks] != form[marks]).any() or (octets[:, ~marks] - _ZERO > 9).any():
                raise OtherFormError
            found[alike] = octets.view(f"S{length}")[:, 0].astype("M8[us]").astype(np.int64)
            rows += alike.size
    if rows != starts.size or found.min(initial=0) < _EARLIEST or found.max(initial=0) >= _LATEST:
        raise OtherFormError
    return found


def _histograms(of: Skeleton, runs: Places, sure: Places) -> Histograms:
    """Return what histograms say: mostly they are zeros, and then a number or two.

    `runs`: of those that are not empty; `sure`: as for `_rows`.
    """
    rows = _rows(sure, runs)
    text, behind = listed(of, of.starts[runs], of.ends[runs], _COMMA)
    octets = np.frombuffer(text, dtype=np.uint8)
    sizes = np.diff(behind, prepend=0)
    begins = behind - sizes
    above_zero = np.append(np.flatnonzero(octets > _ZERO), octets.size)
    first = np.minimum(above_zero[np.searchsorted(above_zero, begins)], behind)
    # Before the first that is not zero stands "0," and nothing else: no comma follows another.
    zeros = (first - begins) // 2
    if ((first - begins) % 2).any() or (_between(octets == _ZERO, begins, first) != zeros).any():
        raise OtherFormError
    told = _between(octets == _COMMA, first, behind)
    last = octets[np.arange(octets.size) >= np.repeat(first, sizes)].tobytes()
    counts = _integers(orjson.loads(b"[%b]" % last[:-1]))
    lengths = np.zeros(sure.size, dtype=np.int64)
    lengths[rows] = zeros + told
    if counts.size != told.sum() or lengths.max(initial=0) > LONGEST_HISTOGRAM:
        raise OtherFormError
    within = np.arange(counts.size) - np.repeat(np.cumsum(told) - told, told)
    return Histograms(lengths, np.repeat(rows, told), np.repeat(zeros, told) + within, counts)


def _between(marked: NDArray[np.bool_], starts: Places, ends: Places) -> Counts:
    """Return how many are marked from each start to its end."""
    before = np.cumsum(marked, dtype=np.int64)
    before = np.concatenate([np.zeros(1, dtype=np.int64), before])
    found: Counts = before[ends] - before[starts]
    return found


def _names(texts: list[bytes]) -> list[str]:
    if not _NAME(b"".join(texts)):
        raise OtherFormError
    names = [name.decode() for name in texts]
    if max(map(len, names), default=0) > _LONGEST_NAME:
        raise OtherFormError
    return names


def _begins(layouts: Sequence[Layout]) -> Counts:
    """Return the number of the first run of each device."""
    sizes = np.array([len(layout.marks) for layout in layouts], dtype=np.int64)
    found: Counts = np.cumsum(sizes) - sizes
    return found


def _cut(text: bytes, of: Skeleton, begins: Counts, cuts: Sequence[Cut]) -> list[bytes]:
    """Return a text of each device."""
    runs, starts, lasts, ends = np.array(cuts, dtype=np.int64).reshape(-1, 4).T
    starts, ends = of.ends[begins + runs] + starts, of.ends[begins + lasts] + ends
    return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def _recurrences(
    text: bytes, of: Skeleton, begins: Counts, layouts: Sequence[Layout]
) -> list[tuple[int, PseudonymRecurrence]]:
    rows, devices, cuts, row = list[int](), list[int](), list[Cut](), 0
    for device, layout in enumerate(layouts):
        for number, cut in layout.recurrences:
            rows.append(row + number)
            devices.append(device)
            cuts.append(cut)
        row += layout.emissions
    if not cuts:
        return []
    texts = _cut(text, of, begins[devices], cuts)
    return [
        (row, PseudonymRecurrence.model_validate_json(text))
        for row, text in zip(rows, texts, strict=True)
    ]
