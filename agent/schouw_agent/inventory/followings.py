"""What follows what in time: commands to devices soon after messages about people.

It keeps, for each of a few emissions, when it last came, and nothing of what it said.  That one
follows the other says nothing of why: the report tells beside it how often that would have
happened had the commands come at any other moment.
"""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from schouw_agent.numbers import Numbers
from schouw_agent.report import Following
from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES

WITHIN_SECONDS = 10.0
MOST_INPUTS = 128
MOST_COMMANDS = 128
_FEWEST = 5
"""Commands below which nothing is told."""
_MOST_TOLD = 256
_WITHIN = int(WITHIN_SECONDS * 1e9)
_ABOUT_PEOPLE = PRIVACY_CLASSES.index("aggregate_people")
_SOUNDS = frozenset(("sound_event_class",))
"""Of the surroundings by its class, and all the same caused by people."""
_COMMANDS = frozenset(id_ for id_ in CATEGORIES if id_.startswith("actuation_"))


class _Input:
    """When messages of one emission came: the last time, and how much time lies soon after one."""

    __slots__ = ("covered", "first", "last")

    def __init__(self, time: int) -> None:
        self.first = self.last = time
        self.covered = 0


class _Command:
    """Commands of one emission; those that come in one burst are one."""

    __slots__ = ("count", "first", "last")

    def __init__(self, time: int) -> None:
        self.first = time
        self.last = time - _WITHIN - 1
        self.count = 0


class _Told(NamedTuple):
    """An emission as the report tells it."""

    device_id: str
    category: str


def is_command(category: str) -> bool:
    """Return whether a category is what a device is told to do."""
    return category in _COMMANDS


def is_input(category: str) -> bool:
    """Return whether a category tells of people in the street."""
    known = CATEGORIES.get(category)
    if known is None or known.ancillary:
        return False
    return known.rank >= _ABOUT_PEOPLE or category in _SOUNDS


class Followings:
    """The account of which commands followed which inputs."""

    def __init__(self) -> None:
        self._inputs: dict[int, _Input] = {}
        """By the first row of those that tell the same of the same sender."""
        self._first: dict[tuple[Hashable, str], int] = {}
        """Sender and category → the first row of its inputs."""
        self._input_of: dict[int, int] = {}
        self._commands: dict[int, _Command] = {}
        self._followed: dict[tuple[int, int], int] = {}
        self._roles: dict[int, bool] = {}
        """Row of the accounts → whether it is a command; an input if not."""
        self._counts = [0, 0]
        """Of inputs, of commands."""
        self._told: dict[int, _Told] = {}

    def watch(self, row: int, category: str, sender: Hashable) -> bool:
        """Follow an emission of this category, and return True, if it is of either kind.

        Of each kind there is room for so many.
        What a sender tells in several ways, by two topics or under two names, is one input.
        """
        command = is_command(category)
        if not command and not is_input(category):
            return False
        most = MOST_COMMANDS if command else MOST_INPUTS
        if self._counts[command] >= most:
            return False
        self._counts[command] += row not in self._roles
        self._roles[row] = command
        if not command:
            self._input_of[row] = self._first.setdefault((sender, category), row)
        return True

    def note(self, rows: Numbers, times: Numbers) -> None:
        """Take messages, each for one row, in order; times in nanoseconds since 1970."""
        role = self._roles.get
        for row, time in zip(rows.tolist(), times.tolist(), strict=True):
            command = role(row)
            if command:
                self._commanded(row, time)
            elif command is not None:
                self._came(self._input_of[row], time)

    def _came(self, row: int, time: int) -> None:
        known = self._inputs.get(row)
        if known is None:
            self._inputs[row] = _Input(time)
        elif time > known.last:
            known.covered += min(_WITHIN, time - known.last)
            known.last = time

    def _commanded(self, row: int, time: int) -> None:
        known = self._commands.get(row)
        if known is None:
            known = self._commands[row] = _Command(time)
        if time - known.last > _WITHIN:
            known.count += 1
            for input_row, source in self._inputs.items():
                if 0 <= time - source.last <= _WITHIN:
                    pair = (input_row, row)
                    self._followed[pair] = self._followed.get(pair, 0) + 1
        known.last = max(known.last, time)

    def attribute(self, device_id: str, category: str, rows: Iterable[int]) -> None:
        """Note which device of the report, and what of it, these rows count."""
        self._told.update((row, _Told(device_id, category)) for row in rows)

    def told(self) -> tuple[Following, ...]:
        """Return what followed what, of the rows that were attributed, the most telling first.

        A device that follows itself is left out: a lamp that tells its state has been told to.
        """
        sums: dict[tuple[_Told, _Told], list[float]] = {}
        for (source, target), followed in self._followed.items():
            one, other = self._told.get(source), self._told.get(target)
            if one is None or other is None or one.device_id == other.device_id:
                continue
            command = self._commands[target]
            row = sums.setdefault((one, other), [0, 0, 0.0])
            row[0] += command.count
            row[1] += followed
            row[2] += command.count * self._share(source, target)
        found = [
            Following(
                input_device_id=one.device_id,
                input_category=one.category,
                device_id=other.device_id,
                category=other.category,
                commands=int(commands),
                followed=int(followed),
                expected=round(expected, 1),
                within_seconds=WITHIN_SECONDS,
            )
            for (one, other), (commands, followed, expected) in sums.items()
            if commands >= _FEWEST
        ]
        found.sort(key=lambda f: (f.expected - f.followed, f.input_device_id, f.device_id))
        return tuple(found[:_MOST_TOLD])

    def _share(self, source: int, target: int) -> float:
        """Return the share of the time that lies soon after an input: what chance would give."""
        came, command = self._inputs[source], self._commands[target]
        start = min(came.first, command.first)
        span = max(came.last, command.last) - start + _WITHIN
        return min((came.covered + _WITHIN) / span, 1.0)
