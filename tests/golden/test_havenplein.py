"""The example square: what comes out is what was written down by hand before anything was built."""

import importlib.util
import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.cli import app

SQUARE = Path(__file__).parents[2] / "examples" / "havenplein"
CAPTURES = ("havenplein-2026-05.pcapng", "havenplein-2026-09.pcapng")


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SQUARE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The evidence folder of each capture, made as an auditor would."""
    root = tmp_path_factory.mktemp("havenplein")
    found = {}
    for capture in CAPTURES:
        found[capture] = root / capture
        command = ["check", str(SQUARE / capture), "--register", str(SQUARE / "register.json")]
        command += ["--bindings", str(SQUARE / "bindings.yaml")]
        command += ["--order", str(SQUARE / "order.toml"), "--key", str(root / "key.pem")]
        result = CliRunner().invoke(app, [*command, "--output", str(found[capture])])
        assert result.exit_code == 1, result.output
    return found


@pytest.mark.parametrize("capture", CAPTURES)
def test_the_assessment_is_the_one_expected(folders: dict[str, Path], capture: str) -> None:
    assessment = json.loads((folders[capture] / "assessment.json").read_text())
    ancillary = [c.id for c in CATEGORIES.values() if c.ancillary]
    assert _module("golden").differences(assessment, capture, ancillary) == []


def test_the_comparison_is_the_one_expected(folders: dict[str, Path]) -> None:
    command = ["compare", *(str(folders[c]) for c in CAPTURES), "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1, result.output
    changes = json.loads(result.stdout)["changes"]
    expected = json.loads((SQUARE / "expected.json").read_text())["changes"]
    for row in expected["must_say"]:
        assert any(_is(row, said) for said in changes), row
    for row in expected["must_not_say"]:
        assert not [said for said in changes if _is(row, said)], row


def _is(row: dict[str, Any], said: dict[str, Any]) -> bool:
    kind = {"gained": "category", "lost": "gone"}[row["change"]]
    return (
        said["kind"] == kind
        and fnmatchcase(said["entry_id"], row["entry"])
        and row.get("category", said["category"]) == said["category"]
    )


def test_nothing_that_was_seeded_is_written(folders: dict[str, Path]) -> None:
    leaks = _module("leaks")
    values = leaks.read_values(SQUARE / "seeded.json")
    assert sum(map(len, values.values())) > 100
    written = {
        f"{capture}/{file.name}": file.read_bytes()
        for capture, folder in folders.items()
        for file in folder.iterdir()
    }
    assert leaks.find_leaks(values, written) == []


@pytest.mark.parametrize("name", ["report.nl.html", "report.en.html"])
def test_the_sample_report_says_what_the_program_says(folders: dict[str, Path], name: str) -> None:
    sample = Path(__file__).parents[2] / "docs" / "sample" / name
    made = folders[CAPTURES[0]] / name
    # All but the digest of what this version knows, which changes with every detector.
    pages = [re.sub(r"[0-9a-f]{64}", "", p.read_text(encoding="utf-8")) for p in (sample, made)]
    assert pages[0] == pages[1], "run make docs"
