"""Each category of the taxonomy is found in two languages at least, and its near misses are not."""

import runpy
from pathlib import Path

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
from schouw_agent.plugins import discover
from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content
from schouw_agent.vocabulary import CATEGORIES

LANGUAGES = {"en", "nl", "de", "fr", "es"}
FILES = {
    path.stem: runpy.run_path(str(path))["CATEGORIES"]
    for path in sorted((Path(__file__).parent / "categories").glob("*.py"))
}
FOUND = [
    pytest.param(category, message, id=f"{category} {language} {i}")
    for rows in FILES.values()
    for category, (found, _) in rows.items()
    for i, (language, message) in enumerate(found)
]
NEAR = [
    pytest.param(category, message, id=f"{category}, {why}")
    for rows in FILES.values()
    for category, (_, near) in rows.items()
    for why, message in near
]


@pytest.fixture(scope="module")
def classifier():
    return Classifier(
        discover(schouw_agent.formats, "FORMAT"), discover(schouw_agent.detectors, "DETECTOR")
    )


def found_in(classifier, message):
    content = message if isinstance(message, Content) else Content(orjson.dumps(message))
    return {m.category for m in classifier.classify(content).matches if m.confidence >= 0.5}


@pytest.mark.parametrize(("category", "message"), FOUND)
def test_it_is_found(classifier, category, message):
    assert category in found_in(classifier, message)


@pytest.mark.parametrize(("category", "message"), NEAR)
def test_a_near_miss_is_something_else(classifier, category, message):
    assert category not in found_in(classifier, message)


def test_every_category_has_rows_in_two_languages_and_a_near_miss():
    everything = {}
    for privacy_class, rows in FILES.items():
        for category, (found, near) in rows.items():
            assert CATEGORIES[category].privacy_class == privacy_class, category
            languages = {language for language, _ in found}
            assert languages <= LANGUAGES, category
            assert len(languages) > 1, f"{category}: one language"
            assert near, f"{category}: no near miss"
            everything[category] = rows
    assert set(everything) == set(CATEGORIES)
