"""Every case of the paper, re-enacted: what was written down beforehand, and what Schouw says.

The committed captures are one seed; `make results` plays twenty.
"""

import json
import re

import pytest

from schouw_collector.assessment import rules
from tests.city.audit import audit, differences, expected_of
from tests.city.stage import CASE, SCENARIOS, TWIN, captures_of, scenarios, story_of

_MOST_OCTETS = 2 << 20
_REAL_NAMES = re.compile(
    r"enschede|stratumseind|eindhoven|scheveningen|den bosch|schiphol|xovis|rotterdam|alkmaar|"
    r"almelo|lelystad|roosendaal|\bassen\b|hikvision|dahua|philips|crowdwatch|pantyr|radioled",
    re.IGNORECASE,
)


def _audited(name, part):
    return audit(name, [[file] for file in captures_of(name, part)], part=part)


@pytest.mark.parametrize("part", [CASE, TWIN])
@pytest.mark.parametrize("name", scenarios())
def test_what_was_written_down_is_what_is_said(name, part):
    assert differences(name, part, _audited(name, part)) == []


@pytest.mark.parametrize("name", scenarios())
def test_a_twin_is_accused_of_nothing(name):
    found = _audited(name, TWIN).assessment.findings

    assert [f"{f.rule_id} {f.category}" for f in found if f.kind == "finding"] == []


@pytest.mark.parametrize("name", scenarios())
def test_a_scenario_is_complete_and_invented(name):
    folder = SCENARIOS / name
    story = story_of(name)
    expected = expected_of(name)

    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", name)
    assert story.act.__doc__ or (folder / "README.md").exists()
    assert set(expected) >= {"about", CASE, TWIN}
    for part in (CASE, TWIN):
        assert sum(f.stat().st_size for f in captures_of(name, part)) < _MOST_OCTETS
        for row in (*expected[part]["findings"], *expected[part].get("allowed", ())):
            assert row["why"]
            assert row["rule_id"] in {*rules(), "*"}
    readme = (folder / "README.md").read_text("utf-8")
    assert "re-enacted" in readme
    for path in folder.iterdir():
        if path.suffix in {".json", ".yaml", ".toml", ".py", ".csv"}:
            assert not _REAL_NAMES.search(path.read_text("utf-8")), path.name


@pytest.mark.parametrize("name", scenarios())
def test_expectations_were_thought_out_for_each_entry(name):
    expected = expected_of(name)

    for part in (CASE, TWIN):
        for entry in expected[part]["entries"].values():
            for verdict in entry["verdicts"].values():
                assert verdict["why"]
    assert json.dumps(expected)
