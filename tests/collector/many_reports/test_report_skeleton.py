"""A text is its skeleton and its runs of digits, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.many_reports.report_skeleton import listed, skeleton

TEXTS = st.text(alphabet='0179,,"[]{}:-.aé', max_size=60).map(str.encode)


@pytest.mark.parametrize(
    ("text", "of", "runs"),
    [
        (b"", b"", []),
        (b"wind", b"wind", []),
        (b"7", b"0", [b"7"]),
        (b'{"a":[12,0,7],"b":3}', b'{"a":[0],"b":0}', [b"12,0,7", b"3"]),
        (b"1,,2", b"0,,0", [b"1", b"2"]),
        (b",1,", b",0,", [b"1"]),
        (b"2026-06-01", b"0-0-0", [b"2026", b"06", b"01"]),
    ],
)
def test_a_run_is_a_number_or_a_list_of_whole_numbers(text, of, runs):
    found = skeleton(text)

    assert found.text == of
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == runs


@given(TEXTS)
def test_the_skeleton_and_the_runs_are_the_text(text):
    found = skeleton(text)
    runs = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    pieces = found.text.split(b"0")

    assert len(pieces) == len(runs) + 1
    assert b"".join(p + r for p, r in zip(pieces, [*runs, b""], strict=True)) == text


def test_places_are_listed_with_a_mark_behind_each():
    of = skeleton(b"ab12cd3;")

    assert listed(of, of.starts, of.ends, ord("|"))[0] == b"12|3|"
    assert listed(of, of.starts, of.ends, ord("|"))[1].tolist() == [3, 5]
    nowhere = np.zeros(0, dtype=np.int64)
    assert listed(of, nowhere, nowhere, ord("|"))[0] == b""
