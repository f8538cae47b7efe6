"""The Dutch grid: known points, and where it ends."""

import pytest

from schouw_collector.registers.rijksdriehoek import is_in_grid, to_wgs84

# Of the publication of the formulas, and the origin itself.
KNOWN = [
    ("Amersfoort, the origin", 155_000, 463_000, 52.15517440, 5.38720621),
    ("Amsterdam, Westertoren", 120_700.723, 487_525.501, 52.37453253, 4.88352559),
    ("Groningen, Martinitoren", 233_883.131, 582_065.167, 53.21938317, 6.56820053),
]


@pytest.mark.parametrize(("name", "x", "y", "latitude", "longitude"), KNOWN)
def test_known_points_come_out_to_half_a_metre(name, x, y, latitude, longitude):
    found = to_wgs84(x, y)

    assert found == pytest.approx((latitude, longitude), abs=5e-6), name


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [(121_000, 487_000, True), (52.37, 4.88, False), (487_000, 121_000, False), (1e9, 1e9, False)],
)
def test_degrees_and_swapped_coordinates_are_not_in_the_grid(x, y, inside):
    assert is_in_grid(x, y) is inside
