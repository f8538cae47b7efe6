"""Emissions: their evidence, and the counts of several together."""

import tracemalloc

from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.inventory.freeze import compact
from schouw_agent.records import Match
from schouw_agent.report import Emission

SECOND = 1_000_000_000
KEY = EmissionKey("noise_level", "dB", "mqtt", "plein/1", "sent", False, "", "192.0.2.10", 1883)
WEAK = Match("dB", "noise_level", 0.6, ("field_name",), "number")
STRONG = Match("dB", "noise_level", 0.9, ("unit",), "number dB")


def test_evidence_counts_once() -> None:
    state = EmissionState()
    for match in (WEAK, STRONG, WEAK):
        state.weigh(match)
    found = state.freeze(KEY, "")
    assert (found.confidence, found.form) == (0.9, "number dB")
    assert found.basis == ("field_name", "unit")


def test_two_accounts_of_one_emission_come_together() -> None:
    accounts = Accounts()
    one, other, none = (EmissionState(accounts) for _ in range(3))
    one.add(WEAK, 10, 4 * SECOND)
    one.add(WEAK, 10, 5 * SECOND)
    other.add(STRONG, 7, 1 * SECOND)
    whole = EmissionState()
    for each in (none, one, other, none):
        whole.absorb(each)
    found = whole.freeze(KEY, "")
    assert (found.messages, found.octets, sum(found.intervals)) == (3, 27, 1)
    assert (found.first_seen.timestamp(), found.last_seen.timestamp()) == (1, 5)
    assert (found.confidence, found.form) == (0.9, "number dB")


def test_an_emission_takes_little_room() -> None:
    """A hostile device makes tens of thousands of them, and each becomes a record at once."""
    accounts = Accounts()
    tracemalloc.start()
    try:
        states = [EmissionState(accounts) for _ in range(1000)]
        for state in states:
            state.weigh(STRONG)
        held = tracemalloc.get_traced_memory()[0]
        records = [compact(state.freeze(KEY, "")) for state in states]
        told = tracemalloc.get_traced_memory()[0] - held
    finally:
        tracemalloc.stop()
    assert held / len(states) < 500
    assert told / len(records) < 2000


def test_a_compact_record_says_the_same() -> None:
    state = EmissionState()
    state.weigh(WEAK)
    whole, record = state.freeze(KEY, ""), compact(state.freeze(KEY, ""))
    assert record == whole
    assert record.model_dump_json() == whole.model_dump_json()
    assert Emission.model_validate_json(record.model_dump_json()) == whole
    assert record.model_copy(update={"self_declared": True}).self_declared
    assert not compact(record).self_declared
