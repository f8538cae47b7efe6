"""Rows for the items on what the municipality shows, 1 to 7: see `test_items.py`."""

from schouw_collector.declared.algorithms import Algorithm
from tests.collector.apk_items.materials import APPLICATION, CONTRACT, DPIA

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
]
