"""The thirteen items: each shown, declared, contradicted and not shown, as far as it can be."""

import re

import pytest

from schouw_collector.apk.apk import items
from tests.collector.apk_items import cases_contracts, cases_governance

# Item, why, context, the state, and the outcome of the first cross-check if there is one.
CASES = [*cases_governance.CASES, *cases_contracts.CASES]


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
