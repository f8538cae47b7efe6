"""A ledger as a file, so that one more report costs what it is and not what came before it.

JSON: the devices as they would be reported now, and beside each the few places in time that decide
when yet another report comes.  What is read is checked like every other file.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationError

from schouw_agent.errors import explain
from schouw_agent.report import Count, Device, Linkage, Record, Role, Text
from schouw_collector.binding.alias_table import KINDS, Key, Place, Track
from schouw_collector.binding.stays import Stay
from schouw_collector.errors import ReportError
from schouw_collector.many_reports.device_amounts import At, amounts_of
from schouw_collector.many_reports.device_sum import DeviceSum
from schouw_collector.many_reports.emission_sum import EmissionSum
from schouw_collector.many_reports.history import Window
from schouw_collector.many_reports.ledger import Ledger, Numbered

_Place = tuple[Count, Count]
"""Number of a window in the document, and place of the device in its report."""

_Day = Annotated[int, Field(ge=1, le=date.max.toordinal())]


_Long = Annotated[str, Field(max_length=4000)]
"""Identifiers in small letters, with the names of agent and relay."""
_Key = tuple[Annotated[str, Field(pattern=f"^({'|'.join(KINDS)})$")], _Long, _Long]
_Stays = tuple[tuple[Text, datetime, datetime, Count], ...]
"""Value, from when until when, and in how many reports."""


_Bits = Annotated[str, Field(pattern=r"^[0-9a-f]+$")]
"""A number in hexadecimal notation; bit n stands for window n."""


class StoredTrack(Record):
    """By what a device is known."""

    best: tuple[_Key, ...]
    nth: Count
    keys: tuple[_Key, ...]
    subject: _Long
    makers: tuple[_Long, ...]
    models: tuple[_Long, ...]
    reports: _Bits
    """Windows of the document that it was in."""
    missed: _Bits
    """Windows in which something of it was missed."""
    places: _Stays
    topics: _Stays


class StoredDevice(Record):
    """What was said of a device under one set of identifiers."""

    device: Device
    track: StoredTrack
    first: _Place
    latest: _Place
    first_role: Role
    named: dict[Text, _Place]
    """Which report said its vendor, model and the like."""
    firmware: _Place | None
    relay: tuple[_Place, Count] | None
    """Which report said so, and the number of the row that carries its data."""
    days: tuple[tuple[_Day, _Day], ...]
    """First and last of each range (proleptic Gregorian ordinal)."""
    emissions: tuple[tuple[_Place, _Place], ...]
    """Of each emission the report with the surest, and that with the latest estimate."""
    recipients: tuple[_Place, ...]


class StoredCoverage(Record):
    """The sum of what could be seen."""

    counts: dict[Text, int | None]
    undecoded: dict[Text, tuple[Count, Count, Count]]
    clocks: tuple[bool | None, ...]
    partial: bool
    vantages: dict[Text, datetime]
    notes: tuple[Text, ...]


class LedgerDocument(Record):
    """What remains of reports: `schouw assess --state` writes and reads it."""

    schema_id: Literal["https://schouw.example.org/schema/ledger/1"] = Field(
        default="https://schouw.example.org/schema/ledger/1", alias="schema"
    )
    windows: tuple[tuple[Window, Count], ...]
    """In order of time; the number tells apart those that are alike."""
    duplicates: Count
    coverage: StoredCoverage
    knowledge: dict[Text, datetime]
    points: dict[Text, datetime]
    sources: tuple[tuple[Text, Text, Text, Count], ...]
    canaries: dict[Text, Count]
    devices: tuple[StoredDevice, ...]
    linkages: tuple[tuple[Count, Count, Count, Linkage], ...]
    """Numbers of two devices and of a window."""
    followings: tuple[tuple[Count, Text, Count, Text, float, Count, Count, float], ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def ledger_octets(ledger: Ledger) -> bytes:
    """Return the document of a ledger; the same for the same reports, in whatever order."""
    places = sorted(ledger.windows)
    window_of = {place: number for number, place in enumerate(places)}
    now = [window_of[place] for place in ledger.windows]
    rows = sorted(enumerate(ledger.devices), key=lambda row: row[1].first_at)
    number_of = {number: index for index, (number, _) in enumerate(rows)}
    coverage = ledger.coverage
    document = LedgerDocument(
        windows=tuple((ledger.windows[place], place[-1]) for place in places),
        duplicates=ledger.duplicates,
        coverage=StoredCoverage(
            counts=coverage.counts,
            undecoded=dict(sorted(coverage.undecoded.items())),
            clocks=tuple(sorted(coverage.clocks, key=str)),
            partial=coverage.partial,
            vantages=dict(sorted(coverage.vantages.items())),
            notes=tuple(sorted(coverage.notes)),
        ),
        knowledge=dict(sorted(ledger.knowledge.items())),
        points=dict(sorted(ledger.points.items())),
        sources=tuple((*of, frames) for of, frames in sorted(ledger.sources.items())),
        canaries=dict(sorted(ledger.canaries.items())),
        devices=tuple(
            _stored(device, _stored_track(ledger, number, now), window_of, number_of)
            for number, device in rows
        ),
        linkages=tuple(
            sorted(
                (
                    (number_of[one], number_of[two], window_of[at], linkage)
                    for (one, two, _), (at, linkage) in ledger.linkages.items()
                ),
                key=lambda row: (*row[:3], row[3].categories),
            )
        ),
        followings=tuple(
            sorted(
                (
                    number_of[one],
                    category,
                    number_of[two],
                    command,
                    within,
                    # Sums of fractions differ by their order, in the last digits.
                    *counts[:2],
                    round(counts[2], 9),
                )
                for (one, category, two, command, within), counts in ledger.followings.items()
            )
        ),
    )
    return document.model_dump_json(by_alias=True).encode()


def read_ledger(name: str, octets: bytes) -> Ledger:
    """Return the ledger of a document.  Raises `ReportError` with one line if it is none."""
    try:
        document = LedgerDocument.model_validate_json(octets)
    except ValidationError as error:
        raise ReportError(f"{name}: not a state that Schouw has kept: {explain(error)}") from None
    try:
        return _ledger(document)
    except (IndexError, KeyError, ValueError):
        raise ReportError(
            f"{name}: not a state that Schouw has kept: it contradicts itself"
        ) from None


def _stored(
    device: DeviceSum,
    track: StoredTrack,
    window_of: Mapping[Numbered, int],
    number_of: Mapping[int, int],
) -> StoredDevice:
    def place(at: At) -> _Place:
        return window_of[at[:-1]], at[-1]

    return StoredDevice(
        device=device.frozen(device.first_id, ""),
        track=track,
        first=place(device.first_at),
        latest=place(device.latest_at),
        first_role=device.first_role,
        named={name: place(at) for name, (at, _) in sorted(device.first.items())},
        firmware=place(device.firmware[0]) if device.firmware else None,
        relay=(place(device.relay[0]), number_of[device.relay[1]]) if device.relay else None,
        days=tuple(zip(device.days.starts, device.days.ends, strict=True)),
        emissions=tuple(_places(device.emissions[key], place) for key in sorted(device.emissions)),
        recipients=tuple(place(device.recipients[key][1]) for key in sorted(device.recipients)),
    )


def _stored_track(ledger: Ledger, number: int, now: Sequence[int]) -> StoredTrack:
    """Return a track; `now`: the number in the document of each window of the ledger."""
    place, track = ledger.identities.places[number], ledger.identities.tracks[number]
    return StoredTrack(
        best=tuple(sorted(place.best)),
        nth=place.nth,
        keys=tuple(sorted(track.keys)),
        subject=track.subject,
        makers=tuple(sorted(track.makers)),
        models=tuple(sorted(track.models)),
        reports=_moved(track.reports, now),
        missed=_moved(track.missed, now),
        places=_stays(ledger.stays.places.get(number, {})),
        topics=_stays(ledger.stays.topics.get(number, {})),
    )


def _moved(bits: int, now: Sequence[int]) -> str:
    return f"{sum(1 << window for n, window in enumerate(now) if bits >> n & 1):x}"


def _stays(stays: Mapping[str, Stay]) -> _Stays:
    rows = (stays[value] for value in sorted(stays))
    return tuple((stay.value, stay.first, stay.last, stay.reports) for stay in rows)


def _places(emission: EmissionSum, place: Callable[[At], _Place]) -> tuple[_Place, _Place]:
    best = place(emission.best_at)
    return best, best if emission.recurrence is None else place(emission.recurrence_at)


def _ledger(document: LedgerDocument) -> Ledger:
    ledger = Ledger()
    places: list[Numbered] = []
    for window, nth in document.windows:
        place = (*window.place, nth)
        places.append(place)
        ledger.windows[place] = window
        if window.numbered:
            ledger.numbers.add(window.number)
    ledger.duplicates = document.duplicates
    stored, coverage = document.coverage, ledger.coverage
    coverage.counts = {name: stored.counts[name] for name in coverage.counts}
    coverage.undecoded, coverage.clocks = dict(stored.undecoded), set(stored.clocks)
    coverage.partial, coverage.notes = stored.partial, set(stored.notes)
    coverage.vantages = dict(stored.vantages)
    ledger.knowledge, ledger.points = dict(document.knowledge), dict(document.points)
    ledger.sources = {(name, kind, digest): n for name, kind, digest, n in document.sources}
    ledger.canaries = dict(document.canaries)
    for number, row in enumerate(document.devices):
        _restore_track(ledger, number, row)
        ledger.devices.append(_device(row, places))
    for device, row in zip(ledger.devices, document.devices, strict=True):
        if row.relay is not None:
            (window_number, place_there), carrier = row.relay
            if carrier >= len(ledger.devices):
                raise ValueError("no such device")
            device.keep_relay((*places[window_number], place_there), carrier)
    known = range(len(ledger.devices))
    for one, two, window_number, linkage in document.linkages:
        link = known[one], known[two], linkage.categories
        ledger.linkages[link] = places[window_number], linkage
    for one, category, two, command, within, commands, followed, chance in document.followings:
        following = known[one], category, known[two], command, within
        ledger.followings[following] = commands, followed, chance
    return ledger


def _restore_track(ledger: Ledger, number: int, row: StoredDevice) -> None:
    stored, device = row.track, row.device
    ledger.identities.restore(
        Place(frozenset(Key(*key) for key in stored.best), stored.nth),
        Track(
            keys={Key(*key) for key in stored.keys},
            subject=stored.subject,
            makers=set(stored.makers),
            models=set(stored.models),
            first=device.first_seen,
            last=device.last_seen,
            reports=int(stored.reports, 16),
            missed=int(stored.missed, 16),
        ),
    )
    for table, stays in (
        (ledger.stays.places, stored.places),
        (ledger.stays.topics, stored.topics),
    ):
        if stays:
            table[number] = {row[0]: Stay(*row) for row in stays}


def _device(row: StoredDevice, places: list[Numbered]) -> DeviceSum:
    def at(place: _Place) -> At:
        return (*places[place[0]], place[1])

    amounts, first = amounts_of(row.device), at(row.first)
    device = DeviceSum(row.device, amounts, first)
    device.add(row.device, amounts, first)
    device.restore(
        latest_at=at(row.latest),
        first_role=row.first_role,
        named={name: at(place) for name, place in row.named.items()},
        firmware=at(row.firmware) if row.firmware else None,
        days=row.days,
    )
    emissions = sorted(device.emissions.items())
    for (_, emission), (best, again) in zip(emissions, row.emissions, strict=True):
        emission.best_at, emission.recurrence_at = at(best), at(again)
    for key, place in zip(sorted(device.recipients), row.recipients, strict=True):
        recipient, _, octets, filters = device.recipients[key]
        device.recipients[key] = recipient, at(place), octets, filters
    return device
