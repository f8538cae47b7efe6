from itertools import combinations

import pytest

import schouw_agent.detectors.evidence as evidence
from schouw_agent.detectors.evidence import (
    NAMED,
    NAMED_FAINTLY,
    NAMED_PERHAPS,
    RANGE_DENIES,
    UNIT_CLASHES,
    UNIT_FITS,
    Evidence,
    weigh,
)

EVERY = [each for each in vars(evidence).values() if isinstance(each, Evidence)]
FINDING, QUESTION = 0.8, 0.5


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ((NAMED,), FINDING, 0.9),
        ((NAMED_PERHAPS,), QUESTION, FINDING),
        ((NAMED_PERHAPS, UNIT_FITS), FINDING, 0.9),
        ((NAMED_FAINTLY,), 0, QUESTION),
        ((NAMED_FAINTLY, UNIT_FITS), QUESTION, FINDING),
        ((NAMED, RANGE_DENIES), 0, FINDING),
        ((NAMED, UNIT_CLASHES), 0, QUESTION),
        ((NAMED_PERHAPS, RANGE_DENIES), 0, QUESTION),
    ],
)
def test_what_pieces_of_evidence_make_together(said, least, most):
    assert least <= weigh(*said).confidence < most


def test_order_does_not_matter_and_nothing_is_certain():
    for first, second in combinations(EVERY, 2):
        assert weigh(first, second).confidence == weigh(second, first).confidence
    for each in EVERY:
        assert 0 < weigh(*[each] * 20).confidence < 1
        assert weigh(each, NAMED).confidence > 0.5 or each.weight < 0


def test_what_speaks_against_is_no_basis():
    assert weigh(NAMED, UNIT_FITS, RANGE_DENIES).basis == ("field_name", "unit")
    assert not any(each.basis for each in EVERY if each.weight < 0 and each is not NAMED_FAINTLY
                   and each is not evidence.NAMED_BY_TOPIC)  # fmt: skip
