"""Emissions: their evidence, and the counts of several together."""

from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.records import Match

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
