"""A report in the form in which it is added up: what devices are, and how much they sent.

Everything is checked as the records of the wire contract say.  A device that says the same as
before, octet for octet but for its amounts, was checked then, and its record is taken again; of the
amounts every one is checked.  Where anything differs from how agents write it the whole report is
left to the records.
"""

from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass

import orjson

from schouw_agent.report import Device, Report
from schouw_collector.evidence.evidence import report_octets
from schouw_collector.many_reports.device_amounts import DeviceAmounts, amounts_of
from schouw_collector.many_reports.report_columns import Columns, columns
from schouw_collector.many_reports.report_text import (
    DeviceTexts,
    OtherFormError,
    as_written,
    device_octets,
    take_apart,
)

_MOST_KNOWN = 1 << 12
"""Devices that are remembered at most, and as many again that were before."""
_KEPT_FOR = 64
"""Reports.  What none of these had, nor of as many before them, is forgotten: an address of last
month, or firmware that was replaced."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says, by its records."""

    head: Report
    devices: tuple[tuple[Device, DeviceAmounts], ...]
    """Each with what is of this report."""

    @property
    def ids(self) -> list[str]:
        """Return the ids of the devices."""
        return [amounts.id for _, amounts in self.devices]


def told(report: Report) -> Told:
    """Return what a report says."""
    return Told(report, tuple((device, amounts_of(device)) for device in report.devices))


class ReportReader:
    """Reads reports, and remembers the devices."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Device] = {}
        """By all of their text that is not of one report."""
        self._before: dict[Hashable, Device] = {}
        """Those that were known before, and that are forgotten if they do not come again."""
        self._reports = 0

    def read(self, payload: bytes, *, whole: bool = False) -> Told | Columns:
        """Return what a report says; as records if it is wanted `whole`.

        Raises `pydantic.ValidationError` if it is none.
        """
        self._reports += 1
        if self._reports % _KEPT_FOR == 0:
            self._before, self._known = self._known, {}
        if not whole:
            # A `ValidationError` is a `ValueError`: the records say what is wrong, if anything is.
            with suppress(OtherFormError, ValueError):
                return self._read(payload)
            with suppress(OtherFormError, ValueError):
                return self._read(as_written(payload))
        return told(Report.model_validate_json(payload))

    def _read(self, payload: bytes) -> Columns:
        text = take_apart(payload)
        head = Report.model_validate_json(text.head)
        if head.devices or report_octets(head) != text.head:
            raise OtherFormError
        if len({device.id for device in text.devices}) != len(text.devices):
            raise OtherFormError
        records, row, octets = [], 0, list[bytes]()
        for number, device in enumerate(text.devices):
            next_row = row + device.emissions
            key = device.rest, tuple(text.emissions.rest[row:next_row])
            record = self._known.get(key) or self._again(key)
            if record is None:
                octets = octets or device_octets(text.body)
                record = _record(octets[number], device)
                self._remember(key, record)
            records.append(record)
            row = next_row
        return columns(text, head, tuple(records))

    def _again(self, key: Hashable) -> Device | None:
        """Return a device that was known before, which is then known again."""
        record = self._before.get(key)
        if record is not None:
            self._remember(key, record)
        return record

    def _remember(self, key: Hashable, record: Device) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self._before, self._known = self._known, {}
        self._known[key] = record


def _record(octets: bytes, device: DeviceTexts) -> Device:
    """Return the record of a device that says something new.

    Nothing may stand there twice, or elsewhere than it would be written; so that whatever amounts
    stand in their places are those that its record would tell.
    """
    record = Device.model_validate_json(octets)
    if (
        orjson.dumps(record.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS) != octets
        or len(record.emissions) != device.emissions
        or len(record.recipients) != len(device.recipients)
        or len(record.coverage.undecoded) * 3 != len(device.undecoded)
    ):
        raise OtherFormError
    return record
