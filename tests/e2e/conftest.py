"""A capture of real software: mosquitto, paho clients and tcpdump."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Scene(NamedTuple):
    """A capture, and what those who were in it know of it."""

    capture: Path
    sent: dict[str, int]
    received: dict[str, int]


@pytest.fixture(scope="session")
def scene(
    tmp_path_factory: pytest.TempPathFactory,
    root: Path,
    programs: Callable[..., None],
    demand: Callable[[bool, str], None],
) -> Scene:
    """Return a capture of `scene.py`, made in a network namespace that has nothing but itself."""
    programs("mosquitto", "tcpdump", "ip", "unshare")
    demand(os.geteuid() == 0, "a network namespace needs root")
    folder = tmp_path_factory.mktemp("scene")
    script = root / "tests" / "e2e" / "scene.py"
    done = subprocess.run(
        ["unshare", "--net", sys.executable, str(script), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads((folder / "sent.json").read_text())
    return Scene(folder / "scene.pcap", told["sent"], told["received"])
