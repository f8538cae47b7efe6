"""A report in the form in which it is added up: what devices are, and how much they sent.

Everything is checked as the records of the wire contract say.  A device that says the same as
before, octet for octet but for its amounts, was checked then, and its record is taken again; of the
amounts every one is checked.  Where anything differs from how agents write it the whole report is
left to the records.
"""

from contextlib import suppress
from dataclasses import dataclass

import orjson

from schouw_agent.report import Device, Emission, Report
from schouw_collector.evidence.evidence import report_octets
from schouw_collector.many_reports.device_amounts import DeviceAmounts, amounts_of
from schouw_collector.many_reports.remembered import Remembered
from schouw_collector.many_reports.report_columns import Columns, columns
from schouw_collector.many_reports.report_layout import END, Layout, fixed_runs, lay_out, marks_of
from schouw_collector.many_reports.report_skeleton import skeleton
from schouw_collector.many_reports.report_text import (
    Amount,
    OtherFormError,
    as_written,
    devices_of,
    report_text,
    take_apart,
    whole,
    without_emissions,
)

_MOST_KNOWN = 12 << 20
"""Octets of the devices that are remembered: some thousands, and as many again that were before."""
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
        self._layouts = Remembered[bytes, Layout](_MOST_KNOWN)
        """By skeleton."""
        self._records = Remembered[tuple[int, bytes], Device](_MOST_KNOWN)
        """By number of the layout, and the runs that belong to what the device is."""
        self._emissions = Remembered[tuple[int, tuple[bytes, ...]], tuple[Emission, ...]](
            _MOST_KNOWN
        )
        """By that of them alone: they are the same with another address or firmware."""
        self._laid_out = 0
        self._reports = 0

    def read(self, payload: bytes, *, whole: bool = False) -> Told | Columns:
        """Return what a report says; as records if it is wanted `whole`.

        Raises `pydantic.ValidationError` if it is none.
        """
        self._reports += 1
        if self._reports % _KEPT_FOR == 0:
            for each in (self._layouts, self._records, self._emissions):
                each.age()
        if not whole:
            # A `ValidationError` is a `ValueError`: the records say what is wrong, if anything is.
            with suppress(OtherFormError, ValueError):
                return self._read(payload)
            with suppress(OtherFormError, ValueError):
                return self._read(as_written(payload))
        return told(Report.model_validate_json(payload))

    def _read(self, payload: bytes) -> Columns:
        text = report_text(payload)
        head = Report.model_validate_json(text.head)
        if head.devices or report_octets(head) != text.head:
            raise OtherFormError
        of = skeleton(text.devices)
        devices = _Devices(text.devices)
        skeletons = devices_of(of.text)
        layouts = [
            layout or self._lay_out(skeletons[number], devices.text(number))
            for number, layout in enumerate(self._layouts.get_all(skeletons))
        ]
        marks = marks_of(layouts)
        fixed = fixed_runs(of, marks, layouts)
        keys = list(zip([layout.number for layout in layouts], fixed, strict=True))
        records = tuple(
            record or self._record(keys[number], layouts[number], devices.text(number))
            for number, record in enumerate(self._records.get_all(keys))
        )
        found = columns(text.devices, of, marks, layouts, head, records)
        if len(set(found.ids)) != len(found.ids):
            raise OtherFormError
        return found

    def _lay_out(self, of: bytes, device: bytes) -> Layout:
        """Return the layout of a skeleton that was not known before this report."""
        layout = self._layouts.get(of)
        if layout is None:
            self._laid_out += 1
            layout = lay_out(take_apart(device), skeleton(device), self._laid_out)
            self._layouts.put(of, layout, len(device))
        return layout

    def _record(self, key: tuple[int, bytes], layout: Layout, device: bytes) -> Device:
        """Return the record of a device that says something new, or says it in another form."""
        record = self._records.get(key)
        if record is None:
            fixed = layout.number, tuple(key[1].split(END)[layout.emission_runs])
            emissions = self._emissions.get(fixed)
            record = _record(layout, device, emissions)
            if emissions is None:
                self._emissions.put(fixed, record.emissions, len(device))
            self._records.put(key, record, len(device))
        return record


class _Devices:
    """The texts of the devices of a report, of which mostly none is asked for."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._devices: list[bytes] = []

    def text(self, number: int) -> bytes:
        """Return one device as JSON."""
        self._devices = self._devices or devices_of(self._text)
        return whole(self._devices[number])


def _record(layout: Layout, device: bytes, known: tuple[Emission, ...] | None) -> Device:
    """Return the record of a device that says something new.

    `known`: the records of its emissions, if these say nothing new.  Nothing may stand there twice,
    or elsewhere than it would be written; so that whatever amounts stand in their places are those
    that its record would tell.
    """
    octets = device if known is None else without_emissions(device)
    record = Device.model_validate_json(octets)
    if (
        orjson.dumps(record.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS) != octets
        or len(record.recipients) != layout.count(Amount.RECIPIENT_OCTETS)
        or len(record.coverage.undecoded) * 3 != layout.count(Amount.UNDECODED)
    ):
        raise OtherFormError
    if known is not None:
        record = record.model_copy(update={"emissions": known})
    if len(record.emissions) != layout.emissions:
        raise OtherFormError
    return record
