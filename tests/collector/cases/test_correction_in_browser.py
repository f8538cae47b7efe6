"""The page of a correction in a real browser: accessible, and readable at any width."""

from datetime import UTC, datetime

import pytest

from schouw_collector.cases.case_lines import CaseFinding, Opened, Reported, Step
from schouw_collector.cases.cases import CaseBook
from schouw_collector.cases.corrections import corrections
from schouw_collector.records import Period, Words
from tests.real_pages import violations

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages():
    finding = CaseFinding(
        id="6f1c2a60-0000-5000-8000-000000000001",
        kind="finding",
        rule_id="D03",
        severity="low",
        title=Words(nl="Verstuurt iets dat niet is aangemeld", en="Sends what is not declared"),
        subject="Geluidsensor HP-04",
        category="audio_stream",
    )
    report = Reported(
        time=NOW,
        name="check-0",
        sha256="0f" * 32,
        period=Period(start=NOW, end=NOW),
        present=(finding.id,),
        absent=(),
    )
    step = Step(
        event="withdrawn",
        time=NOW,
        who="privacy officer",
        findings=(finding.id,),
        text="<b>It was our mistake.</b>",
    )
    book = CaseBook([Opened(time=NOW, finding=finding), report, step])
    return corrections(book.cases.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_violation_of_wcag_2_2_aa(pages, open_page, language, scheme):
    page = open_page(pages[f"correction.{language}.html"].decode(), scheme=scheme)
    assert violations(page) == []
    assert "<b>It was our mistake.</b>" in page.inner_text("main")


@pytest.mark.parametrize("width", [320, 360, 1400])
def test_nothing_is_cut_off_at_any_width(pages, open_page, width):
    page = open_page(pages["correction.nl.html"].decode(), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
