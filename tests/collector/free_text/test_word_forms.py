"""Words in other forms."""

import pytest

from schouw_collector.free_text.word_forms import (
    bases,
    closest,
    edit_distance,
    splits,
    without_link,
)

LEXICON = {"g": ("geluidsniveau", "gezichten"), "w": ("waterstand",), "t": ("trilling", "stelling")}


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("temperaturen", "temperatuur"),
        ("stokken", "stok"),
        ("bomen", "boom"),
        ("golven", "golf"),
        ("huizen", "huis"),
        ("snelheden", "snelheid"),
        ("foto's", "foto"),
        ("kenmerkje", "kenmerk"),
        ("opnamen", "opname"),
        ("counted", "count"),
        ("measuring", "measure"),
        ("stopped", "stop"),
        ("batteries", "battery"),
        ("lenses", "lens"),
    ],
)
def test_a_word_is_a_form_of(word, base):
    assert base in bases(word)


def test_a_short_word_is_only_itself():
    assert bases("vos") == ("vos",)
    assert "regel" not in bases("regen")


@pytest.mark.parametrize(
    ("one", "other", "most", "distance"),
    [
        ("kitten", "kitten", 2, 0),
        ("geluid", "gelud", 2, 1),
        ("kwaliteit", "kwalitiet", 2, 1),
        ("geluid", "gelaad", 2, 2),
        ("wind", "regen", 2, 3),
        ("", "ab", 2, 2),
        ("abcdefgh", "hgfedcba", 1, 2),
    ],
)
def test_the_distance_is_bounded(one, other, most, distance):
    assert edit_distance(one, other, most) == distance


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("waterstnad", "waterstand"),
        ("waterstannd", "waterstand"),
        ("geluidsnivaeau", "geluidsniveau"),
        ("geluidsnivou", ""),  # two errors in twelve letters
        ("vaterstand", ""),
        ("wnd", ""),
        ("w" * 5000, ""),
    ],
)
def test_a_long_word_may_be_misspelled(word, meant):
    assert closest(word, LEXICON) == meant


def test_a_word_that_could_be_either_is_neither():
    lexicon = {"k": ("kentekena", "kentekenb")}
    assert closest("kentekenc", lexicon) == ""


def test_compounds_are_cut_where_both_parts_are_long_enough():
    assert next(splits("wegdeksnelheid")) == ("weg", "deksnelheid")
    assert list(splits("wind")) == []
    assert set(without_link("bezoekers")) == {"bezoekers", "bezoeker"}
    assert list(without_link("ab")) == []
