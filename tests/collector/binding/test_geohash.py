"""Geohash cells: borders, neighbours and distances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.binding import geohash

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
cells = st.text(ALPHABET, min_size=1, max_size=5)


# The example of the geohash article of 2008: ezs42 is 42.605, -5.603 within 0.022 degrees.
def test_the_published_example_lies_where_it_should():
    south, west, north, east = geohash.cell("ezs42")

    assert math.isclose((south + north) / 2, 42.605, abs_tol=0.001)
    assert math.isclose((west + east) / 2, -5.603, abs_tol=0.001)
    assert math.isclose(north - south, 0.0439, abs_tol=0.0001)


@given(cells, st.floats(0, 1), st.floats(0, 1))
def test_a_point_of_a_cell_lies_in_it_and_at_no_distance(text, up, aside):
    south, west, north, east = geohash.cell(text)
    point = south + (north - south) * up, west + (east - west) * aside

    assert geohash.contains(text, *point)
    assert geohash.metres_between(text, *point) == pytest.approx(0, abs=1e-3)
    assert geohash.near(text, *point)


@given(cells, cells)
def test_adjoining_is_mutual_and_holds_for_a_cell_and_its_part(one, other):
    assert geohash.adjoin(one, other) == geohash.adjoin(other, one)
    assert geohash.adjoin(one, one)
    assert geohash.adjoin(one, one + "7")


@pytest.mark.parametrize(
    ("one", "other", "adjoining"),
    [
        ("u173z", "u176p", True),
        ("u173z", "u173y", True),
        ("u173z", "u17b0", False),
        ("8", "x", True),
        ("u", "g", True),
        ("u1", "s0", False),
    ],
)
def test_cells_adjoin_also_over_the_date_line(one, other, adjoining):
    assert geohash.adjoin(one, other) is adjoining


def test_distance_is_to_the_nearest_border():
    south, west, north, east = geohash.cell("u173z")

    assert geohash.metres_between("u173z", north + 0.1, west) == pytest.approx(11_132, rel=0.01)
    assert geohash.metres_between("u173z", south, east + 0.1) == pytest.approx(
        11_132 * math.cos(math.radians(south)), rel=0.01
    )
    assert geohash.metres_between("xbpbp", 0.01, -179.9) == pytest.approx(11_132, rel=0.01)


SQUARE = [(4.0, 52.0), (5.0, 52.0), (5.0, 53.0), (4.0, 53.0)]


@pytest.mark.parametrize(
    ("cell", "near", "why"),
    [
        ("u173z", True, "within the outline"),
        ("u1", True, "the outline lies within the cell"),
        ("u179f", True, "beside its border"),
        ("u1h00", False, "far east of it"),
        ("ezs42", False, "in another country"),
    ],
)
def test_a_cell_is_near_an_outline(cell, near, why):
    assert geohash.near_outline(cell, SQUARE) is near, why


def test_an_outline_of_any_size_takes_bounded_time():
    whole = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)]

    assert geohash.near_outline("u173z", whole)


def test_a_receiver_without_a_fix_says_nothing():
    assert geohash.says_nothing("s0000")
    assert not geohash.says_nothing("u173z")


def test_what_is_no_geohash_is_refused():
    with pytest.raises(ValueError, match="substring"):
        geohash.cell("u1a")
