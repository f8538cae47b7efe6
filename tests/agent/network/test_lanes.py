"""Pieces of a stream: no octet twice, the first one that came wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.network.lanes import JUMP_OCTETS_MAX, Lane, Piece, distance

DISTANCES = [
    (5, 3, 2),
    (3, 5, -2),
    (2, (1 << 32) - 3, 5),
    ((1 << 32) - 3, 2, -5),
    (0, 1 << 31, -(1 << 31)),
]


@pytest.mark.parametrize(("sequence", "reference", "ahead"), DISTANCES)
def test_sequence_numbers_wrap(sequence: int, reference: int, ahead: int) -> None:
    assert distance(sequence, reference) == ahead


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12))
def test_pieces_never_overlap_and_the_first_octet_stays(spans: list[tuple[int, int]]) -> None:
    lane, expected = Lane(), {}
    for nth, (start, length) in enumerate(spans):
        lane.add(Piece(start, start + length, bytes([nth]) * length, nth))
        for position in range(start, start + length):
            expected.setdefault(position, nth)
    found = {}
    end = 0
    for piece in lane.held:
        assert piece.start >= end
        end = piece.end
        found |= dict(zip(range(piece.start, piece.end), piece.octets, strict=True))
    assert found == expected
    assert lane.octets == len(expected)
    while lane.held:
        lane.pop()
    assert lane.octets == 0


def test_a_cut_piece_keeps_its_length_in_every_part() -> None:
    piece = Piece(10, 30, b"abcdefgh", 5)
    assert piece.part(12, 30) == Piece(12, 30, b"cdefgh", 5)
    assert piece.part(10, 14) == Piece(10, 14, b"abcd", 5)
    assert piece.part(20, 30) == Piece(20, 30, b"", 5)


def test_a_jump_is_believed_when_a_second_segment_follows_it() -> None:
    far = JUMP_OCTETS_MAX + 1
    lane = Lane()
    assert lane.believes(far - 1, 0, 10)
    assert not lane.believes(far, 1000, 10)
    assert not lane.believes(far, 900, 10)
    assert lane.believes(far, 910, 10)
