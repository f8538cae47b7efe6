"""The yearly inspection as a whole: the questionnaire, the command, the page, and the years."""

import json
from datetime import date

import pytest
import yaml
from typer.testing import CliRunner

from schouw_collector.apk.apk import inspect
from schouw_collector.apk.apk_interview import interview
from schouw_collector.apk.apk_questions import GROUPS
from schouw_collector.apk.apk_record import trend
from schouw_collector.apk.apk_text import apk_lines
from schouw_collector.cli import app
from schouw_collector.declared.governance import SCHEMA, Clauses, Governance, read_governance
from schouw_collector.reports.apk_page import render_apk, write_pages
from schouw_collector.saying.wording import LANGUAGES, Wording

TODAY = date(2026, 11, 25)


def _script(*lines):
    """Return something that answers with these lines, and then keeps everything as it is."""
    left = list(lines)
    asked = []

    def ask(words, proposed, problem):
        asked.append((words.nl, proposed, problem.nl if problem else ""))
        return left.pop(0) if left else ""

    return ask, asked


def test_the_answers_become_a_governance_file():
    ask, asked = _script(
        "Voorbeeldstad", "Commissie Digitaal", "", "2026-09-01", "Digitale stad", "-",
        "https://voorbeeldstad.example/r", "",
        "j", "geluid", "Geluid meten", "HP-04, HP-05", "RB-1", "2025-05-01",
    )  # fmt: skip

    document = interview(ask, {}, TODAY)
    found = Governance.model_validate(document)

    assert found.committee.name == "Commissie Digitaal"
    assert found.committee.last_meeting == date(2026, 9, 1)
    assert found.overview_url == ""  # there is none
    assert found.algorithm_register_url is None  # not stated
    assert found.applications[0].entries == ("HP-04", "HP-05")
    assert found.contracts is None
    assert found.signed_at == TODAY
    assert not any(problem for _, _, problem in asked)


def test_a_wrong_answer_is_asked_again_with_the_reason():
    ask, asked = _script("V", "C", "niet-een-adres", "https://voorbeeldstad.example/c", "gisteren")

    document = interview(ask, {}, TODAY)

    assert document["committee"] == {"name": "C", "url": "https://voorbeeldstad.example/c"}
    assert [problem for _, _, problem in asked if problem] == [
        "Dat is geen webadres (https://…).",
        "Schrijf een datum als 2026-11-25.",
    ]


def test_who_has_no_committee_is_not_asked_when_it_met():
    ask, asked = _script("V", "-")

    document = interview(ask, {}, TODAY)

    assert document["committee"] == {"name": ""}
    assert not any("vergaderde" in text for text, _, _ in asked)


def test_an_earlier_file_is_proposed_and_kept():
    earlier = {
        "schema": SCHEMA,
        "municipality": {"name": "Voorbeeldstad", "country": "NL"},
        "contracts": [{"id": "C-1", "supplier": "Meetbedrijf",
                       "clauses": {"exit": {"present": True, "reference": "art. 9"}}}],
        "watch_list": [{"name": "Merk", "reason": "Motie"}],
    }  # fmt: skip
    ask, asked = _script()

    document = interview(ask, earlier, TODAY)

    assert document == {**earlier, "signed_at": "2026-11-25"}
    assert ("Met welk bedrijf?", "Meetbedrijf", "") in asked


def test_what_must_be_there_is_asked_until_it_is():
    lines = ["V", *[""] * 7, "j", "", "-", "geluid"]
    ask, asked = _script(*lines)

    document = interview(ask, {}, TODAY)

    assert document["applications"] == [{"id": "geluid"}]
    assert [problem for _, _, problem in asked if problem] == ["Dit moet erin staan."] * 2


def test_every_clause_of_a_contract_is_asked_for():
    fields = {question.field for group in GROUPS for question in group.questions}

    assert {f"clauses.{name}.present" for name in Clauses.model_fields} <= fields


def test_the_questionnaire_on_a_terminal(tmp_path):
    file = tmp_path / "governance.yaml"
    answers = "\n".join(["Voorbeeldstad", "Digitaal", *[""] * 40])

    result = CliRunner().invoke(app, ["apk", "interview", str(file)], input=answers)

    assert result.exit_code == 0, result.output
    assert read_governance(file.name, file.read_bytes()).committee.name == "Digitaal"
    assert yaml.safe_load(file.read_bytes())["schema"] == SCHEMA


@pytest.fixture
def outcome(make_context):
    context = make_context(
        governance={
            "municipality": {"name": "Voorbeeldstad"},
            "committee": {"name": "Digitaal"},
            "applications": [{"id": "geluid", "entries": ["HP-04"], "necessity": "Overlast"}],
        },
        said=(("D04", "finding", "HP-04"),),
    )
    return inspect(context)


def test_the_council_sees_which_considerations_are_absent(outcome):
    [application] = outcome.applications

    assert [words.en for words in application.stated] == ["why it is needed"]
    assert len(application.not_stated) == 6


def test_the_outcome_is_the_same_after_it_was_written_and_read(outcome):
    assert type(outcome).model_validate_json(outcome.model_dump_json(by_alias=True)) == outcome


def test_years_are_laid_beside_each_other(outcome):
    first = outcome.model_copy(
        update={
            "day": date(2025, 11, 1),
            "items": tuple(i.model_copy(update={"state": "not_shown"}) for i in outcome.items[:12]),
        }
    )

    rows = dict(trend([outcome, first]))

    assert rows[1] == ("not_shown", "declared")
    assert rows[13] == (None, "not_shown")
    text = "\n".join(line.plain for line in apk_lines(outcome, [first], Wording("nl")))
    assert " 1. niet aangetoond → verklaard" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_say_every_state_and_no_score(outcome, language):
    wording = Wording(language)

    text = "\n".join(line.plain for line in apk_lines(outcome, [], wording))
    page = render_apk(outcome, [], language).decode()

    assert wording("apk.no_score") in text
    for answer_ in outcome.items:
        assert wording.of(answer_.title) in text
    assert page.count('<li class="card') == 13
    assert f'<html lang="{language}">' in page
    assert "<script" not in page


def test_hostile_names_stay_text(make_context):
    context = make_context(
        governance={
            "municipality": {"name": "<b>Stad</b>"},
            "applications": [{"id": "a", "name": "<img src=x>\u202e"}],
        }
    )

    page = render_apk(inspect(context), [], "nl").decode()

    assert "<b>Stad" not in page
    assert "<img" not in page
    assert "\u202e" not in page


def test_the_files_of_an_outcome(outcome, tmp_path):
    write_pages(tmp_path / "apk", outcome, [])

    assert sorted(p.name for p in (tmp_path / "apk").iterdir()) == [
        "apk.en.html",
        "apk.json",
        "apk.nl.html",
    ]
    assert json.loads((tmp_path / "apk" / "apk.json").read_bytes())["items"][0]["number"] == 1
