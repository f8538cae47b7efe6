"""Free text is read well enough, and the phrases that measure it stay what they are."""

import hashlib
import importlib
import sys
from pathlib import Path

import pytest

from schouw_agent.vocabulary import CATEGORIES

ROOT = Path(__file__).resolve().parents[2]
FROZEN = "de5c75f274a901d295513a32d3844fb52383e703405229ad988ee9cb95cbc51d"


def imported(name):
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="module")
def words():
    return imported("accuracy_words")


def test_the_frozen_phrases_are_frozen(words):
    octets = (words.PHRASES / "frozen.toml").read_bytes()

    assert hashlib.sha256(octets).hexdigest() == FROZEN


@pytest.mark.parametrize("name", ["frozen", "own"])
def test_free_text_is_read_well_enough(words, name):
    score, errors = words.score(words.rows_of(name))

    assert score.exact >= 0.9 * score.texts, errors
    assert score.wrong <= 0.03 * score.texts, errors


def test_what_is_vague_is_less_sure_than_what_is_named(words):
    score, _ = words.score([row for name in words.FILES for row in words.rows_of(name)])
    sure = [c for c in score.by_confidence if c >= 0.8]
    exact = sum(score.right_by_confidence[c] for c in sure)

    assert exact >= 0.9 * sum(score.by_confidence[c] for c in sure)


def test_phrases_are_many_and_name_known_categories(words):
    rows = {name: words.rows_of(name) for name in words.FILES}
    texts = [row["text"] for name in words.FILES for row in rows[name]]

    assert len(rows["frozen"]) == 100
    assert len(rows["own"]) >= 300
    assert len(set(texts)) == len(texts)
    for name in words.FILES:
        for row in rows[name]:
            assert {*row["categories"], *row.get("perhaps", ())} <= CATEGORIES.keys(), row["text"]
            assert row.keys() <= {"text", "categories", "perhaps", "type", "personal"}, row["text"]


def test_a_part_that_the_page_does_not_have_is_added():
    accuracy = imported("accuracy")
    page = accuracy.with_part("# Page\n", "new", "## Text")

    assert accuracy.parts(page) == {"new": "## Text"}
    assert accuracy.with_part(page, "new", "## Text") == page


def test_a_wrong_reading_counts(words):
    rows = [
        {"text": "Temperatuur", "categories": ["wind"]},
        {"text": "Temperatuur", "categories": ["air_temperature"]},
    ]
    score, errors = words.score(rows)

    assert (score.exact, score.wrong, score.missed, score.false) == (1, 1, 1, 1)
    assert len(errors) == 1
