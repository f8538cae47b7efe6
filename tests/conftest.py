"""What tests of several folders share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.real_pages import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says how busy the machine is.
settings.register_profile("schouw", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("schouw")

# Scapy and Chromium make folders of their own when they start: not in the user's home.
HOME = ROOT / ".pytest_cache" / "home"


def pytest_configure() -> None:
    """Let the programs that the tests start keep what they keep in the clone."""
    HOME.mkdir(parents=True, exist_ok=True)
    os.environ |= {"XDG_CONFIG_HOME": str(HOME), "XDG_CACHE_HOME": str(HOME)}


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def demand() -> Callable[[bool, str], None]:
    """Return a function that skips the test unless a condition of this machine holds.

    Under CI=true the test fails instead: there, nothing may stay untested in silence.
    """

    def check(holds: bool, reason: str) -> None:
        if holds:
            return
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}, and CI=true")
        pytest.skip(reason)

    return check


@pytest.fixture(scope="session")
def programs(demand: Callable[[bool, str], None]) -> Callable[..., None]:
    """Return a function that skips the test unless these programs are installed."""

    def check(*names: str) -> None:
        for name in names:
            demand(shutil.which(name) is not None, f"{name} is not installed")

    return check


@pytest.fixture(scope="module")
def browser(demand: Callable[[bool, str], None]) -> Iterator[Any]:
    """Return a real browser; the test is skipped where there is none."""
    demand(CHROMIUM is not None, "Chromium is not installed: apt install chromium")
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True)
    demand(driver.returncode == 0, "Playwright does not start: apt install libatomic1")

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page; it fails if the page asks for anything else."""
    opened: list[Any] = []

    def run(html: str, width: int = 1000, scheme: str = "light") -> Any:
        (tmp_path / "page.html").write_text(html, "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.append(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "page.html").as_uri())
        assert len(asked) == 1
        return page

    yield run
    for page in opened:
        page.close()
