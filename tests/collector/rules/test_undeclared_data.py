"""What the rules on undeclared data have in common: the case beside them, and unsure bindings."""

import pytest

RULES = ("D03", "D04", "D05")


@pytest.mark.parametrize("rule_id", RULES)
def test_hashed_addresses_come_with_the_case_and_its_annulment(rule_id, say):
    entry = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}
    (finding,) = say(rule_id, entry, {"sends": ["wifi_mac_hashed"]})
    named = {norm.id: norm for norm in finding.norms}

    assert "vernietigd" in named["enschede-2021"].name.nl
    assert "annulled" in named["enschede-2021"].name.en
    assert not named["enschede-2021"].binding
    assert "cjeu-edps-srb" in named


@pytest.mark.parametrize("rule_id", RULES)
def test_an_unsure_binding_makes_a_question(rule_id, say):
    (question,) = say(rule_id, {}, {"sends": ["audio_stream"]}, binding={"confidence": 0.6})

    assert question.kind == "question"
