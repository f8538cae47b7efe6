"""The page in a real browser: accessible, readable at any width, and asking nothing."""

import pytest

from tests.real_pages import open_all, violations


@pytest.fixture
def show(open_page, make_page):
    """Return a function that opens the page."""

    def run(language, width=1000, scheme="light"):
        return open_page(make_page(language), width, scheme)

    return run


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_violation_of_wcag_2_2_aa(show, language, scheme):
    page = show(language, scheme=scheme)
    open_all(page)
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_the_page_never_scrolls_sideways(show, width):
    page = show("nl", width=width)
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["nl", "en"])
def test_on_a_phone_every_value_of_a_table_is_in_sight(show, language):
    page = show(language, width=360)
    open_all(page)
    rights = page.eval_on_selector_all(
        "caption, tbody th, td", "cells => cells.map(c => c.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= 360


def test_the_keyboard_reaches_the_result_first_and_opens_the_details(show):
    page = show("nl")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "result"
    details = page.locator("article.finding details").first
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.evaluate("d => d.open")


def test_a_link_to_something_folded_away_opens_it(show):
    page = show("nl")
    page.evaluate("location.hash = '#question-2'")
    page.wait_for_function("document.querySelector('#question-2').closest('details').open")


def test_focus_can_be_seen(show):
    page = show("nl")
    link = page.locator("nav a").first
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert link.is_visible()


def test_on_paper_nothing_is_folded_away(show):
    page = show("nl")
    page.emulate_media(media="print")
    closed = page.locator("article.finding details dl.emission").first
    assert closed.bounding_box()["height"] > 50
    assert not page.locator("nav").is_visible()
