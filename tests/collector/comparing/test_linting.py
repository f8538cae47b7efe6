"""A register by itself: what is counted together, where it stands, and what the documents add."""

import json
from datetime import date
from itertools import pairwise

import pytest

from schouw_collector.assessment import rules
from schouw_collector.comparing.linting import lint
from schouw_collector.declared.governance import read_governance
from schouw_collector.records import SEVERITIES
from schouw_collector.registers.register import build_register
from schouw_collector.rules.checks_places import within

DAY = date(2026, 10, 5)
SQUARE = [[4.80, 52.30], [5.00, 52.30], [5.00, 52.40], [4.80, 52.40]]
ENTRY = {
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Geluidsensor",
    "streams": [
        {
            "declared_text": "Geluidsniveau",
            "categories": ["sound_level"],
            "mapping": {"method": "text rule", "confidence": 0.9},
            "contains_personal_data": False,
        }
    ],
    "purposes": [{"text": "Geluidshinder terugdringen"}],
    "location": {"latitude": 52.35, "longitude": 4.9},
}
PERSONAL = {
    "streams": [{**ENTRY["streams"][0], "contains_personal_data": True}],
    "purposes": [{"text": "Geluidshinder terugdringen", "legal_ground": "A6-1-e"}],
    "privacy_notice_url": "https://voorbeeldstad.example/privacy",
}


def register(*changes):
    rows = [
        (f"VB-{n:03}", {**ENTRY, "entry_id": f"VB-{n:03}", "name": f"Sensor {n}", **each})
        for n, each in enumerate(changes, 1)
    ]
    return build_register("lijst.xlsx", b"", "test", rows)


def at(latitude, longitude, **more):
    return {"location": {"latitude": latitude, "longitude": longitude, **more}}


def governance(**fields):
    document = {"schema": "https://schouw.example.org/schema/governance/1", **fields}
    return read_governance("g.json", json.dumps(document).encode())


def said(found):
    return {
        (p.kind, p.severity, p.difference.en[:24]): [e.entry_id for e in p.entries]
        for p in found.problems
    }


def test_the_rules_that_need_no_traffic():
    assert {id_ for id_, rule in rules().items() if not rule.needs_traffic} >= {"D14", "D19"}
    assert rules()["D03"].needs_traffic


def test_a_good_register_gives_nothing():
    found = lint(register({}, {"active_until": "2027-12-31"}), DAY)

    assert found.problems == ()
    assert found.exit_code("info") == 0
    assert found.entries == 2


def test_equal_problems_are_counted_together_and_the_worst_comes_first():
    bad = {**PERSONAL, "purposes": [{"text": "Geluidshinder terugdringen"}]}
    old = {"active_until": "2020-01-01"}
    found = lint(register(bad, bad, {**old, **bad}, old, {"active_until": "2099-12-31"}), DAY)

    assert said(found) == {
        ("finding", "medium", "The legal ground is miss"): ["VB-001", "VB-002", "VB-003"],
        ("question", "low", "The end date has passed,"): ["VB-003", "VB-004"],
        ("question", "info", "So far away this looks l"): ["VB-005"],
    }
    order = [SEVERITIES.index(p.severity) for p in found.problems]
    assert all(one >= other for one, other in pairwise(order))
    assert (found.count("finding"), found.count("question")) == (3, 3)
    assert len(found.concerned) == 5
    assert (found.exit_code("medium"), found.exit_code("high")) == (1, 0)


def test_questions_alone_fail_nothing():
    found = lint(register({"active_until": "2020-01-01"}), DAY)

    assert found.count("question") == 1
    assert found.exit_code("info") == 0


PLACES = [
    # Label, places, governance, what is said of the last.
    ("conforming: within the area", [(52.35, 4.9)], True, None),
    ("conforming: without an area nobody knows", [(48.2, 16.4)], False, None),
    ("conforming: too few to tell the country", [(52.3, 4.9)] * 3 + [(48.2, 16.4)], False, None),
    (
        "must not accuse: outside the area",
        [(52.5, 4.9)],
        True,
        ("question", "This place is outside"),
    ),
    (
        "must not accuse: abroad in a Dutch register",
        [(52.3, 4.9)] * 8 + [(48.2, 16.4)],
        False,
        ("question", "This place is outside"),
    ),
    ("conforming: the Caribbean", [(52.3, 4.9)] * 8 + [(12.2, -68.3)], False, None),
    ("conforming: a register of elsewhere", [(48.2, 16.4)] * 8 + [(52.3, 4.9)], False, None),
    ("violating: swapped", [(4.9, 52.35)], False, ("finding", "Latitude and longitude are")),
    (
        "violating: swapped, by the area",
        [(4.9, 52.35)],
        True,
        ("finding", "Latitude and longitude"),
    ),
    ("violating: nowhere", [(0, 0)], True, ("finding", "This place is in the sea")),
]


@pytest.mark.parametrize(
    ("label", "places", "area", "expected"), PLACES, ids=[p[0] for p in PLACES]
)
def test_places(label, places, area, expected):
    documents = governance(municipality={"area": SQUARE}) if area else None
    found = lint(register(*(at(*place) for place in places)), DAY, documents)
    last = f"VB-{len(places):03}"
    of_last = [
        (p.kind, p.difference.en) for p in found.problems if last in {e.entry_id for e in p.entries}
    ]

    assert len(of_last) == (expected is not None)
    if expected:
        assert of_last[0][0] == expected[0]
        assert of_last[0][1].startswith(expected[1])


def test_a_mobile_sensor_may_be_elsewhere():
    documents = governance(municipality={"country": "NL"})
    found = lint(register(at(48.2, 16.4, mobile=True), at(48.2, 16.4)), DAY, documents)

    assert [e.entry_id for p in found.problems for e in p.entries] == ["VB-002"]


def test_within_an_outline():
    outline = [(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)]

    assert within((2, 5), outline)
    assert not within((8, 5), outline)
    assert not within((2, 11), outline)


def test_the_same_sensor_twice_is_a_question():
    twice = {"name": "Sensor"}
    found = lint(register(twice, twice, {"name": "Andere"}, {**twice, **at(52.36, 4.9)}), DAY)

    (problem,) = found.problems
    assert problem.kind == "question"
    assert [e.entry_id for e in problem.entries] == ["VB-001"]
    assert "VB-002" in problem.entries[0].declared.en


def test_it_ends_before_it_starts():
    dates = {"active_from": "2027-01-01", "active_until": "2026-12-31"}

    assert list(said(lint(register(dates), DAY))) == [
        ("finding", "low", "The end date is before t")
    ]


ASSESSMENTS = [
    ("must not accuse: nobody says anything", {}, None, []),
    ("must not accuse: an assessment of another", {}, [{"id": "D1", "entries": ["X"]}], ["VB-001"]),
    ("conforming: of the entry", {}, [{"id": "D1", "entries": ["VB-001"]}], []),
    (
        "conforming: of its application",
        {"application_id": "A1"},
        [{"id": "D1", "applications": ["A1"]}],
        [],
    ),
    ("conforming: in the entry itself", {"dpia": {"status": "gereed"}}, [], []),
    ("must not accuse: a list without any", {}, [], ["VB-001"]),
]


@pytest.mark.parametrize(
    ("label", "entry", "listed", "expected"), ASSESSMENTS, ids=[a[0] for a in ASSESSMENTS]
)
def test_impact_assessments(label, entry, listed, expected):
    documents = governance(impact_assessments=listed) if listed is not None else None
    found = lint(register({**PERSONAL, **entry}), DAY, documents)

    assert [e.entry_id for p in found.problems for e in p.entries] == expected
    assert all(p.kind == "question" for p in found.problems)


def test_of_an_application_that_the_documents_describe():
    documents = governance(
        applications=[{"id": "A1", "entries": ["VB-001"]}],
        impact_assessments=[{"id": "D1", "applications": ["A1"]}],
    )

    assert lint(register(PERSONAL), DAY, documents).problems == ()


def test_a_person_in_a_text_is_not_repeated():
    found = lint(register({"description": "contactpersoon Ilse van der Kade"}), DAY)

    assert len(found.problems) == 1
    assert "Ilse" not in found.model_dump_json()
    assert "Kade" not in found.model_dump_json()
