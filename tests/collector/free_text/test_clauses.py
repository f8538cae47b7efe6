"""What a text denies, and what only says why or where."""

import pytest

from schouw_collector.free_text.clauses import clauses, sentences
from schouw_collector.free_text.phrase_book import book, plain

DENIED = [
    ("geen beelden, wel geluid", ["geen beelden"]),
    ("geen beelden, kentekens of gezichten", ["geen beelden, kentekens of gezichten"]),
    ("no faces and no plates", ["no faces and no plates"]),
    ("niet alleen beelden", []),
    ("niet langer dan 28 dagen bewaard", []),
    ("mac-adressen worden niet opgeslagen", ["mac-adressen worden niet"]),
    ("voices are never recorded", ["voices are never"]),
    ("kentekens niet, alleen aantallen", ["kentekens niet"]),
    ("geluid, beelden worden niet bewaard", ["beelden worden niet"]),
    ("live beelden worden niet bewaard", []),
    ("beelden worden niet langer dan een dag bewaard", []),
    ("telt fietsers en geen auto's", ["geen auto's"]),
    ("temperatuur", []),
]


@pytest.mark.parametrize(("text", "denied"), DENIED, ids=[row[0] for row in DENIED])
def test_what_is_denied(text, denied):
    found = [text[start:end].strip(" ,") for start, end in clauses(text, book()).denied]
    kept = [part for part in found if not part.startswith(("niet", "never"))]
    assert kept == denied


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("waterstand t.b.v. scheepvaart, en wind", "t.b.v. scheepvaart"),
        ("geluid bij de markt", "bij de markt"),
        ("temperatuur om hitte te voorkomen", "om hitte te voorkomen"),
        ("noise because of traffic", "because of traffic"),
        ("fijnstof langs de snelweg", "langs de snelweg"),
    ],
)
def test_why_and_where(text, setting):
    found = clauses(plain(text), book()).setting
    assert [text[start:end] for start, end in found] == [setting]


def test_a_point_in_a_number_ends_no_sentence():
    text = "pm2.5 gemeten. kentekens gehasht"
    assert [text[s:e].strip() for s, e in sentences(text)] == ["pm2.5 gemeten", "kentekens gehasht"]
