"""What the soak tests share: a seed that is new at every run, and a watch on time and memory."""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

MOST_SECONDS_A_CASE = 5.0
MOST_GROWTH_OCTETS = 48 << 20
"""Room for caches that fill and for the allocator; a leak of a row a case is far more."""
_SETTLED = 0.3
"""Share of the time after which the caches are taken to be full."""


@pytest.fixture
def seed() -> int:
    """Return a new seed, or that of SOAK_SEED to see a failure again; pytest shows it then."""
    number = int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(1 << 32))
    sys.stdout.write(f"SOAK_SEED={number}\n")
    return number


@pytest.fixture
def chance(seed: int) -> random.Random:
    return random.Random(seed)


class Watch:
    """Runs cases for some time, each bounded, all of them together without growth."""

    def __init__(self) -> None:
        self.cases = 0
        self.slowest = 0.0
        self.growth = 0

    def run(self, seconds: float, case: Callable[[], object]) -> None:
        """Call `case` until the time is over."""
        start, settled = time.monotonic(), 0
        while (elapsed := time.monotonic() - start) < seconds:
            if not settled and elapsed > seconds * _SETTLED:
                settled = resident()
            began = time.process_time()
            case()
            self.slowest = max(self.slowest, time.process_time() - began)
            self.cases += 1
            assert self.slowest < MOST_SECONDS_A_CASE, f"case {self.cases}"
        self.growth = resident() - settled
        sys.stdout.write(
            f"{self.cases} cases, slowest {self.slowest:.2f} s, "
            f"grown by {self.growth / 2**20:.1f} MiB\n"
        )
        assert self.cases
        assert self.growth < MOST_GROWTH_OCTETS


def resident() -> int:
    """Return how much memory this process has now, in octets."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def watch() -> Watch:
    return Watch()
