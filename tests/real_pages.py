"""Pages in a real browser: opened, and looked at as an accessibility checker does."""

import shutil

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


def open_all(page):
    """Open everything on the page that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def violations(page):
    """Return each rule of WCAG 2.2 AA that the page violates, with the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": STANDARDS}).response
    assert len(found["passes"]) > 20
    return [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]
