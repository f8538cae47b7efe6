"""Where something that moves is, and how its maker writes that down.

Names as in data sheets of trackers and in open data of measuring bicycles; shapes as in GeoJSON
(RFC 7946), SenML (RFC 8428, 12.1) and NGSI-LD (ETSI GS CIM 009, 4.7).
"""

import math
import random
from typing import Any

from tests.city.style import Style

_METRES_PER_DEGREE = 111_320.0
_PAIRS = (("lat", "lon"), ("latitude", "longitude"), ("lat", "lng"), ("gps_lat", "gps_lon"))
_TURN = 0.35


class Ride:
    """A way through the streets: where somebody is, step by step."""

    def __init__(
        self, draw: random.Random, *, around: tuple[float, float] = (52.632, 4.753)
    ) -> None:
        """`around`: latitude and longitude in degrees; the ride begins within 2 km of it."""
        self._draw = draw
        self.latitude = around[0] + draw.uniform(-0.018, 0.018)
        self.longitude = around[1] + draw.uniform(-0.027, 0.027)
        self._course = draw.uniform(0, 2 * math.pi)

    def go(self, metres: float) -> None:
        """Go on, more or less straight, and now and then round a corner."""
        corner = self._draw.random() < 0.1
        self._course += (
            self._draw.gauss(0, _TURN) + corner * self._draw.choice((-1, 1)) * math.pi / 2
        )
        self.latitude += metres * math.cos(self._course) / _METRES_PER_DEGREE
        east = metres * math.sin(self._course) / _METRES_PER_DEGREE
        self.longitude += east / math.cos(math.radians(self.latitude))


def with_position(style: Style, message: Any, ride: Ride) -> Any:
    """Return a message with a position in it, as this maker would write it."""
    latitude, longitude = round(ride.latitude, 6), round(ride.longitude, 6)
    if isinstance(message, list):
        return [
            *message,
            {"n": "latitude", "u": "lat", "v": latitude},
            {"n": "longitude", "u": "lon", "v": longitude},
        ]
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    if style.shape == "ngsi":
        return {**message, "location": {"type": "GeoProperty", "value": point}}
    if style.pick % 3 == 0:
        return {**message, "location": point}
    names = _PAIRS[style.pick % len(_PAIRS)]
    pair = dict(zip(names, (latitude, longitude), strict=True))
    if style.shape == "nested":
        return {**message, "data": {**message["data"], **pair}}
    return {**message, **pair}
