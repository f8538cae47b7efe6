"""A text in the words of the phrase book."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.free_text.phrase_book import book, plain
from schouw_collector.free_text.rewriting import AS_COMPOUND, AS_MISSPELLED, rewrite

CASES = [
    ("Temperatuur", "temperatuur"),
    ("Temperaturen", "temperature"),
    ("Kassentemperatuur", "temperatuur"),
    ("paddentellingen", "padden telling"),
    ("bezoekersteller", "bezoekers teller"),
    ("geluidsmeting", "geluid meting"),
    ("geluids niveau", "geluidsniveau"),
    ("water- en luchttemperatuur", "watertemperatuur en luchttemperatuur"),
    ("windsnelheid en -richting", "windsnelheid en windrichting"),
    ("Luchtvochtigehid", "luchtvochtigheid"),
    ("LoRa-temperatuursensor", "lora temperatuur sensor"),
    ("360-gradenbeelden", "360 gradenbeelden"),
]
KEPT = [
    "windscherm",
    "bijvoorbeeld",
    "voorbeelden",
    "weerstand",
    "brandweerkazerne",
    "verlichting",
    "geluidsscherm",
    "persoonsgegevens",
    "profiles",
    "aantal mensen",
    "wethouder",
]
"""What is written almost as a known word, or begins or ends as one, and is none."""


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_text_in_known_words(text, expected):
    assert rewrite(plain(text)).text == expected


@pytest.mark.parametrize("text", KEPT)
def test_other_words_stay_what_they_are(text):
    assert rewrite(text).text == text


def test_what_is_read_into_a_word_is_less_sure():
    read = rewrite("wegdekthermometer kassentemperatuur temperatuur luchtvochtigehid")
    words = ["temperatuur", "luchtvochtigheid"]
    compound, misspelled = (read.text.index(word) for word in words)
    plainly = read.text.index("temperatuur", compound + 1)

    assert read.confidence(compound, compound + 11) == AS_COMPOUND
    assert read.confidence(plainly, plainly + 11) == 1.0
    assert read.confidence(misspelled, misspelled + 5) == AS_MISSPELLED
    assert read.quote(compound, compound + 11) == "kassentemperatuur"
    assert read.quote(misspelled, misspelled + 5) == "luchtvochtigehid"


@given(st.text(alphabet=st.sampled_from("aegilnoprstw' -,.0é"), max_size=200))
def test_any_text_can_be_read_and_quoted(text):
    source = plain(text)
    read = rewrite(source)

    assert len(read.starts) == len(read.origins)
    if read.text:
        assert read.quote(0, len(read.text)) == source
        assert 0 < read.confidence(0, len(read.text)) <= 1


def test_the_book_has_its_words_by_letter():
    lexicon = book().lexicon

    assert all(word[0] == letter for letter, words in lexicon.by_letter.items() for word in words)
    assert lexicon.knows("temperatuur")
    assert lexicon.knows("aantalmensen")
    assert not lexicon.knows("aantalmensen", beyond=len("aantal"))
