"""Which tracks of the alias table are one device.

Better identifiers join first.  A better one that comes later joins what was known by a worse one.
Where better ones contradict each other a worse one joins nothing: that is for people to decide.
The order of the reports plays no part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schouw_collector.binding.alias_table import KINDS, LASTING, TEMPLATE, Key, Track

_LEVEL = {kind: level for level, kind in enumerate(KINDS)}
_MOST_SHARING = 64
"""An identifier that more machines share tells none of them apart."""


class Joined(NamedTuple):
    """Tracks under other names that turned out to be one device."""

    key: Key
    tracks: tuple[int, ...]
    """One of each side, the lowest first."""
    at: datetime
    """From when all of them were known."""


class Contested(NamedTuple):
    """An identifier that machines have in common that differ in a better one."""

    key: Key
    tracks: tuple[int, ...]
    differ_in: str
    """Kind of the better one."""
    same_time: bool


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who."""

    device_of: Sequence[int]
    """Number of a track → that of the first track of its device."""
    joined: tuple[Joined, ...]
    contested: tuple[Contested, ...]


def resolve(tracks: Sequence[Track]) -> Identities:
    """Return which tracks are one device."""
    resolution = _Resolution(tracks)
    holders: dict[Key, list[int]] = {}
    for number, track in enumerate(tracks):
        for key in track.keys:
            holders.setdefault(key, []).append(number)
    shared = [key for key, numbers in holders.items() if len(numbers) > 1]
    for key in sorted(shared, key=lambda key: (_LEVEL[key.kind], key)):
        resolution.consider(key, holders[key])
    return Identities(
        device_of=[resolution.root(number) for number in range(len(tracks))],
        joined=tuple(resolution.joined),
        contested=tuple(resolution.contested),
    )


class _Group:
    """The tracks that are one device so far."""

    def __init__(self, number: int, track: Track) -> None:
        self.number = number
        self.values: dict[str, set[str]] = {}
        for key in track.keys:
            self.values.setdefault(key.kind, set()).add(key.value)
        for kind, values in (("maker", track.makers), ("model", track.models)):
            if values:
                self.values[kind] = set(values)
        self.level = min((_LEVEL[key.kind] for key in track.keys), default=len(KINDS))
        self.subject = track.subject
        self.first, self.last = track.first, track.last
        self.reports = track.reports

    def take(self, other: "_Group") -> None:
        for kind, values in other.values.items():
            self.values.setdefault(kind, set()).update(values)
        if (other.level, other.subject) < (self.level, self.subject):
            self.level, self.subject = other.level, other.subject
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.reports |= other.reports

    def sees(self, other: "_Group") -> bool:
        """Return whether both were there at the same time, or by turns."""
        together = self.first <= other.last and other.first <= self.last
        return together or bool(self.reports & other.reports)


class _Resolution:
    """Groups that are joined step by step."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.joined: list[Joined] = []
        self.contested: list[Contested] = []
        self._parent = list(range(len(tracks)))
        self._groups = [_Group(number, track) for number, track in enumerate(tracks)]

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def consider(self, key: Key, holders: Iterable[int]) -> None:
        roots = sorted({self.root(number) for number in holders})
        if len(roots) < 2:
            return
        groups = [self._groups[root] for root in roots]
        if key.kind in LASTING:
            self._by_lasting(key, groups)
        else:
            self._by_nearby(key, groups)

    def _by_lasting(self, key: Key, groups: list[_Group]) -> None:
        level = _LEVEL[key.kind]
        differing = _contradictions(groups, level)
        if not differing and not _told_apart(key.kind, groups):
            self._unite(key, groups)
            return
        # Whoever has nothing better may be any of them, and is only joined to its like.
        bare = [group for group in groups if group.level >= level]
        if not _contradictions(bare, level) and not _told_apart(key.kind, bare):
            self._unite(key, bare)
        if differing:
            numbers = {group.number for one, other, _ in differing for group in (one, other)}
            self.contested.append(
                Contested(
                    key,
                    tuple(sorted(numbers)),
                    min((kind for *_, kind in differing), key=_LEVEL.__getitem__),
                    any(one.sees(other) for one, other, _ in differing),
                )
            )

    def _by_nearby(self, key: Key, groups: list[_Group]) -> None:
        level = _LEVEL[key.kind]
        bare = [group for group in groups if group.level >= level]
        better = [group for group in groups if group.level < level]
        if not bare or not _may_be_one(bare):
            return
        # An address is given out again; a template fits several.
        joinable = key.kind != "ip" and TEMPLATE not in key.value and len(better) == 1
        with_better = [*better, *bare]
        self._unite(key, with_better if joinable and _may_be_one(with_better) else bare)

    def _unite(self, key: Key, groups: list[_Group]) -> None:
        if len(groups) < 2:
            return
        if len({group.subject for group in groups}) > 1:
            numbers = tuple(sorted(group.number for group in groups))
            self.joined.append(Joined(key, numbers, max(group.first for group in groups)))
        first, *others = sorted(groups, key=lambda group: group.number)
        for group in others:
            self._parent[group.number] = first.number
            first.take(group)


def _contradictions(groups: Sequence[_Group], level: int) -> list[tuple[_Group, _Group, str]]:
    """Return pairs that differ in a better identifier than the one they share, and in which kind.

    Of a serial number that is also a MAC address, of machines that are there at the same time.
    """
    found = []
    for kind in LASTING[:level]:
        having = [group for group in groups if kind in group.values][:_MOST_SHARING]
        found += [
            (one, other, kind) for one, other in _pairs(having) if _disjoint(one, other, kind)
        ]
    if KINDS[level] == "serial":
        having = [group for group in groups if "mac" in group.values][:_MOST_SHARING]
        found += [
            (one, other, "mac")
            for one, other in _pairs(having)
            if _disjoint(one, other, "mac")
            and one.sees(other)
            and not _told_apart("serial", having)
        ]
    return found


def _told_apart(kind: str, groups: Sequence[_Group]) -> bool:
    """Return whether what these share is no identifier among them, without any contradiction.

    Each maker gives serial numbers of its own; one agent told apart two machines that use the same
    client id; and what very many share tells nothing.
    """
    if len(groups) > _MOST_SHARING and any(group.level < _LEVEL[kind] for group in groups):
        return True
    if kind == "serial":
        return not (_in_common(groups, "maker") and _in_common(groups, "model"))
    if kind == "client_id":
        unproved = [group for group in groups if "mac" not in group.values]
        return bool(unproved) and _in_one_report(groups)
    return False


def _may_be_one(groups: Sequence[_Group]) -> bool:
    """Return whether devices that share a name, a topic or an address may be one.

    What one agent told apart in one report stays apart.
    """
    return not _in_one_report(groups) and all(
        _in_common(groups, kind) for kind in ("name", "maker", "model")
    )


def _in_one_report(groups: Iterable[_Group]) -> bool:
    so_far = 0
    for group in groups:
        if so_far & group.reports:
            return True
        so_far |= group.reports
    return False


def _in_common(groups: Iterable[_Group], kind: str) -> bool:
    """Return whether all that have a value of a kind have one in common."""
    values = [group.values[kind] for group in groups if kind in group.values]
    return not values or bool(set.intersection(*values))


def _disjoint(one: _Group, other: _Group, kind: str) -> bool:
    return not one.values[kind] & other.values[kind]


def _pairs(groups: Sequence[_Group]) -> Iterable[tuple[_Group, _Group]]:
    return ((one, other) for n, one in enumerate(groups) for other in groups[n + 1 :])
