"""Rows for the items on contracts, 8 to 13: see `test_items.py`."""

from tests.collector.apk_items.materials import CLOSED, CONTRACT, contract, elsewhere, supplier

CASES = [
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
    (
        9,
        "a service is one too",
        {
            "governance": {
                "contracts": [{**CONTRACT, "type": "service"}],
                "subscriptions_council_ref": "RIS 2",
            }
        },
        "declared",
        None,
    ),
    (
        9,
        "a service that was not shared",
        {"governance": {"contracts": [{**CONTRACT, "type": "service"}]}},
        "not_shown",
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
