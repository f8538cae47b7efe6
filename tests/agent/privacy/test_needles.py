"""Many strings at once: every one of them is found, wherever it is, and nothing else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.privacy.needles import HEAD, Needle, Needles

WORDS = st.binary(min_size=HEAD, max_size=12)


@given(words=st.lists(WORDS, min_size=1, max_size=20, unique=True), pick=st.randoms())
def test_what_is_found_is_what_is_there(words: list[bytes], pick: random.Random) -> None:
    needles = Needles(Needle(word, n) for n, word in enumerate(words))
    hay = b"".join(pick.choice([*words, b"\0", b"a", pick.randbytes(3)]) for _ in range(30))

    expected = {
        (at, n)
        for n, word in enumerate(words)
        for at in range(len(hay))
        if hay.startswith(word, at)
    }
    assert sorted(needles.find(hay)) == sorted(expected)


@pytest.mark.parametrize("at", [0, 65_530, 65_531, 65_535, 65_536, 65_537, 131_072])
def test_a_needle_is_found_across_the_edges_of_blocks(at: int) -> None:
    needles = Needles([Needle(b"needle-in-hay", 7)])

    assert list(needles.find(b"." * at + b"needle-in-hay")) == [(at, 7)]
    assert list(needles.find(b"." * at + b"needle-in-ha")) == []


def test_an_edge_keeps_a_part_of_a_word_from_being_taken_for_it() -> None:
    needles = Needles([Needle(b"12ABC3", 1, frozenset(b"0123456789ABC"))])

    assert list(needles.find(b"12ABC3")) == [(0, 1)]
    assert list(needles.find(b"-12ABC3-")) == [(1, 1)]
    assert list(needles.find(b"012ABC3-")) == []
    assert list(needles.find(b"-12ABC30")) == []


def test_too_short_a_needle_is_refused_and_none_is_no_needle() -> None:
    with pytest.raises(ValueError, match="six octets"):
        Needles([Needle(b"five.", 0)])
    assert list(Needles([]).find(b"\0" * 100)) == []
