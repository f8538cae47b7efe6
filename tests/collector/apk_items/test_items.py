"""The thirteen items: each shown, declared, contradicted and not shown, as far as it can be."""

import re

import pytest

from schouw_collector.algorithms import Algorithm
from schouw_collector.apk import items
from schouw_collector.autonomy import EndpointShare, ProtocolShares, SupplierShare

APPLICATION = {"id": "geluid", "entries": ["HP-04"]}
CONTRACT = {
    "id": "C-1",
    "supplier": "Meetbedrijf",
    "applications": ["geluid"],
    "type": "purchase",
    "council_ref": "RIS 12",
    "end": "2029-01-01",
}


def contract(**clauses):
    stated = {name: {"present": present} for name, present in clauses.items()}
    return [{**CONTRACT, "clauses": stated}]


def supplier(**changes):
    row = {"supplier": "Meetbedrijf", "entries": 1, "devices": 1, "octets": 9, "alone": 0}
    return {"suppliers": (SupplierShare(**{**row, "opaque_share": 0.0, **changes}),)}


def elsewhere():
    return {"endpoints": (EndpointShare(kind="elsewhere", recipients=2, octets=9, share=1.0),)}


DPIA = {"id": "D-1", "entries": ["HP-04"], "dated": "2025-01-01", "council_ref": "RIS 9"}
CLOSED = ProtocolShares(open=0.4, proprietary=0.3, encrypted=0.0, unknown=0.3)

# Item, why, context, the state, and the outcome of the first cross-check if there is one.
CASES = [
    (1, "declared", {"governance": {"committee": {"name": "Digitaal"}}}, "declared", None),
    (1, "nothing said", {"governance": {}}, "not_shown", None),
    (1, "no governance file", {}, "not_shown", None),
    (1, "said that there is none", {"governance": {"committee": {}}}, "not_shown", None),
    (2, "declared", {"governance": {"portfolio": {"portfolio": "Digitaal"}}}, "declared", None),
    (2, "said that nobody has it", {"governance": {"portfolio": {}}}, "not_shown", None),
    (
        3,
        "declared and complete",
        {
            "governance": {
                "overview_url": "https://voorbeeldstad.example/slim",
                "applications": [APPLICATION],
            }
        },
        "declared",
        "agrees",
    ),
    (
        3,
        "a sensor of no application",
        {
            "governance": {
                "overview_url": "https://voorbeeldstad.example/slim",
                "applications": [{"id": "licht"}],
            }
        },
        "contradicted",
        "differs",
    ),
    (
        3,
        "other data than stated",
        {
            "governance": {"overview_url": "https://voorbeeldstad.example/slim"},
            "said": (("D04", "finding", "HP-04"),),
        },
        "contradicted",
        "differs",
    ),
    (
        3,
        "a question contradicts nothing",
        {
            "governance": {"overview_url": "https://voorbeeldstad.example/slim"},
            "said": (("D04", "question", "HP-04"),),
        },
        "declared",
        None,
    ),
    (3, "not public: what is not declared cannot differ", {"governance": {}}, "not_shown", None),
    (4, "made and shared", {"governance": {"impact_assessments": [DPIA]}}, "declared", None),
    (
        4,
        "not shared with the council",
        {"governance": {"impact_assessments": [{**DPIA, "council_ref": ""}]}},
        "not_shown",
        None,
    ),
    (
        4,
        "by its application",
        {
            "governance": {
                "applications": [APPLICATION],
                "impact_assessments": [
                    {"id": "D-1", "applications": ["geluid"], "council_date": "2025-02-01"}
                ],
            }
        },
        "declared",
        None,
    ),
    (
        4,
        "in the register itself",
        {"entry": {"dpia": {"dated": "2025-01-01", "council_ref": "RIS 9"}}},
        "declared",
        None,
    ),
    (
        4,
        "names other data than were seen",
        {"governance": {"impact_assessments": [{**DPIA, "categories": ["sound_level"]}]}},
        "contradicted",
        "differs",
    ),
    (
        4,
        "names what was seen",
        {"governance": {"impact_assessments": [{**DPIA, "categories": ["audio_stream"]}]}},
        "declared",
        None,
    ),
    (
        4,
        "later than the first data",
        {"governance": {"impact_assessments": [{**DPIA, "dated": "2026-11-01"}]}},
        "declared",
        "asks",
    ),
    (4, "none", {"governance": {"impact_assessments": []}}, "not_shown", None),
    (4, "no register at all", {"entries": ()}, "not_assessable", None),
    (5, "read from the web", {"public": True}, "shown", "agrees"),
    (
        5,
        "its address is declared",
        {"governance": {"register_url": "https://voorbeeldstad.example/r"}},
        "declared",
        "agrees",
    ),
    (5, "only a file", {}, "not_shown", "agrees"),
    (
        5,
        "an undeclared sensor",
        {"public": True, "said": (("D01", "finding", ""),), "unbound_devices": ("d2",)},
        "contradicted",
        "differs",
    ),
    (
        5,
        "an unbound sensor is a question",
        {"public": True, "unbound_devices": ("d2",)},
        "shown",
        "asks",
    ),
    (
        5,
        "says otherwise than was seen",
        {"public": True, "said": (("D04", "finding", "HP-04"),)},
        "contradicted",
        "agrees",
    ),
    (5, "no sensor was seen", {"public": True, "entries": ()}, "shown", "not_assessable"),
    (
        6,
        "declared, not given",
        {"governance": {"algorithm_register_url": "https://voorbeeldstad.example/a"}},
        "declared",
        "not_assessable",
    ),
    (
        6,
        "given and complete",
        {
            "governance": {"algorithm_register_url": "https://voorbeeldstad.example/a"},
            "algorithms": (Algorithm(id="1", name="Tellen"),),
        },
        "declared",
        "agrees",
    ),
    (
        6,
        "one is absent",
        {
            "governance": {"algorithm_register_url": "https://voorbeeldstad.example/a"},
            "algorithms": (),
            "said": (("D20", "question", "HP-04"),),
        },
        "declared",
        "asks",
    ),
    (
        6,
        "said that there is none",
        {"governance": {"algorithm_register_url": ""}},
        "not_shown",
        "not_assessable",
    ),
    (
        7,
        "within a year",
        {"governance": {"audits": [{"dated": "2026-03-01", "auditor": "Accountant"}]}},
        "declared",
        None,
    ),
    (
        7,
        "long ago",
        {"governance": {"audits": [{"dated": "2024-03-01", "auditor": "Accountant"}]}},
        "not_shown",
        None,
    ),
    (
        7,
        "by a supplier",
        {
            "governance": {
                "audits": [{"dated": "2026-03-01", "auditor": "meetbedrijf"}],
                "contracts": [CONTRACT],
            }
        },
        "contradicted",
        "differs",
    ),
    (
        7,
        "not of all applications",
        {
            "governance": {
                "applications": [APPLICATION, {"id": "licht"}],
                "audits": [
                    {"dated": "2026-03-01", "auditor": "Accountant", "applications": ["geluid"]}
                ],
            }
        },
        "declared",
        "asks",
    ),
    (7, "none", {"governance": {"audits": []}}, "not_shown", None),
    (
        8,
        "declared and shared",
        {"governance": {"contracts": [CONTRACT], "contracts_council_ref": "RIS 1"}},
        "declared",
        "agrees",
    ),
    (8, "not shared", {"governance": {"contracts": [CONTRACT]}}, "not_shown", "agrees"),
    (
        8,
        "a supplier without a contract",
        {
            "governance": {"contracts": [CONTRACT], "contracts_council_ref": "RIS 1"},
            "autonomy": supplier(supplier="Anders"),
        },
        "contradicted",
        "differs",
    ),
    (
        8,
        "servers of no contract are a question",
        {
            "governance": {"contracts": [CONTRACT], "contracts_council_ref": "RIS 1"},
            "autonomy": elsewhere(),
        },
        "declared",
        "asks",
    ),
    (8, "none", {"governance": {"contracts": []}}, "not_shown", None),
    (
        9,
        "declared and shared",
        {
            "governance": {
                "contracts": [{**CONTRACT, "type": "subscription"}],
                "subscriptions_council_ref": "RIS 2",
            }
        },
        "declared",
        None,
    ),
    (9, "no subscription", {"governance": {"contracts": [CONTRACT]}}, "not_applicable", None),
    (
        9,
        "bought, and all data go to the supplier",
        {"governance": {"contracts": [CONTRACT]}, "autonomy": supplier(alone=1)},
        "not_shown",
        "asks",
    ),
    (
        9,
        "the kind is not declared",
        {"governance": {"contracts": [{**CONTRACT, "type": ""}], "subscriptions_council_ref": "R"}},
        "not_shown",
        None,
    ),
    (9, "no contracts", {"governance": {}}, "not_shown", None),
    (
        10,
        "laid down",
        {"governance": {"contracts": contract(data_access=True)}},
        "declared",
        "agrees",
    ),
    (
        10,
        "not laid down",
        {"governance": {"contracts": contract(data_access=False)}},
        "not_shown",
        "agrees",
    ),
    (10, "not looked up", {"governance": {"contracts": contract()}}, "not_shown", "agrees"),
    (
        10,
        "data go outside alone: not seen is no contradiction",
        {
            "governance": {"contracts": contract(data_access=True)},
            "autonomy": {"municipal_share": 0.5},
        },
        "declared",
        "asks",
    ),
    (
        10,
        "nothing was seen",
        {
            "governance": {"contracts": contract(data_access=True)},
            "autonomy": {"municipal_share": None},
        },
        "declared",
        "not_assessable",
    ),
    (
        11,
        "laid down",
        {"governance": {"contracts": contract(use_limits=True, resale=True)}},
        "declared",
        "not_assessable",
    ),
    (
        11,
        "nothing on resale",
        {"governance": {"contracts": contract(use_limits=True)}},
        "not_shown",
        "not_assessable",
    ),
    (
        11,
        "undeclared recipients",
        {
            "governance": {"contracts": contract(use_limits=True, resale=True)},
            "said": (("D06", "finding", "HP-04"),),
        },
        "contradicted",
        "differs",
    ),
    (
        12,
        "laid down and known",
        {"governance": {"contracts": contract(exit=True)}},
        "declared",
        "agrees",
    ),
    (
        12,
        "the council does not know",
        {"governance": {"contracts": [{**contract(exit=True)[0], "council_ref": ""}]}},
        "not_shown",
        "agrees",
    ),
    (
        12,
        "closed protocols are a question",
        {"governance": {"contracts": contract(exit=True)}, "autonomy": {"protocols": CLOSED}},
        "declared",
        "asks",
    ),
    (
        13,
        "laid down",
        {"governance": {"contracts": contract(transparency=True)}},
        "declared",
        "agrees",
    ),
    (
        13,
        "little can be read",
        {
            "governance": {"contracts": contract(transparency=True)},
            "autonomy": {"readable_share": 0.2, **supplier(opaque_share=0.9)},
        },
        "declared",
        "asks",
    ),
    (
        13,
        "not laid down",
        {"governance": {"contracts": contract(transparency=False)}},
        "not_shown",
        "agrees",
    ),
]


@pytest.mark.parametrize(
    ("number", "context", "state", "outcome"),
    [case[:1] + case[2:] for case in CASES],
    ids=[f"{case[0]}: {case[1]}" for case in CASES],
)
def test_what_an_item_answers(answer, number, context, state, outcome):
    found = answer(number, **context)

    assert found.state == state
    assert (found.checks[0].outcome if found.checks else None) == outcome


def test_there_are_thirteen_each_with_rows_of_its_own():
    assert [item.number for item in items()] == list(range(1, 14))
    assert {case[0] for case in CASES} == set(range(1, 14))
    for item in items():
        assert item.id == f"apk-{item.number:02}"
        assert item.title.nl != item.title.en
        assert item.to_ask.nl.endswith(("?", "."))


def test_every_text_stands_in_both_languages_and_judges_nobody(answer):
    forbidden = re.compile(r"\b(?:illegal|unlawful|onrechtmatig|verboden|compliant)\b")
    for number, _, context, _, _ in CASES:
        found = answer(number, **context)
        for words in (*found.evidence, *found.missing, *(c.text for c in found.checks)):
            assert words.nl
            assert words.en
            assert words.nl.endswith((".", "?")), words.nl
            assert words.en.endswith((".", "?")), words.en
            assert not forbidden.search(words.nl + words.en)
