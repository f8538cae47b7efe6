"""What became of a finding stands beside it on the page, where a case file was given."""

from datetime import UTC, date, datetime

import pytest

from schouw_collector.cases.case_lines import CaseFinding, Opened, Step
from schouw_collector.cases.cases import CaseBook
from schouw_collector.cases.known_cases import KnownCases
from schouw_collector.reports.report_html import render

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture
def page_with(make_full, make_report):
    """Return a function that renders the page on which the first finding has a case."""
    assessment = make_full()
    finding = assessment.findings[0]
    opened = CaseFinding(
        id=finding.id,
        kind="finding",
        rule_id=finding.rule_id,
        severity=finding.severity,
        title=finding.title,
        subject="S1",
    )

    def make(language, *steps):
        book = CaseBook([Opened(time=NOW, finding=opened)])
        for event, changes in steps:
            book.take(Step(event=event, time=NOW, who="officer", findings=(finding.id,), **changes))
        cases = KnownCases(date(2026, 12, 2), book.cases)
        return render(assessment, make_report(assessment.devices), language, cases).decode()

    return make


DUE = {"to": "Voorbeeld BV", "due": date(2026, 12, 24)}
ROWS = [
    ("nl", [], ["<dd>open</dd>", "nog niet in het dossier", "op 2 december 2026 zei"]),
    ("en", [], ["<dd>open</dd>", "not in the case file yet", "said on 2 December 2026"]),
    ("nl", [("sent", DUE)],
     ["verstuurd voor een reactie, uiterlijk 24 december 2026", "<dd>nog geen</dd>"]),
    ("en", [("sent", DUE)], ["sent for reply, due 24 December 2026", "<dd>none yet</dd>"]),
    ("nl", [("sent", DUE), ("replied", {"text": "Het was een proef."})],
     ["1 december 2026, officer noteerde de reactie.", "Het was een proef."]),
    ("en", [("sent", DUE), ("disputed", {"text": "It was a test."})],
     ["1 December 2026, officer disputed it.", "It was a test."]),
    ("en", [("withdrawn", {"text": "It was our mistake."})], ["<dd>withdrawn</dd>"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "steps", "said"), ROWS)
def test_the_page_says_what_became_of_a_finding(language, steps, said, page_with):
    page = page_with(language, *steps)
    assert [words for words in said if words not in page] == []


def test_the_first_screen_says_it_too(page_with):
    first = page_with("en", ("sent", DUE)).partition("<nav")[0]
    assert "sent for reply, due 24 December 2026" in first


def test_what_somebody_replied_is_shown_as_text(page_with):
    page = page_with("en", ("replied", {"text": HOSTILE}))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_without_a_case_file_the_page_says_nothing_of_it(make_page):
    assert "not in the case file" not in make_page("en")
    assert "case file of the municipality" not in make_page("en")
