"""Weather: temperature, humidity, pressure, wind, rain, sun, light and lightning."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "air_temperature",
        "relative_humidity",
        "air_pressure",
        "wind",
        "precipitation",
        "solar_radiation_uv",
        "illuminance",
        "lightning_strike",
    )
)

DETECTOR = Detector(
    id="weather",
    title="Weather and light",
    reference="WMO-No. 8, Guide to Instruments, part I; units: QUDT",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
