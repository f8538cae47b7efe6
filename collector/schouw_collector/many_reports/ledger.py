"""What remains of reports: a state that does not grow with their number, and that they add to.

Reports may come in any order and from any agent; the state is the same.  A report that comes twice
counts once.  Of each report only when was looked, and how well, is kept apart.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from schouw_agent.report import Device, Linkage, Report
from schouw_collector.binding.alias_table import AliasTable
from schouw_collector.binding.stays import StayTable
from schouw_collector.many_reports.coverage_sum import CoverageSum
from schouw_collector.many_reports.device_amounts import At, DeviceAmounts
from schouw_collector.many_reports.device_sum import DeviceSum
from schouw_collector.many_reports.history import Window
from schouw_collector.many_reports.told_report import Told, told
from schouw_collector.saying.naming import subject_of

Numbered = tuple[datetime, str, int, int, datetime, int]
"""A report's place in time: start, agent, epoch, sequence, end, and which of several alike."""
LinkageKey = tuple[int, int, tuple[str, ...]]
FollowingKey = tuple[int, str, int, str, float]


class Ledger:
    """The sum of reports."""

    def __init__(self) -> None:
        self.windows: dict[Numbered, Window] = {}
        """In the order in which they came; the alias table knows them by their number in it."""
        self.duplicates = 0
        """Reports that came more than once, and counted once."""
        self.coverage = CoverageSum()
        self.identities = AliasTable()
        self.stays = StayTable()
        self.devices: list[DeviceSum] = []
        """What was said under each set of identifiers, by its track in `identities`."""
        self.knowledge: dict[str, datetime] = {}
        """Of each the start of the first report that was made with it."""
        self.points: dict[str, datetime] = {}
        """Observation points, likewise."""
        self.sources: dict[tuple[str, str, str], int] = {}
        """Name, kind and SHA-256 → frames."""
        self.linkages: dict[LinkageKey, tuple[Numbered, Linkage]] = {}
        """The latest of each: estimates are of a report, and are never summed."""
        self.followings: dict[FollowingKey, tuple[int, int, float]] = {}
        """Commands, how many followed, and how many would have by chance."""
        self.canaries: dict[str, int] = {}
        self.numbers: set[tuple[str, int, int]] = set()
        """Agent, epoch and sequence of the reports of agents that number them."""
        self.only: Report | None = None
        """The report, as long as there is one: it is told as it was told."""

    def __contains__(self, report: Report) -> bool:
        """Return whether this report counts already, by its agent, epoch and sequence.

        Of an agent that does not number its reports every one is another.
        """
        return _window(report).number in self.numbers

    def add(self, report: Report) -> bool:
        """Add a report; return False, and do nothing but count it, if it counts already."""
        return self.add_told(told(report))

    def add_told(self, new: Told) -> bool:
        """Add a report as `add` does."""
        number, at = len(self.windows), self.begin(new.head, new.head)
        if at is None:
            return False
        self._add_devices(new, at, number)
        return True

    def begin(self, report: Report, whole: Report | None) -> Numbered | None:
        """Add a report but for its devices, and what is said of them; return its place in time.

        None: it counts already, and nothing is done but to count that.  `whole`: the report, if
        this one is without its devices.
        """
        if report in self:
            self.duplicates += 1
            return None
        window = _window(report)
        if window.numbered:
            self.numbers.add(window.number)
        at = self._place(window)
        self.only = None if self.windows else whole
        self.coverage.add(report.coverage, report.start)
        _earliest(self.knowledge, report.knowledge, report.start)
        _earliest(self.points, report.observation_point, report.start)
        for source in report.sources:
            of = source.name, source.kind, source.sha256
            self.sources[of] = self.sources.get(of, 0) + source.frames
        for search in report.canaries:
            self.canaries[search.label] = self.canaries.get(search.label, 0) + search.messages
        self.windows[at] = window
        return at

    def device(self, number: int, device: Device, amounts: DeviceAmounts, at: At) -> DeviceSum:
        """Return the sum of a track, which may be new; the rest is as `DeviceSum` takes it."""
        if number == len(self.devices):
            self.devices.append(DeviceSum(device, amounts, at))
        return self.devices[number]

    def relate(self, report: Report, number_of: Mapping[str, int], at: Numbered) -> None:
        """Add what a report says of devices together; by their tracks in `identities`."""
        for linkage in report.linkages:
            one, two = (number_of.get(id_) for id_ in linkage.device_ids)
            if one is not None and two is not None:
                self._link((one, two, linkage.categories), at, linkage)
        for f in report.followings:
            source, target = number_of.get(f.input_device_id), number_of.get(f.device_id)
            if source is not None and target is not None:
                key = source, f.input_category, target, f.category, f.within_seconds
                self._follow(key, (f.commands, f.followed, f.expected))

    def absorb(self, other: "Ledger") -> None:
        """Add another ledger, which is of no use afterwards.

        Raises `ValueError` if a report is in both: what it adds cannot be taken out again.
        """
        if self.numbers & other.numbers or self.windows.keys() & other.windows.keys():
            raise ValueError("a report is in both ledgers")
        now = self._absorb_devices(other)
        self.only = other.only if not self.windows else self.only if not other.windows else None
        self.numbers |= other.numbers
        self.windows |= other.windows
        self.duplicates += other.duplicates
        self.coverage.absorb(other.coverage)
        for mine, theirs in ((self.knowledge, other.knowledge), (self.points, other.points)):
            for text, start in theirs.items():
                _earliest(mine, text, start)
        for source, frames in other.sources.items():
            self.sources[source] = self.sources.get(source, 0) + frames
        for label, messages in other.canaries.items():
            self.canaries[label] = self.canaries.get(label, 0) + messages
        for (one, two, categories), (place, linkage) in other.linkages.items():
            self._link((now[one], now[two], categories), place, linkage)
        for (one, category, two, command, within), counts in other.followings.items():
            self._follow((now[one], category, now[two], command, within), counts)

    def _place(self, window: Window) -> Numbered:
        nth = 0
        while (*window.place, nth) in self.windows:
            nth += 1
        return *window.place, nth

    def _absorb_devices(self, other: "Ledger") -> list[int]:
        """Return the number here of each track of the other."""
        now = self.identities.absorb(other.identities, len(self.windows))
        self.stays.absorb(other.stays, now)
        for number, more in zip(now, other.devices, strict=True):
            if more.relay is not None:
                more.relay = more.relay[0], now[more.relay[1]]
            if number == len(self.devices):
                self.devices.append(more)
            else:
                self.devices[number].absorb(more)
        return now

    def _add_devices(self, new: Told, at: Numbered, nth: int) -> None:
        agent = agent_of(new.head)
        carriers = carriers_of([(a.id, a.relay, d) for d, a in new.devices])
        numbers: dict[str, int] = {}
        carried: list[tuple[int, str, int]] = []
        for place, (device, amounts) in enumerate(new.devices):
            id_, relay, first, last, _, _, missed, *_ = amounts
            seen, here = (first, last), (*at, place)
            carrier = carriers.get(relay, "") if relay else ""
            number = self.identities.add(device, nth, agent, carrier, seen, missed=missed > 0)
            numbers[id_] = number
            self.stays.add(number, device, seen)
            self.device(number, device, amounts, here).add(device, amounts, here)
            if relay:
                carried.append((number, relay, place))
        for number, relay, place in carried:
            if relay in numbers:
                self.devices[number].keep_relay((*at, place), numbers[relay])
        self.relate(new.head, numbers, at)

    def _link(self, key: LinkageKey, at: Numbered, linkage: Linkage) -> None:
        known = self.linkages.get(key)
        if known is None or at > known[0]:
            self.linkages[key] = at, linkage

    def _follow(self, key: FollowingKey, counts: tuple[int, int, float]) -> None:
        old = self.followings.get(key, (0, 0, 0.0))
        self.followings[key] = old[0] + counts[0], old[1] + counts[1], old[2] + counts[2]


def agent_of(report: Report) -> str:
    """Return who made a report, by what devices are known; empty for one without a number."""
    return report.agent_id if report.epoch or report.sequence else ""


def carriers_of(devices: Iterable[tuple[str, str, Device]]) -> dict[str, str]:
    """Return how findings know those that carry data of others, by their ids in a report.

    `devices`: id, relay and what it is, of each device of the report.
    """
    rows = list(devices)
    relays = {relay for _, relay, _ in rows} - {""}
    return {
        id_: subject_of(device) if device.identifiers else f"local:{id_}"
        for id_, _, device in rows
        if id_ in relays
    }


def _earliest(of: dict[str, datetime], text: str, start: datetime) -> None:
    of[text] = min(start, of.get(text, start))


def _window(report: Report) -> Window:
    coverage = report.coverage
    return Window(
        agent_id=report.agent_id,
        epoch=report.epoch,
        sequence=report.sequence,
        start=report.start,
        end=report.end,
        lossless=not (coverage.kernel_drops or coverage.truncated_frames or coverage.partial),
    )
