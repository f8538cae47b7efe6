"""A report in the form in which it is added up: what devices are, and how much they sent.

Everything is checked as the records of the wire contract say.  Of a device that says the same as
before, but for its amounts, the record that was made then is taken again; of the amounts only those
that are written as agents write them are taken, all of a kind in one go.  Where anything differs
from that the whole report is left to the records.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from operator import itemgetter
from typing import Any

import orjson
from pydantic import ValidationError

from schouw_agent.report import Device, PseudonymRecurrence, Report
from schouw_collector.device_amounts import (
    OF_EMISSION,
    OF_UNDECODED,
    DeviceAmounts,
    EmissionAmounts,
    amounts_of,
)

_MOST_KNOWN = 1 << 12
"""Devices that are remembered; beyond, all are forgotten and learned again."""
_LONGEST_ID = 400
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII).fullmatch
"""As agents write it."""
_OF_DEVICE = ("id", "relay", "first_seen", "last_seen")
_OF_COVERAGE = ("packets", "octets", "missed_octets")
_device, _coverage = itemgetter(*_OF_DEVICE), itemgetter(*_OF_COVERAGE)
_emission, _undecoded = itemgetter(*OF_EMISSION), itemgetter(*OF_UNDECODED)
_octets = itemgetter("octets")
_NO_DEVICE, _NO_COVERAGE = dict.fromkeys(_OF_DEVICE), dict.fromkeys(_OF_COVERAGE)
_NO_EMISSION, _NO_UNDECODED = dict.fromkeys(OF_EMISSION), dict.fromkeys(OF_UNDECODED)


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says."""

    head: Report
    """All but the devices."""
    devices: tuple[tuple[Device, DeviceAmounts], ...]
    """Each with what is of this report: of that the record may tell what was in an earlier one."""
    whole: Report | None = None
    """The report itself, if it was made."""


class _OtherFormError(Exception):
    """Something is written in another way than agents write it, or is wrong."""


def told(report: Report) -> Told:
    """Return what a report says."""
    return Told(report, tuple((device, amounts_of(device)) for device in report.devices), report)


class ReportReader:
    """Reads reports, and remembers the devices."""

    def __init__(self) -> None:
        self._known: dict[bytes, Device] = {}
        """By the JSON of all that is not of one report."""

    def read(self, payload: bytes, *, whole: bool = False) -> Told:
        """Return what a report says; with the report itself if it is wanted.

        Raises `pydantic.ValidationError` if it is none.
        """
        if not whole:
            try:
                return self._read(payload)
            except (_OtherFormError, ValidationError, KeyError, TypeError, AttributeError):
                pass
            except ValueError:
                # No JSON, or no moment.
                pass
        return told(Report.model_validate_json(payload))

    def _read(self, payload: bytes) -> Told:
        document = orjson.loads(payload)
        rows, document["devices"] = document["devices"], ()
        head = Report.model_validate(document)
        amounts = list(_taken_out(rows))
        return Told(head, tuple(zip(self._records(rows, amounts), amounts, strict=True)))

    def _records(
        self, rows: Iterable[dict[str, Any]], amounts: Iterable[DeviceAmounts]
    ) -> Iterator[Device]:
        known = self._known
        for row, amounts_of_it in zip(rows, amounts, strict=True):
            rest = orjson.dumps(row)
            device = known.get(rest)
            if device is None:
                device = Device.model_validate(_put_back(row, amounts_of_it))
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                known[rest] = device
            yield device


def _taken_out(rows: Sequence[dict[str, Any]]) -> Iterator[DeviceAmounts]:
    """Take out of devices what is of one report, and return it, device by device."""
    if not rows:
        return
    coverages = [row["coverage"] for row in rows]
    emissions = [e for row in rows for e in row["emissions"]]
    recipients = [r for row in rows for r in row["recipients"]]
    undecoded = [u for coverage in coverages for u in coverage["undecoded"]]
    of_devices = list(map(_device, rows))
    ids, relays, *ends = zip(*of_devices, strict=True)
    if set(map(type, (*ids, *relays))) != {str} or max(map(len, (*ids, *relays))) > _LONGEST_ID:
        raise _OtherFormError
    firsts, lasts = map(_moments, ends)
    of_coverages: list[tuple[int, int, int]] = list(map(_coverage, coverages))
    of_undecoded: list[tuple[int, int, int]] = list(map(_undecoded, undecoded))
    octets = list(map(_octets, recipients))
    _check_counts([*chain(*of_coverages, *of_undecoded), *octets])
    of_emissions = iter(_of_emissions(emissions))
    for blank, of_kind in (
        (_NO_DEVICE, rows),
        (_NO_COVERAGE, coverages),
        (_NO_EMISSION, emissions),
        (_NO_UNDECODED, undecoded),
    ):
        for row in of_kind:
            row.update(blank)
    for recipient in recipients:
        recipient["octets"] = None
    next_undecoded, next_octets = iter(of_undecoded), iter(octets)
    for n, row in enumerate(rows):
        yield DeviceAmounts(
            ids[n],
            relays[n],
            firsts[n],
            lasts[n],
            *of_coverages[n],
            tuple(islice(next_undecoded, len(coverages[n]["undecoded"]))),
            tuple(islice(of_emissions, len(row["emissions"]))),
            tuple(islice(next_octets, len(row["recipients"]))),
        )


def _of_emissions(rows: Sequence[dict[str, Any]]) -> list[EmissionAmounts]:
    if not rows:
        return []
    columns = zip(*map(_emission, rows), strict=True)
    confidences, messages, octets, returned, intervals, smallest, recurrences, first, last = columns
    if set(map(type, confidences)) != {float} or min(confidences) < 0 or max(confidences) > 1:
        raise _OtherFormError
    if not set(map(type, smallest)) <= {float, type(None)}:
        raise _OtherFormError
    if set(map(type, intervals)) != {list}:
        raise _OtherFormError
    _check_counts([*messages, *octets, *returned, *chain(*intervals)])
    if recurrences.count(None) < len(recurrences):
        recurrences = tuple(
            None if each is None else PseudonymRecurrence.model_validate(each)
            for each in recurrences
        )
    return list(
        zip(
            confidences,
            messages,
            octets,
            returned,
            map(tuple, intervals),
            smallest,
            recurrences,
            _moments(first),
            _moments(last),
            strict=True,
        )
    )


def _check_counts(values: Sequence[Any]) -> None:
    if values and (set(map(type, values)) != {int} or min(values) < 0):
        raise _OtherFormError


def _moments(texts: Sequence[Any]) -> list[datetime]:
    if not all(map(_MOMENT, texts)):
        raise _OtherFormError
    return list(map(datetime.fromisoformat, texts))


def _put_back(row: dict[str, Any], amounts: DeviceAmounts) -> dict[str, Any]:
    """Return the device with what is of one report, to be checked whole."""
    coverage = row["coverage"]
    row.update(zip(_OF_DEVICE, amounts[:4], strict=True))
    coverage.update(zip(_OF_COVERAGE, amounts[4:7], strict=True))
    for names, rests, taken in (
        (OF_UNDECODED, coverage["undecoded"], amounts.undecoded),
        (OF_EMISSION, row["emissions"], amounts.emissions),
    ):
        for rest, values in zip(rests, taken, strict=True):
            rest.update(zip(names, values, strict=True))
    for rest, octets in zip(row["recipients"], amounts.recipients, strict=True):
        rest["octets"] = octets
    return row
