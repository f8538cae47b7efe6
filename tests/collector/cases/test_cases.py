"""Which steps a finding can take: sensible ones, and nobody is confirmed to be wrong unheard."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schouw_collector.cases.case_lines import CaseFinding, Opened, Step
from schouw_collector.cases.cases import CaseBook, require_possible
from schouw_collector.errors import CaseError
from schouw_collector.records import Words

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SOON, PAST = date(2027, 1, 1), date(2026, 11, 1)
ID = "6f1c2a60-0000-5000-8000-000000000001"
OTHER = "6f1c2a60-0000-5000-8000-000000000002"


@pytest.fixture
def book():
    title = Words(nl="Iets", en="Something")
    return CaseBook(
        Opened(
            time=NOW,
            finding=CaseFinding(
                id=id_, kind="finding", rule_id="D03", severity="low", title=title, subject="S1"
            ),
        )
        for id_ in (ID, OTHER)
    )


def _step(event, now=NOW, id_=ID, **changes):
    needs = {"tolerated": {"until": SOON}, "sent": {"due": SOON}}.get(event, {})
    return Step(
        event=event, time=now, who="officer", findings=(id_,), text="why", **{**needs, **changes}
    )


def _take(book, *steps):
    for step in steps:
        require_possible(book.cases[ID], step)
        book.take(step)
    return book.cases[ID]


SENT, REPLY = _step("sent"), _step("replied")
PATHS = [
    ([SENT], "sent"),
    ([SENT, REPLY], "sent"),
    ([SENT, _step("sent")], "sent"),
    ([SENT, REPLY, _step("confirmed")], "confirmed"),
    ([REPLY, _step("confirmed")], "confirmed"),
    ([SENT, _step("disputed"), _step("withdrawn")], "withdrawn"),
    ([_step("disputed"), REPLY, _step("confirmed")], "confirmed"),
    ([SENT, REPLY, _step("confirmed"), _step("disputed")], "disputed"),
    ([_step("tolerated")], "tolerated"),
    ([_step("tolerated"), _step("tolerated", until=date(2028, 1, 1))], "tolerated"),
    ([_step("tolerated"), _step("reopened")], "reopened"),
    ([_step("withdrawn"), _step("reopened")], "reopened"),
    ([_step("resolved"), _step("withdrawn")], "withdrawn"),
    ([_step("resolved"), _step("reopened"), _step("sent")], "sent"),
    ([_step("commented"), _step("assigned", to="team", due=SOON)], "open"),
    ([_step("resolved"), _step("commented")], "resolved"),
]


@pytest.mark.parametrize(("steps", "state"), PATHS)
def test_a_sensible_path_is_possible(book, steps, state):
    case = _take(book, *steps)
    assert (case.state, case.steps) == (state, steps)


IMPOSSIBLE = [
    ([], _step("confirmed"), "not confirmed unheard"),
    ([SENT], _step("confirmed"), "not confirmed unheard"),
    ([_step("disputed")], _step("confirmed"), "not confirmed unheard"),
    ([], _step("reopened"), "is open: it cannot be reopened"),
    ([], _step("tolerated", until=PAST), "has not passed"),
    ([], _step("tolerated", until=None), "has not passed"),
    ([], _step("sent", due=PAST), "has not passed"),
    ([_step("withdrawn")], _step("withdrawn"), "is withdrawn"),
    ([_step("withdrawn")], _step("resolved"), "is withdrawn"),
    ([_step("withdrawn")], REPLY, "is withdrawn"),
    ([_step("resolved")], _step("confirmed"), "is resolved"),
    ([_step("resolved")], _step("tolerated"), "is resolved"),
    ([_step("resolved")], SENT, "is resolved"),
    ([SENT, REPLY, _step("confirmed")], _step("confirmed"), "is confirmed"),
    ([SENT, REPLY, _step("confirmed")], SENT, "is confirmed"),
    ([_step("tolerated")], SENT, "is tolerated"),
    ([_step("disputed")], _step("disputed"), "is disputed"),
]


@pytest.mark.parametrize(("steps", "step", "words"), IMPOSSIBLE)
def test_another_step_is_refused(book, steps, step, words):
    case = _take(book, *steps)
    with pytest.raises(CaseError, match=words):
        require_possible(case, step)


def test_it_is_confirmed_without_a_reply_once_the_day_for_it_has_passed(book):
    _take(book, SENT)
    later = datetime(2027, 1, 1, 23, tzinfo=UTC)
    with pytest.raises(CaseError, match="unheard"):
        require_possible(book.cases[ID], _step("confirmed", now=later))
    require_possible(book.cases[ID], _step("confirmed", now=later + timedelta(hours=1)))


def test_what_waits_too_long_is_overdue(book):
    case = _take(book, SENT)
    assert [case.overdue(day) for day in (SOON, SOON + timedelta(days=1))] == [False, True]
    _take(book, _step("resolved"))
    assert not case.overdue(date(2030, 1, 1))


def test_who_replied_is_not_late_and_who_has_to_do_something_still_may_be(book):
    case = _take(book, SENT, REPLY)
    assert (case.due, case.overdue(SOON + timedelta(days=1))) == (None, False)
    case = _take(book, SENT, _step("assigned", to="team", due=date(2027, 2, 1)), REPLY)
    assert case.overdue(date(2027, 2, 2))


def test_a_step_on_an_unknown_finding_is_no_line_of_this_file(book):
    with pytest.raises(CaseError, match="does not have"):
        book.take(_step("commented", id_="none"))


NAMES = [
    (ID, ""), (ID[:34] + "01", ""), (ID.upper(), ""), ("6f1c2a", "several findings"),
    ("6f1c2", "at least 6"), ("abcdef", "no finding"), ("", "at least 6"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), NAMES)
def test_a_finding_is_named_by_the_start_of_its_id(book, name, words):
    if words:
        with pytest.raises(CaseError, match=words):
            book.named(name)
    else:
        assert book.named(name) is book.cases[ID]
