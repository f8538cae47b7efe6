"""Every register format: its own samples whole, and damaged in many ways."""

import random
import time

import pytest

from schouw_collector.registers.register_reading import read_register, register_formats
from tests.collector.register_formats.damaged_samples import damage, read_damaged, samples

SAMPLES = samples()
ROUNDS = 150
"""For each sample; the soak tests go on for much longer."""
MOST_SECONDS = 2.0
"""For one damaged copy."""
NAMES = [f"{format_id}-{name}" for format_id, name in SAMPLES]


def test_every_form_has_a_sample():
    assert {format_id for format_id, _ in SAMPLES} == set(register_formats())


@pytest.mark.parametrize(("format_id", "name"), SAMPLES, ids=NAMES)
def test_a_sample_is_of_one_form_only(format_id, name):
    octets = SAMPLES[format_id, name]
    scores = sorted(
        ((form.probe(name, octets), id_) for id_, form in register_formats().items()), reverse=True
    )

    assert scores[0][1] == format_id
    assert scores[0][0] >= 0.5
    assert scores[1][0] < scores[0][0]


@pytest.mark.parametrize(("format_id", "name"), SAMPLES, ids=NAMES)
def test_a_sample_reads_whole(format_id, name):
    register = read_register(name, SAMPLES[format_id, name])

    assert (register.format, register.errors) == (format_id, ())
    assert register.entries


@pytest.mark.parametrize(("format_id", "name"), SAMPLES, ids=NAMES)
def test_damaged_copies_give_entries_or_one_error(format_id, name):
    octets = SAMPLES[format_id, name]
    chance = random.Random(f"{format_id} {name} 20261125")
    read = 0
    for _ in range(ROUNDS):
        copy = damage(octets, chance)
        start = time.process_time()
        read += read_damaged(name, copy)
        assert time.process_time() - start < MOST_SECONDS
    assert 0 < read < ROUNDS


@pytest.mark.parametrize(("format_id", "name"), SAMPLES, ids=NAMES)
def test_a_copy_that_ends_early_gives_entries_or_one_error(format_id, name):
    octets = SAMPLES[format_id, name]
    for end in range(0, len(octets), max(1, len(octets) // 40)):
        read_damaged(name, octets[:end])
