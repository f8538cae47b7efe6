"""The page about accuracy says what is measured, and what is measured is good enough."""

import importlib
import json
import re
import sys
from pathlib import Path

import pytest

from schouw_agent.pipeline import classifier
from schouw_agent.vocabulary import CATEGORIES

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"en", "nl", "de", "fr", "es"}
LOCAL_OR_FOR_DOCUMENTATION = re.compile(r"[0-9a-f][26ae]:|00:00:5e:00:53:", re.IGNORECASE)


@pytest.fixture(scope="module")
def accuracy():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("accuracy")
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="module")
def written(accuracy):
    return accuracy.parts(accuracy.PAGE.read_text("utf-8"))


def test_the_page_says_what_the_own_cases_give(accuracy, written):
    assert written["own cases"] == accuracy.own_part(classifier()), "run make accuracy"


def test_the_page_says_what_free_text_gives(accuracy, written):
    assert written["free text"] == accuracy.accuracy_words.part(), "run make accuracy"


def test_the_page_says_what_published_corpora_give_where_there_are_some(accuracy, written):
    folder = accuracy.CORPORA
    expected = (
        accuracy.corpora_part(classifier(), folder)
        if folder.is_dir()
        else written["published corpora"]
    )
    assert written["published corpora"] == expected, "run make accuracy"
    assert "| declared |" in expected


def test_recognition_is_good_enough(accuracy):
    _, everything, errors = accuracy.score_own(classifier())
    assert everything.recall >= 0.95, errors
    assert everything.false.total() <= 0.1 * everything.cases, errors
    assert everything.accusations == 0, errors


def test_cases_are_many_complete_and_invented(accuracy):
    cases = list(accuracy.own_cases())
    assert len(cases) >= 400
    assert {case["language"] for case in cases} == LANGUAGES
    assert len({(case["id"], json.dumps(case["payload"])) for case in cases}) > 400
    for case in cases:
        assert set(case["truth"]) | set(case.get("perhaps", ())) <= set(CATEGORIES), case["id"]
        assert not set(case["truth"]) & set(case.get("perhaps", ())), case["id"]
        for found in re.findall(r"(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}", str(case["payload"])):
            assert LOCAL_OR_FOR_DOCUMENTATION.match(found), case["id"]


def test_every_draw_is_the_same_each_time(accuracy):
    assert list(accuracy.own_cases()) == list(accuracy.own_cases())
