"""What new evidence makes of findings: gone only if it could have shown them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schouw_agent.report import Undecoded
from schouw_collector.cases.case_lines import Step
from schouw_collector.cases.case_update import update
from schouw_collector.cases.cases import CaseBook
from schouw_collector.evidence.assessment_source import AssessmentSource
from schouw_collector.records import Period

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SOON = date(2027, 1, 1)
ID = "6f1c2a60-0000-5000-8000-000000000001"
UNBOUND = "6f1c2a60-0000-5000-8000-000000000002"


@pytest.fixture
def make_source(make_assessment, make_device):
    """Return a function that makes the evidence of one day; `gone`: without the findings."""

    def make(day, *, gone=False, minutes=60, name="", undecoded=0, **changes):
        start = START + timedelta(days=day)
        period = Period(start=start, end=start + timedelta(minutes=minutes))
        assessment = make_assessment(period=period)
        devices = assessment.devices
        if undecoded:
            devices = tuple(
                d.model_copy(
                    update={
                        "coverage": d.coverage.model_copy(
                            update={"undecoded": (Undecoded(reason="gap", octets=undecoded),)}
                        )
                    }
                )
                for d in devices
            )
        update = {"devices": devices, "findings": () if gone else assessment.findings, **changes}
        return AssessmentSource(
            name or f"check-{day}", f"{day % 2**64:064x}", assessment.model_copy(update=update)
        )

    return make


@pytest.fixture
def book(make_source):
    book = CaseBook(())
    update(book, [make_source(0)], NOW)
    return book


def _step(event, now=NOW, id_=ID, **changes):
    needs = {"tolerated": {"until": SOON}, "sent": {"due": SOON}}.get(event, {})
    return Step(
        event=event, time=now, who="officer", findings=(id_,), text="why", **{**needs, **changes}
    )


def test_new_findings_open_and_known_ones_keep_their_case(book, make_source):
    assert [case.state for case in book.cases.values()] == ["open", "open"]
    added = update(book, [make_source(1)], NOW)
    assert [line.event for line in added] == ["reported"]
    assert [report.name for report in book.cases[ID].reports] == ["check-0", "check-1"]


def test_the_same_evidence_counts_once(book, make_source):
    assert update(book, [make_source(0, name="copy")], NOW) == []
    assert len(book.cases[ID].reports) == 1


def test_it_is_resolved_after_three_checks_that_could_have_shown_it(book, make_source):
    for day in (1, 2):
        update(book, [make_source(day, gone=True)], NOW)
        assert book.cases[ID].state == "open"
    added = update(book, [make_source(3, gone=True)], NOW)
    assert [line.event for line in added] == ["reported", "resolved", "resolved"]
    assert (added[1].who, added[1].windows) == ("schouw", 3)
    assert {case.state for case in book.cases.values()} == {"resolved"}


def test_the_number_of_checks_can_be_chosen(book, make_source):
    update(book, [make_source(day, gone=True) for day in (1, 2)], NOW, windows=2)
    assert book.cases[ID].state == "resolved"


BLIND = [
    ({"minutes": 1}, "too brief"),
    ({"undecoded": 7999}, "unread, and the entry's share says so"),
    ({"knowledge": "1" * 64}, "our knowledge changed"),
    ({"entries": ()}, "the entry was not seen"),
    ({"devices": ()}, "no device"),
]


@pytest.mark.parametrize(("changes", "why"), BLIND)
def test_what_could_not_have_shown_it_resolves_nothing(book, make_source, changes, why):
    for day in range(1, 9):
        source = make_source(day, gone=True, **changes)
        entries = tuple(
            entry.model_copy(update={"coverage_share": 0.5, "device_ids": ()})
            for entry in source.assessment.entries
        )
        if "undecoded" in changes or "devices" in changes:
            assessment = source.assessment.model_copy(update={"entries": entries})
            source = AssessmentSource(source.name, source.sha256, assessment)
        update(book, [source], NOW)
    assert book.cases[ID].state == "open", why


@pytest.mark.parametrize("field", ["kernel_drops", "truncated_frames", "partial"])
def test_lost_frames_resolve_nothing(book, make_source, field):
    for day in range(1, 9):
        source = make_source(day, gone=True)
        coverage = source.assessment.coverage.model_copy(update={field: 1})
        assessment = source.assessment.model_copy(update={"coverage": coverage})
        update(book, [AssessmentSource(source.name, source.sha256, assessment)], NOW)
    assert book.cases[ID].state == "open"


def test_a_check_that_sees_nothing_of_it_does_not_break_the_row(book, make_source):
    update(book, [make_source(1, gone=True), make_source(2, gone=True, minutes=1)], NOW)
    update(book, [make_source(3, gone=True), make_source(4, gone=True)], NOW)
    assert book.cases[ID].state == "resolved"


def test_seen_once_more_the_row_begins_anew(book, make_source):
    update(book, [make_source(1, gone=True), make_source(2, gone=True), make_source(3)], NOW)
    update(book, [make_source(4, gone=True), make_source(5, gone=True)], NOW)
    assert book.cases[ID].state == "open"


def test_what_comes_back_is_reopened(book, make_source):
    update(book, [make_source(day, gone=True) for day in (1, 2, 3)], NOW)
    added = update(book, [make_source(4)], NOW)
    assert [line.event for line in added] == ["reopened", "reopened", "reported"]
    assert book.cases[ID].state == "reopened"
    assert added[0].report == "check-4"


def test_older_evidence_brought_in_later_reopens_and_resolves_nothing(book, make_source):
    update(book, [make_source(day, gone=True) for day in (10, 11, 12)], NOW)
    added = update(book, [make_source(5), make_source(6, gone=True)], NOW)
    assert [line.event for line in added] == ["reported", "reported"]
    assert book.cases[ID].state == "resolved"
    assert [report.name for report in book.cases[ID].reports] == ["check-0", "check-5"]


def test_what_is_tolerated_comes_back_after_its_day(book, make_source):
    book.take(_step("tolerated"))
    update(book, [make_source(1)], datetime(2027, 1, 1, 23, tzinfo=UTC))
    assert book.cases[ID].state == "tolerated"
    added = update(book, [make_source(2)], datetime(2027, 1, 2, tzinfo=UTC))
    assert (added[-1].event, added[-1].reason) == ("reopened", "date_passed")
    assert book.cases[ID].state == "reopened"


def test_what_was_withdrawn_stays_so_and_its_new_report_is_known(book, make_source):
    book.take(_step("withdrawn"))
    update(book, [make_source(1)], NOW)
    case = book.cases[ID]
    assert (case.state, [report.name for report in case.reports]) == (
        "withdrawn",
        ["check-0", "check-1"],
    )


def test_what_became_of_a_finding_is_what_it_is_now(book, make_source, make_finding):
    worse = (
        make_finding(severity="high", confidence=1.0),
        make_finding(id=UNBOUND, kind="finding"),
    )
    added = update(book, [make_source(1, findings=worse)], NOW)
    assert [line.event for line in added] == ["changed", "reported"]
    assert book.cases[UNBOUND].finding.kind == "finding"


def test_reading_the_lines_again_gives_the_same_cases(make_source):
    book, lines = CaseBook(()), []
    for sources in (
        [make_source(0)],
        [make_source(d, gone=True) for d in (1, 2, 3)],
        [make_source(4)],
    ):
        lines += update(book, sources, NOW)
    again = CaseBook(lines)
    assert again.cases == book.cases
    assert again.reports == book.reports


def test_what_is_bound_to_nothing_is_known_again_by_its_device(make_source, make_finding):
    unbound = make_finding(id=UNBOUND, entry_id="", device_ids=("d2",))
    book = CaseBook(())
    update(book, [make_source(0, findings=(unbound,))], NOW)
    assert book.cases[UNBOUND].finding.known_as == ("mac:02:00:5e:00:53:02",)
    for day in range(1, 9):
        source = make_source(day, gone=True)
        silent = tuple(d for d in source.assessment.devices if d.id != "d2")
        assessment = source.assessment.model_copy(update={"devices": silent})
        update(book, [AssessmentSource(source.name, source.sha256, assessment)], NOW)
    assert book.cases[UNBOUND].state == "open"
    update(book, [make_source(day, gone=True) for day in (9, 10, 11)], NOW)
    assert book.cases[UNBOUND].state == "resolved"


def test_a_finding_whose_device_is_known_by_more_keeps_its_case(make_source, make_finding):
    book = CaseBook(())
    lines = update(book, [make_source(0, findings=(make_finding(id=UNBOUND),))], NOW)
    step = _step("commented", id_=UNBOUND)
    book.take(step)
    now = make_finding(aliases=(UNBOUND, "none"))
    added = update(book, [make_source(1, findings=(now,)), make_source(2, findings=(now,))], NOW)
    assert [line.event for line in added] == ["changed", "reported", "reported"]
    case = book.named(UNBOUND)
    assert case is book.named(ID)
    assert (case.steps, case.former_ids) == ([step], [UNBOUND])
    assert [report.name for report in case.reports] == ["check-0", "check-1", "check-2"]
    assert CaseBook([*lines, step, *added]).cases == book.cases
    older = make_source(-1, findings=(make_finding(id=UNBOUND),))
    assert [line.event for line in update(book, [older], NOW)] == ["reported"]
    assert [report.name for report in book.cases[ID].reports][-1] == "check--1"
    assert list(book.cases) == [ID]
