"""Guided fuzzing of every target, in two processes; what is found is kept as a regression input."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.targets import targets

pytestmark = pytest.mark.soak

SECONDS = int(os.environ.get("SOAK_SECONDS") or 60)
"""For each target."""
WORKERS = 2


def test_no_target_breaks(root: Path, demand: Callable[[bool, str], None]) -> None:
    demand(importlib.util.find_spec("atheris") is not None, "atheris is not installed")
    names = list(targets())
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.fuzz", *names[first::WORKERS],
             "--seconds", str(SECONDS), "--seed", os.environ.get("SOAK_SEED") or "0"],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for first in range(WORKERS)
    ]  # fmt: skip
    said = [worker.communicate()[0] for worker in workers]
    for text in said:
        # Which target, how many inputs, and what went wrong.
        told = ("== ", "stat::number", "failed: ", "SOAK_SEED", "Error", "  File")
        sys.stdout.writelines(
            line + "\n" for line in text.splitlines() if line.startswith(told) or "Error" in line
        )
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    assert sum(text.count("stat::number") for text in said) == len(names)
