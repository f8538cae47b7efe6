"""Coordinates in text: what is sought first is in everything that a notation can be."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schouw_agent.formats import coordinates

SIGNS = [
    (coordinates._LETTER_AFTER, coordinates._AFTER),
    (coordinates._LETTER_AFTER, coordinates._GLUED),
    (coordinates._LETTER_AFTER, coordinates._AFTER_TURNED),
    (coordinates._LETTER_BEFORE, coordinates._BEFORE),
    (coordinates._LETTER_BEFORE, coordinates._BEFORE_TURNED),
    (coordinates._STATUS, coordinates._NO_FIX),
    (coordinates._TWO_FINE, coordinates._BARE),
    (coordinates._FINE_COMMA, coordinates._COMMAS),
]


@pytest.mark.parametrize(("sign", "notation"), SIGNS)
def test_no_position_is_passed_over(sign: re.Pattern[str], notation: re.Pattern[str]) -> None:
    @settings(max_examples=200)
    @given(text=st.from_regex(notation))
    def check(text: str) -> None:
        assert sign.search(text)

    check()
