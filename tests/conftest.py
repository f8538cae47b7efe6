"""What tests of several folders share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
