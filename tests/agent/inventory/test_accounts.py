"""Counts of emissions: however they are noted, they are what they would be one by one."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.inventory import accounts as module
from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.counts import (
    INTERVAL_CLASSES,
    interval_class,
    interval_classes,
)

SECOND = 1_000_000_000
# Which of four emissions a message has; the second has one of them twice.
KINDS = ([0, 1, 2, 3], [1, 1, 2], [2, 3], [0], [])
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from(range(len(KINDS))), st.integers(0, 500), st.integers(1, 60), st.booleans()
    ),
    max_size=40,
)


class _OneByOne:
    """The plain meaning of the counts."""

    def __init__(self) -> None:
        self.messages = self.octets = self.first = self.last = 0
        self.intervals = [0] * INTERVAL_CLASSES

    def count(self, octets: int, time: int) -> None:
        if self.messages == 0:
            self.first = self.last = time
        elif time >= self.last:
            self.intervals[interval_class(time - self.last)] += 1
            self.last = time
        else:
            self.first = min(self.first, time)
        self.messages += 1
        self.octets += octets

    def told(self) -> tuple[object, ...]:
        return self.messages, self.octets, self.first, self.last, tuple(self.intervals)


@given(MESSAGES, st.booleans(), st.integers(1, 12), st.integers(1, 50))
def test_together_is_as_one_by_one(
    messages: list[tuple[int, int, int, bool]], in_time: bool, pairs: int, noted: int
) -> None:
    if in_time:
        messages.sort(key=lambda message: message[2])
    alone = [_OneByOne() for _ in range(4)]
    accounts = Accounts()
    rows = [accounts.open() for _ in range(4)]
    bundles = [accounts.bundle([rows[i] for i in kind]) for kind in KINDS]
    for kind, octets, seconds, _ in messages:
        for i in KINDS[kind]:
            alone[i].count(octets, seconds * SECOND)
    many = [(bundles[m[0]], n, m[1], m[2] * SECOND) for n, m in enumerate(messages) if m[3]]
    with mock.patch.multiple(module, _PAIRS=pairs, _NOTED=noted):
        if many:
            accounts.note_many(*np.array(many, dtype=np.int64)[::-1].T)
        for rank, (kind, octets, seconds, together) in enumerate(messages):
            accounts.rank(rank)
            if not together:
                accounts.note_bundle(bundles[kind], octets, seconds * SECOND)
        found = [accounts.counts(row) for row in rows]
    assert found == [each.told() for each in alone]


def test_bundles_can_be_given_up_and_made_anew() -> None:
    accounts = Accounts()
    rows = [accounts.open() for _ in range(3000)]
    first = accounts.bundle(rows)
    assert accounts.bundle(rows) == first
    accounts.note_many(*(np.array([n], dtype=np.int64) for n in (first, 1, 10, SECOND)))
    accounts.forget_bundles()
    accounts.note_bundle(accounts.bundle(rows[:1]), 5, 2 * SECOND)
    assert accounts.counts(rows[0])[:4] == (2, 15, SECOND, 2 * SECOND)
    assert accounts.counts(rows[-1])[:4] == (1, 10, SECOND, SECOND)


def test_who_listens_hears_of_his_rows_alone_in_the_order_of_the_messages() -> None:
    heard: list[tuple[int, int]] = []
    accounts = Accounts(lambda *told: heard.extend(zip(*(c.tolist() for c in told), strict=True)))
    rows = [accounts.open() for _ in range(3)]
    both, none = accounts.bundle([rows[2], rows[1]]), accounts.bundle([rows[0]])
    for row in rows[1:]:
        accounts.listen(row)
    accounts.rank(3)
    accounts.note(rows[1], 10, 30)
    many = np.array([[both, none, both], [2, 0, 1], [5, 5, 5], [20, 11, 10]], dtype=np.int64)
    accounts.note_many(*many)
    accounts.settle()
    assert heard == [(2, 10), (1, 10), (2, 20), (1, 20), (1, 30)]


@given(st.lists(st.integers(0, 2**63 - 1), min_size=1))
def test_classes_of_many_intervals_are_those_of_each(nanoseconds: list[int]) -> None:
    found = interval_classes(np.array(nanoseconds, dtype=np.int64))
    assert found.tolist() == [interval_class(each) for each in nanoseconds]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 0), (1 / 1024, 0), (1, 10), (10, 13), (1e9, 31)]
)
def test_intervals_fall_in_classes_of_powers_of_two(seconds: float, expected: int) -> None:
    assert interval_class(round(seconds * SECOND)) == expected


def test_little_waits_until_it_is_much() -> None:
    heard: list[int] = []
    accounts = Accounts(lambda rows, _: heard.extend(rows.tolist()))
    row = accounts.open()
    accounts.listen(row)
    bundle = accounts.bundle([row])
    with mock.patch.object(module, "_MUCH", 4):
        accounts.note(row, 10, SECOND)
        accounts.note_many(*np.array([[bundle] * 2, [1, 2], [5, 5], [SECOND] * 2]))
        accounts.settle_much()
        assert (heard, accounts.waiting) == ([], True)
        accounts.note_bundle(bundle, 20, 2 * SECOND)
        accounts.settle_much()
    assert (heard, accounts.waiting) == ([row] * 4, False)
    assert accounts.counts(row)[:4] == (4, 40, SECOND, 2 * SECOND)
