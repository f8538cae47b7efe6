"""Every candidate format: its table whole, what it refuses, and damaged copies."""

import importlib.util
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from schouw_collector.binding.candidate_reading import candidate_formats, read_candidates
from schouw_collector.binding.candidates import MAX_ROWS
from schouw_collector.errors import CandidateError


def table(name):
    path = Path(__file__).parent / f"cases_{name}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = [(id_, *case) for id_ in candidate_formats() for case in table(id_).CASES]
INVALID = [(id_, *case) for id_ in candidate_formats() for case in table(id_).INVALID]


@pytest.mark.parametrize(
    ("id_", "name", "octets", "expected", "errors"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES]
)
def test_a_file_is_recognised_by_its_content_and_read(id_, name, octets, expected, errors):
    scores = {key: f.probe(name, octets) for key, f in candidate_formats().items()}
    assert max(scores, key=scores.__getitem__) == id_
    found = read_candidates("export", octets)

    assert found.format == id_
    assert len(found.errors) == errors
    for candidate, (marks, names, *more) in zip(found.candidates, expected, strict=True):
        wanted = [
            (kind, value)
            for kind, values in marks.items()
            for value in (values if isinstance(values, list) else [values])
        ]
        assert sorted(candidate.marks) == sorted(wanted)
        assert candidate.names == names
        assert (candidate.latitude, candidate.longitude) == (more[0] if more else (None, None))
        assert candidate.entry == (more[1] if len(more) > 1 else "")
        assert candidate.source.startswith("export, ")


@pytest.mark.parametrize(("id_", "octets", "reason"), INVALID)
def test_a_file_without_use_is_refused(id_, octets, reason):
    with pytest.raises(CandidateError) as refused:
        read_candidates("export", octets)

    assert reason in refused.value.diagnostics()
    assert "\n" not in refused.value.diagnostics()


@pytest.mark.parametrize("case", CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_damaged_copies_are_read_or_refused(case):
    octets = case[2]
    chance = random.Random(11)
    for _ in range(300):
        damaged = bytearray(octets)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        for attempt in (bytes(damaged), bytes(damaged[: chance.randrange(len(damaged) + 1)])):
            for format_ in candidate_formats().values():
                assert 0 <= format_.probe("export", attempt) <= 1
            with suppress(CandidateError):
                read_candidates("export", attempt)


@pytest.mark.parametrize(
    "octets", [b"", b"\n", b"hello\n", b"{}", b"[1, 2]", b"user: x", b"a,b\n1,2"]
)
def test_something_else_is_not_recognised(octets):
    with pytest.raises(CandidateError, match="not in a known form"):
        read_candidates("export", octets)


def test_too_many_rows_are_refused_in_bounded_time():
    octets = b"mac\n" + b"02:00:5e:00:53:01\n" * (MAX_ROWS + 1)
    begun = time.process_time()
    with pytest.raises(CandidateError, match="more than 200000 rows"):
        read_candidates("export", octets)

    assert time.process_time() - begun < 30


def test_names_of_users_do_not_come_out():
    octets = b"user fenna\ntopic write plein/geluid\n"

    assert "fenna" not in repr(read_candidates("export", octets)).replace("plein", "")
