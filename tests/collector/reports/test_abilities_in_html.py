"""What a device can, what was declared and what was seen: side by side, and never an accusation."""

import pytest

from schouw_collector.records import Capability
from schouw_collector.reports.abilities import abilities
from schouw_collector.saying.wording import Wording

ABLE = (
    Capability(category="sound_level", source="vb300.yaml"),
    Capability(category="device_health", source="vb300.yaml"),
    Capability(category="people_count", source="device"),
    Capability(category="wind", source="register"),
)


@pytest.fixture
def entry(make_assessment):
    return make_assessment().entries[0]


def test_each_source_has_its_own_sentence(entry):
    w = Wording("en")
    said = abilities(entry.model_copy(update={"capabilities": ABLE}), w)
    sound, people, wind = map(w.category, ("sound_level", "people_count", "wind"))

    assert said.can == (
        f"Can: {sound} (according to vb300.yaml).",
        f"Can: {people} (according to the device itself).",
        f"Can: {wind} (according to the register).",
    )
    assert said.declared == f"Declared: {sound}."
    assert said.seen == f"Seen: {w.category('audio_stream')} and {sound}."


def test_nothing_is_said_where_nobody_says_what_it_can(entry):
    own = entry.model_copy(update={"capabilities": ABLE[1:2]})

    assert abilities(entry, Wording("en")) is None
    assert abilities(own, Wording("en")) is None


def test_what_is_neither_declared_nor_seen_is_nothing(entry):
    silent = entry.model_copy(
        update={"capabilities": ABLE, "declared_categories": (), "verdicts": ()}
    )

    assert abilities(silent, Wording("nl")).declared == "Aangemeld: niets."
    assert abilities(silent, Wording("nl")).seen == "Gezien: niets."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_it_with_the_caution(make_page, make_full, language):
    base = make_full()
    first = base.entries[0].model_copy(
        update={"capabilities": ABLE, "access": ("nosec", "x-own"), "entry_id": "HP-77"}
    )
    page = make_page(language, entries=(first,))

    assert page.count("vb300.yaml") == 1
    note = {"nl": "Dat een apparaat iets kan, betekent niet", "en": "does not mean that it does"}
    assert note[language] in page
    assert {"nl": "zonder aanmelden", "en": "without signing in"}[language] in page
    assert "x-own" in page


def test_a_page_without_abilities_has_no_line_for_them(make_page):
    assert "Can, declared, seen" not in make_page("en")


def test_the_name_of_a_file_is_shown_as_text(make_page, make_full):
    hostile = Capability(category="wind", source="<script>alert(1)</script>")
    first = make_full().entries[0].model_copy(update={"capabilities": (hostile,)})

    assert "<script" not in make_page("en", entries=(first,))
