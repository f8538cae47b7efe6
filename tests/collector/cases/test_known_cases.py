"""How a case stands on a day: found by any id, in words, with the last reply."""

from datetime import UTC, date, datetime

import pytest

from schouw_collector.cases.audit_log import opened
from schouw_collector.cases.case_file import known_cases
from schouw_collector.cases.case_lines import CaseFinding, Opened, Step, add
from schouw_collector.cases.known_cases import NO_CASES, last_reply
from schouw_collector.records import Words
from schouw_collector.saying.wording import Wording

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ID, FORMER, LATER = "f1", "f0", "f2"


def _step(event, **changes):
    return Step(event=event, time=NOW, who="privacy officer", findings=(ID,), **changes)


@pytest.fixture
def make_known(tmp_path):
    def make(*steps, today=date(2026, 12, 2)):
        file = tmp_path / "cases.jsonl"
        finding = CaseFinding(
            id=FORMER,
            kind="finding",
            rule_id="D03",
            severity="low",
            title=Words(nl="Iets", en="Something"),
            subject="S1",
        )
        with opened(file) as log:
            add(log, Opened(time=NOW, finding=finding))
            now = finding.model_copy(update={"id": ID})
            add(log, Opened(event="changed", time=NOW, finding=now, formerly=FORMER))
            for step in steps:
                add(log, step)
        return known_cases(file, today)

    return make


def test_a_case_is_found_by_every_id_that_its_finding_has_had(make_known, make_finding):
    known = make_known()
    for id_, aliases in ((ID, ()), (FORMER, ()), (LATER, (ID,)), (LATER, (FORMER,))):
        assert known.of(make_finding(id=id_, aliases=aliases)).finding.id == ID
    assert known.of(make_finding(id=LATER)) is None


def test_without_a_case_file_nothing_is_known(make_finding):
    assert known_cases(None, date(2026, 12, 2)) is NO_CASES
    assert NO_CASES.of(make_finding(id=ID)) is None


def test_the_case_file_is_named_among_what_was_read(make_known):
    source = make_known().source
    assert (source.kind, source.name, len(source.sha256)) == ("cases", "cases.jsonl", 64)


DAY = date(2026, 12, 31)
STANDINGS = [
    ((), "open", "open"),
    ((_step("sent", to="Voorbeeld BV", due=DAY),),
     "sent for reply, due 31 December 2026",
     "verstuurd voor een reactie, uiterlijk 31 december 2026"),
    ((_step("tolerated", until=DAY),),
     "tolerated until 31 December 2026", "gedoogd tot en met 31 december 2026"),
    ((_step("assigned", to="team sensors", due=date(2026, 11, 1)),),
     "open, OVERDUE since 1 November 2026, with team sensors",
     "open, TE LAAT sinds 1 november 2026, bij team sensors"),
    ((_step("sent", to="Voorbeeld BV", due=date(2026, 12, 1)), _step("replied", text="Nee.")),
     "sent for reply, last reply 1 December 2026",
     "verstuurd voor een reactie, laatste reactie 1 december 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "en", "nl"), STANDINGS)
def test_where_it_stands_in_words(steps, en, nl, make_known, make_finding):
    known = make_known(*steps)
    case = known.of(make_finding(id=ID))
    assert known.standing(case, Wording("en")) == en
    assert known.standing(case, Wording("nl")) == nl


def test_the_last_reply_is_the_last_that_somebody_said_of_it(make_known, make_finding):
    steps = [
        _step("sent", due=DAY),
        _step("replied", text="first"),
        _step("disputed", text="second"),
        _step("commented", text="third"),
    ]
    for count, text in ((1, None), (2, "first"), (3, "second"), (4, "second")):
        reply = last_reply(make_known(*steps[:count]).of(make_finding(id=ID)))
        assert (reply.text if reply else None) == text
