"""Octets that once broke a reader, made by `make soak`: each is read as it should be."""

import time
from pathlib import Path

import pytest

from tests.soak.targets import REGRESSIONS, targets

INPUTS = sorted(path for path in REGRESSIONS.glob("*/*") if path.is_file())
MOST_SECONDS = 10.0
"""Processor time; what once took minutes takes far less than one second."""


@pytest.mark.parametrize("path", [pytest.param(p, id=f"{p.parent.name}/{p.name}") for p in INPUTS])
def test_what_once_broke_a_reader_is_read(path: Path) -> None:
    began = time.process_time()
    targets()[path.parent.name].run(path.read_bytes())
    assert time.process_time() - began < MOST_SECONDS
