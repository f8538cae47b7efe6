"""A finding stays known when its device turns out to be known by more, or is bound."""

import json
from datetime import timedelta

from schouw_collector.assessment import assess
from schouw_collector.binding.binding import read_bindings
from schouw_collector.registers.register_reading import read_register

REGISTER = json.dumps(
    {
        "schema": "https://schouw.example.org/schema/register/1",
        "entries": [{"entry_id": "VB-001", "type": "Geluidsensor"}],
    }
).encode()
UNSEEN = {"topic": "plein/beeld"}
CLIENT = {"client_id": "beeld-1", "topic": "plein/beeld"}


def said(make_device, make_report, *days, bindings=()):
    """Return rule → findings of an assessment of one report a day."""
    reports = []
    for number, identifiers in enumerate(days):
        start = make_report().start + timedelta(days=number)
        device = make_device(
            emissions=["still_image", "opaque_payload"],
            identifiers=identifiers,
            first_seen=start,
            last_seen=start,
        )
        reports.append(make_report([device], start=start, sequence=number + 1))
    stated = {"schema": "https://schouw.example.org/schema/bindings/1", "bindings": bindings}
    assessment = assess(
        reports,
        read_register("register.json", REGISTER),
        read_bindings("bindings.json", json.dumps(stated).encode()),
        software="schouw 0.1.0",
    )
    rules = {}
    for finding in assessment.findings:
        rules.setdefault(finding.rule_id, []).append(finding)
    return assessment, rules


def test_a_finding_keeps_its_old_ids_after_a_merge(make_device, make_report):
    _, before = said(make_device, make_report, UNSEEN)
    assessment, after = said(make_device, make_report, UNSEEN, CLIENT)

    assert len(assessment.merges) == 1
    for rule in ("D01", "D18"):
        (old,), (new,) = before[rule], after[rule]
        assert new.id != old.id
        assert new.aliases == (old.id,)
        assert old.aliases == ()


def test_a_finding_of_an_entry_keeps_the_ids_of_its_unbound_device(make_device, make_report):
    row = {"entry": "VB-001", "kind": "client_id", "pattern": "beeld-1", "set_by": "beheerder"}
    _, unseen = said(make_device, make_report, UNSEEN)
    _, before = said(make_device, make_report, UNSEEN, CLIENT)
    _, after = said(make_device, make_report, UNSEEN, CLIENT, bindings=[row])

    assert after["D18"][0].entry_id == "VB-001"
    assert set(after["D18"][0].aliases) == {before["D18"][0].id, unseen["D18"][0].id}


def test_the_same_again_has_no_other_names(make_device, make_report):
    assessment, rules = said(make_device, make_report, CLIENT, CLIENT)

    assert assessment.merges == ()
    assert {alias for rows in rules.values() for f in rows for alias in f.aliases} == set()
