"""Positions in the Dutch national grid (Rijksdriehoekstelsel, EPSG:28992)."""

# F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD-
# en WGS84-kaartcoördinaten", Geodesia 2001-2, formula 6 with tables 3 and 4: powers of dx and dy,
# and the coefficient in seconds of arc.
_LATITUDE = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
_LONGITUDE = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)
_X, _Y = 155_000.0, 463_000.0
_LATITUDE_OF_ORIGIN, _LONGITUDE_OF_ORIGIN = 52.15517440, 5.38720621
X_RANGE, Y_RANGE = (-7_000.0, 300_000.0), (289_000.0, 629_000.0)
"""Where the grid is defined, in metres."""


def is_in_grid(x: float, y: float) -> bool:
    """Return whether a position in metres is one of the grid."""
    return X_RANGE[0] <= x <= X_RANGE[1] and Y_RANGE[0] <= y <= Y_RANGE[1]


def to_wgs84(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude in degrees (WGS84) of a position in metres, to half a metre."""
    dx, dy = (x - _X) * 1e-5, (y - _Y) * 1e-5
    seconds = [
        sum(coefficient * dx**p * dy**q for p, q, coefficient in table)
        for table in (_LATITUDE, _LONGITUDE)
    ]
    latitude = _LATITUDE_OF_ORIGIN + seconds[0] / 3600
    longitude = _LONGITUDE_OF_ORIGIN + seconds[1] / 3600
    return round(latitude, 7), round(longitude, 7)
