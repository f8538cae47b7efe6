"""What is of one report only, as columns of numbers: each checked, all of a kind in one go."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import orjson
from numpy.typing import NDArray

from schouw_agent.report import Device, PseudonymRecurrence, Report
from schouw_collector.many_reports.report_text import (
    EmissionTexts,
    OtherFormError,
    ReportTexts,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_HISTOGRAM = 64
_MOST = 10**15
"""A count of so much or more is left to records: thousands of smaller ones fit into 64 bits."""
_LONGEST_NAME = 400
_NAME = re.compile(rb'[^"\\\x00-\x1f]*').fullmatch
"""A JSON string that needs no escape."""
_MICROSECOND = timedelta(microseconds=1)
_FIRST_MOMENT = (datetime.min.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
_MOMENT = np.frombuffer(b"0000-00-00T00:00:00.000000", dtype=np.uint8)
"""As agents write it, but for the Z: digits where there are zeros."""
_WHOLE_SECONDS = 19
_ZEROS = {
    **{(False, b"0," * n): n for n in range(LONGEST_HISTOGRAM)},
    **{(True, (b"0," * n)[:-1]): n for n in range(LONGEST_HISTOGRAM + 1)},
}
"""How many there are, by whether that is all, and their text."""

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


def columns(text: ReportTexts, head: Report, records: tuple[Device, ...]) -> Columns:
    """Return a report whose devices are known.

    Raises `OtherFormError`, or `ValueError` as the parsers of JSON and of moments do, if some
    amount is not as agents write it.
    """
    devices, emissions = text.devices, text.emissions
    seen = _moments([d.first_seen for d in devices], [d.last_seen for d in devices])
    sizes = _counts([size for d in devices for size in d.coverage])
    ends = _moments(emissions.first_seen, emissions.last_seen)
    amounts = [emissions.messages, emissions.octets, emissions.returned_octets]
    return Columns(
        head=head,
        records=records,
        ids=_names([d.id for d in devices]),
        relays=_names([d.relay for d in devices]),
        devices=np.hstack([seen, sizes.reshape(-1, 3)]),
        emissions=np.column_stack([ends, *map(_counts, amounts)]),
        confidences=_confidences(emissions.confidences),
        smallest=_smallest(emissions.smallest),
        intervals=_histograms(emissions.intervals),
        recurrences=_recurrences(emissions),
        recipients=_counts([octets for d in devices for octets in d.recipients]),
        undecoded=_counts([count for d in devices for count in d.undecoded]).reshape(-1, 3),
    )


def moment(microseconds: int) -> datetime:
    """Return a moment of a column."""
    return EPOCH + microseconds * _MICROSECOND


def _names(texts: list[bytes]) -> list[str]:
    if not all(map(_NAME, texts)):
        raise OtherFormError
    found = [text.decode() for text in texts]
    if max(map(len, found), default=0) > _LONGEST_NAME:
        raise OtherFormError
    return found


def _values(texts: list[bytes]) -> list[object]:
    """Return JSON values that were taken out of a text, where nothing but commas lay between."""
    found: list[object] = orjson.loads(b"[%b]" % b",".join(texts))
    if len(found) != len(texts):
        raise OtherFormError
    return found


def _counts(texts: list[bytes]) -> Counts:
    return _integers(_values(texts))


def _integers(values: list[object]) -> Counts:
    if not values:
        return np.zeros(0, dtype=np.int64)
    found = np.array(values)
    if found.dtype != np.int64 or found.ndim != 1 or found.max() >= _MOST:
        raise OtherFormError
    return found


def _confidences(texts: list[bytes]) -> Floats:
    found = _floats(_values(texts), {float})
    if found.size and (found.min() < 0 or found.max() > 1):
        raise OtherFormError
    return found


def _smallest(texts: list[bytes]) -> Floats:
    return _floats(_values(texts), {float, type(None)})


def _floats(values: list[object], kinds: set[type]) -> Floats:
    if not set(map(type, values)) <= kinds:
        raise OtherFormError
    found = np.array(values, dtype=np.float64)
    if np.isinf(found).any():
        raise OtherFormError
    return found


def _moments(*texts: list[bytes]) -> Counts:
    """Return one column for each list.  What is no moment raises `ValueError`."""
    flat = [text for each in texts for text in each]
    if not set(map(len, flat)) <= {_WHOLE_SECONDS, _MOMENT.size}:
        raise OtherFormError
    found = np.array(flat, dtype=f"S{_MOMENT.size}")
    # Shorter ones have zero octets there, which count as digits or a point.
    octets = found.view(np.uint8).reshape(-1, _MOMENT.size)
    marks = ord("0") != _MOMENT
    digits = octets[:, ~marks]
    same = (octets[:, marks] == _MOMENT[marks]) | (octets[:, marks] == 0)
    if not same.all() or (((digits < ord("0")) | (digits > ord("9"))) & (digits != 0)).any():
        raise OtherFormError
    microseconds = found.astype("M8[us]").astype(np.int64)
    if microseconds.size and microseconds.min() < _FIRST_MOMENT:
        raise OtherFormError
    return microseconds.reshape(len(texts), -1).T


def _histograms(texts: list[bytes]) -> Histograms:
    """Return what histograms say: mostly they are zeros, and then a number or two."""
    rests = [text.lstrip(b"0,") for text in texts]
    try:
        zeros = [
            _ZEROS[not rest, text.removesuffix(rest)]
            for text, rest in zip(texts, rests, strict=True)
        ]
    except KeyError:
        raise OtherFormError from None
    before = np.array(zeros, dtype=np.int64)
    told = np.array([rest.count(b",") + 1 if rest else 0 for rest in rests], dtype=np.int64)
    counts = _integers(orjson.loads(b"[%b]" % b",".join(filter(None, rests))))
    if counts.size != told.sum() or (before + told).max(initial=0) > LONGEST_HISTOGRAM:
        raise OtherFormError
    rows = np.repeat(np.arange(len(texts)), told)
    within = np.arange(counts.size) - np.repeat(np.cumsum(told) - told, told)
    return Histograms(before + told, rows, before[rows] + within, counts)


def _recurrences(emissions: EmissionTexts) -> list[tuple[int, PseudonymRecurrence]]:
    if emissions.recurrences.count(b"null") == len(emissions.recurrences):
        return []
    return [
        (row, PseudonymRecurrence.model_validate_json(text))
        for row, text in enumerate(emissions.recurrences)
        if text != b"null"
    ]
