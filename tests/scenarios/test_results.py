"""The page of results is that of the stories, the rules and the vocabulary as they are."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _results():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        spec = importlib.util.spec_from_file_location("results", ROOT / "docs" / "results.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "docs"))
    return module


@pytest.mark.parametrize(
    ("sent", "seen", "told"),
    [
        ({"people_count"}, {"pedestrian_flow"}, {"people_count"}),
        ({"people_count", "pedestrian_flow"}, {"pedestrian_flow"}, {"pedestrian_flow"}),
        ({"people_count"}, {"presence_binary"}, {"presence_binary"}),
        ({"people_count"}, {"wifi_mac_hashed"}, {"wifi_mac_hashed"}),
    ],
)
def test_only_kinds_that_cover_each_other_are_one(sent, seen, told):
    _results()

    assert sys.modules["results_page"].alike(frozenset(sent), frozenset(seen)) == (sent, told)


def test_the_page_is_of_the_state_of_the_code():
    page = (ROOT / "docs" / "results.md").read_text("utf-8")

    assert _results().state() in page, "run: make results"


def test_no_twin_is_accused_and_hardly_a_case_is_missed():
    """A maker's word that nobody knows is a miss, and stands on the page; an accusation is none."""
    page = (ROOT / "docs" / "results.md").read_text("utf-8")
    row = r"^\| \[[a-z-]+\]\([^)]*\) \| (\d+) of (\d+) \| (\d+) of (\d+) \| (\d+) "
    rows = [tuple(map(int, each)) for each in re.findall(row, page, re.MULTILINE)]

    assert len(rows) == len(list((ROOT / "tests" / "scenarios").glob("*/record.py")))
    for case, of_case, twin, of_twin, accused in rows:
        assert (twin, accused) == (of_twin, 0)
        assert case == of_case
