"""What tests of several folders share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
