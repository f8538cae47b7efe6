"""`schouw findings`: the chain from what was seen to the norm, for one finding."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from schouw_collector.cli import app
from schouw_collector.errors import EvidenceError
from schouw_collector.explanation import explain, find
from schouw_collector.grouping import MOST_GROUPS, groups
from schouw_collector.records import Assessment, Norm, Words

FINDING, QUESTION = (f"6f1c2a60-0000-5000-8000-00000000000{n}" for n in (1, 2))


@pytest.fixture
def evidence(make_assessment: Any, tmp_path: Path) -> Path:
    file = tmp_path / "assessment.json"
    file.write_text(make_assessment().model_dump_json(by_alias=True), encoding="utf-8")
    return file


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["findings", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_chain_in_both_languages(evidence: Path) -> None:
    english = run("explain", FINDING, "--evidence", evidence, "--language", "en")
    dutch = run("explain", FINDING, "--evidence", evidence, "--language", "nl")

    for number in range(1, 10):
        assert f"\n{number}. " in english
        assert f"\n{number}. " in dutch
    # In order: emission, category, declaration, verdict, rule, norm, refutation, action.
    chain = (
        "20 messages with sound clips (en)",
        "mqtt · havenplein/sensor/1 · clip",
        "WAV 16 kHz mono 2.0 s",
        "the signature of image, sound or video",
        "Audio stream or clip (audio_stream): about individuals.",
        "In its own words: “Geluidsniveau”",
        "Read as sound level (en)",
        "Seen, not declared. Because audio_stream (en)",
        "Undeclared data that say more about people",
        "From confidence 0.8",
        "Sound clips are not declared (en)",
        "GDPR art. 5(1)(c) (en) [EU; binding; source still to be checked]",
        "A declaration of sound clips (en)",
        "Ask the organisation (en)",
    )
    places = [english.index(text) for text in chain]
    assert places == sorted(places)
    assert "Gezien, niet aangemeld. Because audio_stream (nl)" in dutch
    assert "(en)" not in dutch


def test_a_norm_says_when_its_source_was_read(make_assessment: Any, make_finding: Any) -> None:
    from datetime import date

    from schouw_collector.explanation_text import explanation_text
    from schouw_collector.wording import Wording

    norm = Norm(
        id="n",
        name=Words(nl="Norm", en="Norm"),
        jurisdiction="NL",
        binding=False,
        source=Words(nl="site", en="site"),
        read_on=date(2026, 11, 23),
    )
    finding = make_finding(norms=(norm,))
    told = explain(make_assessment(findings=(finding,)), finding)
    text = "\n".join(line.plain for line in explanation_text(told, Wording("en")))

    assert "[NL; guidance, not binding; source: site, read on 23 November 2026]" in text


def test_a_question_without_entry_or_traffic(evidence: Path) -> None:
    told = run("explain", QUESTION, "--evidence", evidence, "--language", "en")

    assert "This belongs to no line of the register." in told
    assert "This is not about one kind of data." in told
    assert "It is a question: something to find out first, not an accusation." in told


def test_as_json(evidence: Path) -> None:
    told = json.loads(run("explain", FINDING, "--evidence", evidence, "--json"))

    assert told["finding"]["id"] == FINDING
    assert told["rule"]["id"] == "D04"
    assert told["entry"]["entry_id"] == "HP-04"
    assert [v["verdict"] for v in told["verdicts"]] == ["undeclared"]
    assert [c["id"] for c in told["categories"]] == ["audio_stream"]
    assert [d["id"] for d in told["devices"]] == ["d1"]


def test_a_part_of_the_id_is_enough_if_it_is_telling(make_assessment: Any) -> None:
    assessment: Assessment = make_assessment()

    assert find(assessment, FINDING.upper()).id == FINDING
    with pytest.raises(EvidenceError, match="2 findings"):
        find(assessment, "6f1c")
    for nothing in ("", "  ", "7"):
        with pytest.raises(EvidenceError, match="no finding"):
            find(assessment, nothing)


def test_a_rule_that_this_version_does_not_have(make_assessment: Any, make_finding: Any) -> None:
    from schouw_collector.explanation_text import explanation_text
    from schouw_collector.wording import Wording

    finding = make_finding(rule_id="D99")
    told = explain(make_assessment(findings=(finding,)), finding)

    assert told.rule is None
    assert any("D99" in line.plain for line in explanation_text(told, Wording("en")))


def test_list(evidence: Path) -> None:
    lines = run("list", "--evidence", evidence, "--language", "en").splitlines()

    assert lines[0].split() == ["ID", "KIND", "SEVERITY", "RULE", "WHAT", "WHERE"]
    # The two ids differ in their last character alone.
    assert [line.split()[0] for line in lines[1:]] == [FINDING, QUESTION]
    only = run("list", "--evidence", evidence, "--rule", "d01", "--language", "en")
    assert QUESTION in only
    assert FINDING not in only
    rows = json.loads(run("list", "--evidence", evidence, "--entry", "HP-04", "--json"))
    assert [row["id"] for row in rows] == [FINDING]


def test_of_an_evidence_folder_that_was_changed(tmp_path: Path) -> None:
    (tmp_path / "assessment.json").write_text("{}", encoding="utf-8")

    with pytest.raises(EvidenceError, match="manifest"):
        run("list", "--evidence", tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"schema": 1}'])
def test_a_file_that_is_no_assessment(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "assessment.json"
    file.write_bytes(content)

    with pytest.raises(EvidenceError, match="nor an assessment"):
        run("list", "--evidence", file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="No such file"):
        run("list", "--evidence", tmp_path / "assessment.json")


def test_many_findings_are_listed_by_cause(make_assessment: Any, tmp_path: Path) -> None:
    assessment = make_assessment()
    pattern = assessment.findings[0]
    many = tuple(
        pattern.model_copy(update={"id": f"{n:08d}-0000-5000-8000-000000000000"})
        for n in range(MOST_GROUPS + 1)
    )
    assessment = assessment.model_copy(update={"findings": many})
    assessment = assessment.model_copy(update={"groups": groups(assessment)})
    file = tmp_path / "assessment.json"
    file.write_text(assessment.model_dump_json(by_alias=True), encoding="utf-8")

    assert f"({len(many)})" in run("list", "--evidence", file, "--language", "en")
    assert len(run("list", "--evidence", file).splitlines()) == 2
    assert len(run("list", "--evidence", file, "--all").splitlines()) == len(many) + 1
    assert len(run("list", "--evidence", file, "--rule", pattern.rule_id).splitlines()) > 2
