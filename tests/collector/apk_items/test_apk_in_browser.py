"""The page of the yearly inspection in a real browser: accessible, and readable at any width."""

from datetime import date

import pytest

from schouw_collector.apk.apk import inspect
from schouw_collector.reports.apk_page import render_apk
from tests.real_pages import violations

STATES = ("shown", "declared", "contradicted", "not_shown", "not_applicable", "not_assessable")


@pytest.fixture
def show(open_page, make_context):
    """Return a function that opens the page of two years, on which every state occurs."""
    found = inspect(
        make_context(
            governance={
                "municipality": {"name": "Voorbeeldstad"},
                "committee": {"name": "Digitaal"},
                "applications": [{"id": "geluid", "entries": ["HP-04"], "necessity": "Overlast"}],
                "contracts": [{"id": "C-1", "supplier": "Meetbedrijf", "applications": ["geluid"]}],
            },
            said=(("D04", "finding", "HP-04"),),
        )
    )
    of_each = zip(found.items, STATES * 3, strict=False)
    items = tuple(item.model_copy(update={"state": state}) for item, state in of_each)
    found = found.model_copy(update={"items": items})
    earlier = found.model_copy(update={"day": date(2025, 11, 1)})

    def run(language, width=1000, scheme="light"):
        return open_page(render_apk(found, [earlier], language).decode(), width, scheme)

    return run


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_violation_of_wcag_2_2_aa(show, language, scheme):
    assert violations(show(language, scheme=scheme)) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1400])
def test_nothing_is_cut_off_at_any_width(show, width):
    page = show("nl", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    rights = page.eval_on_selector_all(
        "h3, li, tbody th, td", "all => all.map(e => e.getBoundingClientRect().right)"
    )
    assert max(rights) <= width


def test_the_keyboard_reaches_the_items_first(show):
    page = show("en")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "items"


def test_on_paper_there_is_no_navigation(show):
    page = show("nl")
    page.emulate_media(media="print")
    assert not page.locator(".language").is_visible()
    assert page.locator("ol.items > li").count() == 13
