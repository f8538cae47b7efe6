"""The document for computers says everything, and always in the same octets."""

import json

import orjson
import pytest

from schouw_collector.records import Assessment
from schouw_collector.reports.assessment_json import render

CASES = [
    ({}, "one of everything"),
    ({"entries": (), "devices": (), "unbound_devices": (), "findings": ()}, "nothing"),
    ({"register_source": 'a "b" \u202e <c>\n'}, "hostile text"),
    ({"register_errors": ("é",) * 100}, "more than ASCII"),
]


@pytest.mark.parametrize(("changes", "why"), CASES)
def test_it_is_read_back_as_it_was(make_full, make_report, changes, why):
    assessment = make_full(**changes)
    octets = render(assessment, make_report(), "")
    assert Assessment.model_validate_json(octets) == assessment, why
    assert octets.endswith(b"}\n")
    in_one_go = orjson.dumps(
        assessment.model_dump(mode="json", by_alias=True),
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )
    assert octets == in_one_go
    assert b"\r" not in octets


def test_the_same_assessment_gives_the_same_octets_with_sorted_keys(make_full, make_report):
    octets = render(make_full(), make_report(), "")
    assert octets == render(make_full(), make_report(), "")
    document = json.loads(octets)
    assert list(document) == sorted(document)
    assert document["schema"] == "https://schouw.example.org/schema/assessment/1"
