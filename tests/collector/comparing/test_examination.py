"""What the rules say is the same, whether one process asks them or two."""

import os
from types import SimpleNamespace

import pytest

from schouw_collector.comparing import examination
from schouw_collector.plugins import Rule

HERE = os.getpid()
CITY = SimpleNamespace(comparisons=range(3_000), devices={})


def rule(id_, examine, *, needs_traffic=True):
    return Rule(id=id_, title="", reference="", examine=examine, needs_traffic=needs_traffic)


RULES = [
    rule("D01", lambda _: ["one", "two"]),
    rule("D02", lambda _: []),
    rule("D03", lambda _: iter(["three"]), needs_traffic=False),
    rule("D04", lambda _: ["four"]),
]
SAID = ["one", "two", "three", "four"]


@pytest.mark.parametrize("entries", [0, 3_000])
def test_findings_are_in_the_order_of_the_rules(entries):
    place = SimpleNamespace(comparisons=range(entries), devices={})

    assert examination.findings(RULES, place) == SAID
    assert examination.findings([], place) == []


def test_of_a_place_of_some_size_another_process_is_asked_too(monkeypatch):
    begun = []

    def beside(count, work):
        begun.append(count)
        return two_processes(count, work)

    two_processes = examination.beside
    monkeypatch.setattr(examination, "beside", beside)
    examination.findings(RULES, SimpleNamespace(comparisons=range(10), devices={}))
    assert begun == []
    examination.findings(RULES, CITY)
    assert begun == ([len(RULES)] if examination.may_fork() else [])


def test_what_a_process_does_not_say_this_one_says():
    def fails_elsewhere(_):
        if os.getpid() != HERE:
            raise SystemExit
        return ["mine"]

    assert examination.findings([rule("D01", fails_elsewhere)] * 40, CITY) == ["mine"] * 40


def test_a_rule_that_fails_is_told():
    def fails(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        examination.findings([rule("D01", fails)], CITY)
