"""One runner for the tables of every detector."""

import random
import runpy
import time
from pathlib import Path

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
from schouw_agent.plugins import Context, discover
from schouw_agent.recognition.classification import Classifier
from schouw_agent.recognition.opening import open_content
from schouw_agent.records import Content
from schouw_agent.vocabulary import CATEGORIES
from schouw_agent.vocabulary.topics import topic_template

DETECTORS = discover(schouw_agent.detectors, "DETECTOR")
FORMATS = discover(schouw_agent.formats, "FORMAT")
TABLES = {
    path.stem: runpy.run_path(str(path))["CASES"]
    for path in sorted((Path(__file__).parent / "cases").glob("*.py"))
}
ROWS = [
    pytest.param(name, row, id=f"{name}: {row[0]}") for name, rows in TABLES.items() for row in rows
]
BASES = {
    "value_structure", "field_name", "unit", "self_declared", "media_signature", "check_digit",
    "canary",
}  # fmt: skip


def content_of(row):
    message = row[1]
    if isinstance(message, Content):
        return message
    octets = message if isinstance(message, bytes) else orjson.dumps(message)
    return Content(octets, topic=row[3] if len(row) > 3 else "")


def found_by(detector, content):
    found = {}
    for layer in open_content(content, FORMATS):
        context = Context(
            topic=topic_template(content.topic), format=layer.format, medium=layer.medium
        )
        for match in detector.detect(layer.leaves, context):
            if match.confidence >= 0.5:
                found[match.path] = match.category
    return found


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_detector_finds_this_and_nothing_else(name, row):
    assert found_by(DETECTORS[name], content_of(row)) == row[2]


def test_every_detector_has_a_title_a_reference_and_a_table():
    assert set(TABLES) == set(DETECTORS)
    for detector in DETECTORS.values():
        assert detector.title
        assert detector.reference
        assert detector.categories <= set(CATEGORIES)
        rows = TABLES[detector.id]
        assert any(row[2] for row in rows)
        assert any(not row[2] for row in rows), "no near miss"


def test_tables_find_every_category_that_a_detector_may_give():
    for name, detector in DETECTORS.items():
        found = {category for row in TABLES[name] for category in row[2].values()}
        assert found == detector.categories, name


@pytest.mark.parametrize("name", sorted(TABLES))
def test_damaged_messages_are_answered_quickly_and_without_error(name):
    random_ = random.Random(name)
    classifier = Classifier(FORMATS, DETECTORS)
    start = time.perf_counter()
    for row in TABLES[name]:
        octets = content_of(row).octets
        for _ in range(10):
            at = random_.randrange(len(octets) + 1)
            end = min(len(octets), at + random_.randrange(12))
            damaged = octets[:at] + random_.randbytes(random_.randrange(12)) + octets[end:]
            for match in classifier.classify(Content(damaged)).matches:
                assert 0 <= match.confidence <= 1
                assert match.category in CATEGORIES
                assert set(match.basis) <= BASES
    assert time.perf_counter() - start < 20
