"""Several reports as one: what they say of the same device is said of one device."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from schouw_agent.report import CanarySearch, Coverage, Device, Following, Linkage, Report, Source
from schouw_collector.alias_resolution import Identities, resolve
from schouw_collector.device_sum import DeviceSum
from schouw_collector.history import Window
from schouw_collector.ledger import Ledger
from schouw_collector.naming import subject_of
from schouw_collector.who_is_who import WhoIsWho, who_is_who

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Merged:
    """The devices of all reports, each once, and what was said of them by their ids."""

    devices: tuple[Device, ...]
    linkages: tuple[Linkage, ...]
    followings: tuple[Following, ...]
    days: Mapping[str, tuple[date, ...]]
    """Device id → the UTC days of the reports in which it was seen, in order."""
    who: WhoIsWho
    sight: Mapping[str, frozenset[int]]
    """Device id → the windows, in order of time, whose agent saw it at some time or other, that
    were without losses, and in which nothing of the device was missed."""


def merge(reports: Iterable[Report]) -> Merged:
    """Return the devices of all reports, as `merged` does."""
    return merged(_ledger(reports))


def merge_coverage(reports: Iterable[Report]) -> Coverage:
    """Return the coverage of all reports together: counts are sums, notes are kept once."""
    return coverage_of(_ledger(reports))


def observed_seconds(windows: Iterable[Window | Report]) -> float:
    """Return how long was looked, in seconds: the union of the periods."""
    total, until = 0.0, None
    for start, end in sorted((window.start, window.end) for window in windows):
        begin: datetime = start if until is None else max(start, until)
        if end > begin:
            total += (end - begin).total_seconds()
        until = end if until is None else max(until, end)
    return total


def coverage_of(ledger: Ledger) -> Coverage:
    """Return the coverage of all reports of a ledger together."""
    return ledger.only.coverage if ledger.only else ledger.coverage.frozen()


def merged(ledger: Ledger) -> Merged:
    """Return the devices of a ledger, one for each, in the order in which they were first seen.

    The devices of a single report keep their ids.  Those of several get the number of the first
    report that saw them as a prefix, since ids are local to a report.
    """
    # In the order of the reports, whatever the order in which they came.
    order = sorted(range(len(ledger.devices)), key=lambda n: ledger.devices[n].first_at)
    identities = resolve([ledger.identities.tracks[number] for number in order])
    sight = _Sight(ledger)
    only = ledger.only
    if only is not None and len(set(identities.device_of)) == len(only.devices):
        return Merged(
            devices=only.devices,
            linkages=only.linkages,
            followings=only.followings,
            days={device.id: _days(device) for device in only.devices},
            who=_who(
                ledger, order, identities, [device.id for device in only.devices], only.devices
            ),
            sight={d.id: sight.of([n]) for n, d in zip(order, only.devices, strict=True)},
        )
    members: dict[int, list[int]] = {}
    for number, first in zip(order, identities.device_of, strict=True):
        members.setdefault(first, []).append(number)
    rows = [
        (first, _joined([ledger.devices[number] for number in numbers]))
        for first, numbers in members.items()
    ]
    rank = {place: number for number, place in enumerate(sorted(ledger.windows), 1)}
    one = len(rank) == 1
    id_of_first = {
        first: device.first_id if one else f"{rank[device.first_at[:-1]]}/{device.first_id}"
        for first, device in rows
    }
    ids = [id_of_first[first] for first in identities.device_of]
    id_of = dict(zip(order, ids, strict=True))
    devices = tuple(
        device.frozen(id_of_first[first], id_of[device.relay[1]] if device.relay else "")
        for first, device in rows
    )
    return Merged(
        devices=devices,
        linkages=_linkages(ledger, id_of),
        followings=_followings(ledger, id_of),
        days={id_of_first[first]: device.days.dates() for first, device in rows},
        who=_who(ledger, order, identities, ids, devices),
        sight={id_of_first[first]: sight.of(numbers) for first, numbers in members.items()},
    )


class _Sight:
    """Which windows could see which tracks."""

    def __init__(self, ledger: Ledger) -> None:
        self._tracks = ledger.identities.tracks
        rank = {place: number for number, place in enumerate(sorted(ledger.windows))}
        self._rank = [rank[place] for place in ledger.windows]
        self._of_agent: dict[str, int] = {}
        self._lossless = 0
        for number, window in enumerate(ledger.windows.values()):
            bit = 1 << number
            self._of_agent[window.agent_id] = self._of_agent.get(window.agent_id, 0) | bit
            self._lossless |= bit if window.lossless else 0
        self._known: dict[int, frozenset[int]] = {}

    def of(self, tracks: Iterable[int]) -> frozenset[int]:
        """Return the windows that say something of what a device, of these tracks, did not send."""
        seen = missed = could = 0
        for number in tracks:
            seen |= self._tracks[number].reports
            missed |= self._tracks[number].missed
        for windows in self._of_agent.values():
            could |= windows if windows & seen else 0
        bits = could & self._lossless & ~missed
        if bits not in self._known:
            self._known[bits] = frozenset(r for n, r in enumerate(self._rank) if bits >> n & 1)
        return self._known[bits]


def _who(
    ledger: Ledger,
    order: Sequence[int],
    identities: Identities,
    ids: Sequence[str],
    devices: Iterable[Device],
) -> WhoIsWho:
    """Return who the devices are; `ids`: of the device of each track, in the order given."""
    return who_is_who(
        [ledger.identities.tracks[number] for number in order],
        identities,
        ledger.stays.in_order(order),
        dict(enumerate(ids)),
        {device.id: subject_of(device) for device in devices},
    )


def _joined(sums: Sequence[DeviceSum]) -> DeviceSum:
    if len(sums) == 1:
        return sums[0]
    whole = sums[0].copy()
    for more in sums[1:]:
        whole.absorb(more)
    return whole


def inventory(ledger: Ledger, software: str, found: Merged) -> Report:
    """Return all reports of a ledger as one, to be shown and kept beside an assessment.

    `found`: what `merged` gave for it.
    """
    if ledger.only is not None:
        return ledger.only
    windows = sorted(ledger.windows)
    agents = {window.agent_id for window in ledger.windows.values()}
    points = sorted(ledger.points, key=lambda p: (ledger.points[p], p))
    fields: dict[str, Any] = {
        "agent_id": next(iter(agents)) if len(agents) == 1 else f"{len(agents)} agents",
        "software": software,
        "knowledge": knowledge_of(ledger)[:400],
        "observation_point": _abridged(points)[:400],
        "start": windows[0][0],
        "end": max(window.end for window in ledger.windows.values()),
        "sources": _sources(ledger) if len(agents) == 1 else (),
        "coverage": coverage_of(ledger),
        "devices": found.devices,
        "linkages": found.linkages,
        "followings": found.followings,
        "canaries": tuple(
            CanarySearch(label=label, messages=messages)
            for label, messages in sorted(ledger.canaries.items())
        ),
    }
    return Report.model_validate(fields)


def _abridged(names: list[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMED - 1])} … {names[-1]} ({len(names)})"


def _sources(ledger: Ledger) -> tuple[Source, ...]:
    return tuple(
        Source.model_validate({"name": name, "kind": kind, "sha256": sha256, "frames": frames})
        for (name, kind, sha256), frames in sorted(ledger.sources.items())
    )


def knowledge_of(ledger: Ledger) -> str:
    """Return the digests of the knowledge that the reports were made with, the earliest first."""
    return ", ".join(sorted(ledger.knowledge, key=lambda k: (ledger.knowledge[k], k)))


def _days(device: Device) -> tuple[date, ...]:
    """Return the UTC days on which a report first and last saw a device."""
    return tuple(sorted({d.astimezone(UTC).date() for d in (device.first_seen, device.last_seen)}))


def _linkages(ledger: Ledger, id_of: Mapping[int, str]) -> tuple[Linkage, ...]:
    latest: dict[tuple[str, str, tuple[str, ...]], tuple[Any, Linkage]] = {}
    for (one, two, categories), (at, linkage) in ledger.linkages.items():
        ends = id_of[one], id_of[two]
        known = latest.get((*ends, categories))
        if known is None or at > known[0]:
            latest[*ends, categories] = at, linkage.model_copy(update={"device_ids": ends})
    return tuple(latest[key][1] for key in sorted(latest) if key[0] != key[1])


def _followings(ledger: Ledger, id_of: Mapping[int, str]) -> tuple[Following, ...]:
    sums: dict[tuple[str, str, str, str, float], tuple[int, int, float]] = {}
    for (one, category, two, command, within), counts in ledger.followings.items():
        key = id_of[one], category, id_of[two], command, within
        old = sums.get(key, (0, 0, 0.0))
        sums[key] = old[0] + counts[0], old[1] + counts[1], old[2] + counts[2]
    return tuple(
        Following(
            input_device_id=one,
            input_category=category,
            device_id=two,
            category=command,
            commands=commands,
            followed=followed,
            # Sums of fractions differ by their order, in the last digits.
            expected=round(expected, 6),
            within_seconds=within,
        )
        for (one, category, two, command, within), (commands, followed, expected) in sorted(
            sums.items()
        )
    )


def _ledger(reports: Iterable[Report]) -> Ledger:
    ledger = Ledger()
    for report in reports:
        ledger.add(report)
    return ledger
