"""What is of one report only, as columns of numbers: each checked, all of a kind in one go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

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
_ARE_COUNTS = (
    Amount.EMISSION_COUNT,
    Amount.DEVICE_SIZE,
    Amount.UNDECODED,
    Amount.RECIPIENT_OCTETS,
)
_ARE_MOMENTS = Amount.EMISSION_SEEN, Amount.DEVICE_SEEN
_ARE_FLOATS = Amount.CONFIDENCE, Amount.SMALLEST
_WEIGHTS = np.array([0, *(10**place for place in range(15))], dtype=np.int64)
"""Of a digit, by its place from the end; behind a number stands one of no weight."""

_Number = TypeVar("_Number", np.int64, np.float64)
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
    device.  Raises `OtherFormError`, or `ValueError` as the parsers of JSON and of moments do, if
    some amount is not as agents write it.
    """
    counts, moments, floats = _counts(of, marks), _moments(of, marks), _floats(of, marks)
    begins, sure = _begins(layouts), np.flatnonzero(marks == Amount.CONFIDENCE | FIRST)
    smallest = np.full(sure.size, np.nan)
    told = np.flatnonzero(marks == Amount.SMALLEST | FIRST)
    smallest[_rows(sure, told)] = floats[Amount.SMALLEST]
    return Columns(
        head=head,
        records=records,
        ids=_names(_cut(text, of, begins, [layout.id for layout in layouts])),
        relays=_names(_cut(text, of, begins, [layout.relay for layout in layouts])),
        devices=_beside(moments[Amount.DEVICE_SEEN], counts[Amount.DEVICE_SIZE]),
        emissions=_beside(moments[Amount.EMISSION_SEEN], counts[Amount.EMISSION_COUNT]),
        confidences=_between_0_and_1(floats[Amount.CONFIDENCE]),
        smallest=smallest,
        intervals=_histograms(of, np.flatnonzero(marks == Amount.INTERVALS | FIRST | LAST), sure),
        recurrences=_recurrences(text, of, begins, layouts),
        recipients=counts[Amount.RECIPIENT_OCTETS],
        undecoded=counts[Amount.UNDECODED].reshape(-1, 3),
    )


def moment(microseconds: int) -> datetime:
    """Return a moment of a column."""
    return EPOCH + microseconds * _MICROSECOND


def _beside(moments: Counts, counts: Counts) -> Counts:
    """Return rows of two moments and three counts."""
    return np.hstack([moments.reshape(-1, 2), counts.reshape(-1, 3)])


def _rows(sure: Places, runs: Places) -> Counts:
    """Return the emission of each run; `sure`: the first amount of each emission."""
    return np.searchsorted(sure, runs, side="right") - 1


def _marked(marks: NDArray[np.uint8], amounts: Sequence[Amount], flags: int) -> Places:
    """Return the runs that are marked as one of some amounts."""
    wanted = bytearray(256)
    for amount in amounts:
        wanted[amount | flags] = 1
    # A table for octets is what `bytes` are best at.
    return np.flatnonzero(np.frombuffer(marks.tobytes().translate(wanted), dtype=bool))


def _by_amount(
    values: NDArray[_Number], marks: NDArray[np.uint8], amounts: Sequence[Amount], flags: int
) -> dict[Amount, NDArray[_Number]]:
    return {amount: values[marks == amount | flags] for amount in amounts}


def _counts(of: Skeleton, marks: NDArray[np.uint8]) -> dict[Amount, Counts]:
    """Return all counts by what they are, in the order of the text."""
    runs = _marked(marks, _ARE_COUNTS, FIRST | LAST)
    sizes = of.ends[runs] - of.starts[runs]
    if not runs.size or sizes.max() >= _WEIGHTS.size:
        raise OtherFormError
    text, behind = listed(of, of.starts[runs], of.ends[runs], _ZERO)
    digits = np.frombuffer(text, dtype=np.uint8) - _ZERO
    begins = behind - sizes - 1
    # Below a zero an octet is a large number.  JSON has no leading zeros.
    if digits.max() > 9 or ((digits[begins] == 0) & (sizes > 1)).any():
        raise OtherFormError
    places = np.repeat(behind, sizes + 1) - np.arange(1, digits.size + 1)
    values: Counts = np.add.reduceat(_WEIGHTS[places] * digits, begins)
    return _by_amount(values, marks[runs], _ARE_COUNTS, FIRST | LAST)


def _floats(of: Skeleton, marks: NDArray[np.uint8]) -> dict[Amount, Floats]:
    """Return all numbers that need not be whole by what they are, in the order of the text."""
    runs, lasts = _marked(marks, _ARE_FLOATS, FIRST), _marked(marks, _ARE_FLOATS, LAST)
    text, _ = listed(of, of.starts[runs], of.ends[lasts], _COMMA)
    values: list[object] = orjson.loads(b"[%b]" % text[:-1])
    if len(values) != runs.size or not set(map(type, values)) <= {float}:
        raise OtherFormError
    found = np.array(values, dtype=np.float64)
    if np.isinf(found).any():
        raise OtherFormError
    return _by_amount(found, marks[runs], _ARE_FLOATS, FIRST)


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


def _moments(of: Skeleton, marks: NDArray[np.uint8]) -> dict[Amount, Counts]:
    """Return all moments by what they are, in the order of the text."""
    runs, lasts = _marked(marks, _ARE_MOMENTS, FIRST), _marked(marks, _ARE_MOMENTS, LAST)
    starts, ends = of.starts[runs], of.ends[lasts]
    found = np.zeros(starts.size, dtype=np.int64)
    lengths = ends - starts
    rows = 0
    for length in (_WHOLE_SECONDS, _MOMENT.size):
        alike = np.flatnonzero(lengths == length)
        if alike.size:
            octets = of.octets[starts[alike, None] + np.arange(length)]
            form = _MOMENT[:length]
            fixed = form != _ZERO
            if (octets[:, fixed] != form[fixed]).any() or (octets[:, ~fixed] - _ZERO > 9).any():
                raise OtherFormError
            found[alike] = octets.view(f"S{length}")[:, 0].astype("M8[us]").astype(np.int64)
            rows += alike.size
    if rows != starts.size or found.min(initial=0) < _EARLIEST or found.max(initial=0) >= _LATEST:
        raise OtherFormError
    return _by_amount(found, marks[runs], _ARE_MOMENTS, FIRST)


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
