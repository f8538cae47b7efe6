"""Damaged copies of the samples of every register format, for a minute."""

import os
import random

import pytest

from tests.collector.register_formats.damaged_samples import damage, read_damaged, samples
from tests.soak.conftest import Watch

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("SOAK_SECONDS") or 60)
"""For each format."""
SAMPLES = samples()


@pytest.mark.parametrize("format_id", sorted({format_id for format_id, _ in SAMPLES}))
def test_damaged_registers(format_id: str, watch: Watch, chance: random.Random) -> None:
    own = [(name, octets) for (id_, name), octets in SAMPLES.items() if id_ == format_id]
    outcomes = []

    def one() -> None:
        name, octets = chance.choice(own)
        outcomes.append(read_damaged(name, damage(octets, chance)))

    watch.run(SECONDS, one)
    assert set(outcomes) == {True, False}
