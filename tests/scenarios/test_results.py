"""The page of results is that of the stories, the rules and the vocabulary as they are."""

import importlib.util
import re
import sys
from pathlib import Path

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


def test_the_page_is_of_the_state_of_the_code():
    page = (ROOT / "docs" / "results.md").read_text("utf-8")

    assert _results().state() in page, "run: make results"


def test_every_case_and_twin_is_as_expected_with_every_seed():
    page = (ROOT / "docs" / "results.md").read_text("utf-8")
    row = r"^\| \[[a-z-]+\]\([^)]*\) \| (\d+) of (\d+) \| (\d+) of (\d+) \| (\d+) "
    rows = re.findall(row, page, re.MULTILINE)

    assert len(rows) == len(list((ROOT / "tests" / "scenarios").glob("*/record.py")))
    for case, of_case, twin, of_twin, accused in rows:
        assert case == of_case
        assert twin == of_twin
        assert accused == "0"
