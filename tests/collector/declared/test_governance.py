"""The governance file: what is read, and what is refused with its place."""

import json

import pytest

from schouw_collector.declared.governance import SCHEMA, read_governance
from schouw_collector.errors import GovernanceError

WHOLE = {
    "schema": SCHEMA,
    "municipality": {"name": "Voorbeeldstad", "country": "NL", "area": [[4.8, 52.3], [5, 52.4]]},
    "committee": {"name": "Commissie Digitaal", "url": "https://voorbeeldstad.example/raad"},
    "applications": [{"id": "drukte", "entries": ["VB-001"], "council_decision": "RB-12"}],
    "contracts": [
        {
            "id": "C-1",
            "supplier": "Meetbedrijf",
            "type": "subscription",
            "clauses": {"data_access": {"present": True, "reference": "art. 7"}},
            "hosts": ["*.meetbedrijf.example"],
        }
    ],
    "watch_list": [{"name": "Voorbeeldmerk", "reason": "Motie 2026-14"}],
}


def test_what_it_says_is_read_and_the_rest_is_not_stated():
    found = read_governance("g.yaml", json.dumps(WHOLE).encode())

    assert found.contracts[0].clauses.data_access.present is True
    assert found.contracts[0].clauses.exit.present is None
    assert found.audits is None
    assert found.applications[0].entries == ("VB-001",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"schema": "other"}, "schema"),
        ({"alderman": "a name"}, "alderman"),
        ({"contracts": [{"id": "C-1"}]}, "contracts.0.supplier"),
        ({"contracts": [WHOLE["contracts"][0]] * 2}, "same id"),
        ({"municipality": {"country": "Nederland"}}, "municipality.country"),
        ({"overview_url": "ftp://voorbeeldstad.example"}, "overview_url"),
    ],
)
def test_a_mistake_is_named_with_its_place(changes, reason):
    with pytest.raises(GovernanceError, match=reason):
        read_governance("g.yaml", json.dumps({**WHOLE, **changes}).encode())


@pytest.mark.parametrize("octets", [b"", b"[1]", b"{", b"a: &b [*b]"])
def test_what_is_no_mapping_is_refused(octets):
    with pytest.raises(GovernanceError):
        read_governance("g.yaml", octets)
