"""The page in a real browser: accessible, readable at any width, and asking nothing."""

import os
import shutil
import subprocess
import sys

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser(demand, tmp_path_factory):
    demand(CHROMIUM is not None, "Chromium is not installed: apt install chromium")
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True)
    demand(driver.returncode == 0, "Playwright does not start: apt install libatomic1")

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium keeps its crash reports in the home folder, whatever profile it is given.
        home = {**os.environ, "HOME": str(tmp_path_factory.mktemp("home")), "XDG_CONFIG_HOME": ""}
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=home)
        yield started
        started.close()


@pytest.fixture
def show(browser, make_page, tmp_path):
    """Return a function that opens the page; it fails if the page asks for anything else."""
    opened = []

    def run(language, width=1000, scheme="light"):
        (tmp_path / "report.html").write_text(make_page(language), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.append(page)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "report.html").as_uri())
        assert len(asked) == 1
        return page

    yield run
    for page in opened:
        page.close()


def _open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_violation_of_wcag_2_2_aa(show, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = show(language, scheme=scheme)
    _open_all(page)
    found = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert len(found["passes"]) > 20
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_the_page_never_scrolls_sideways(show, width):
    page = show("nl", width=width)
    _open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


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
