"""The device itself: battery, firmware, settings, tampering."""

from schouw_agent.detectors.naming import by_name
from schouw_agent.plugins import Detector

_CATEGORIES = frozenset(
    (
        "device_health",
        "device_firmware_config",
        "device_tamper",
    )
)

DETECTOR = Detector(
    id="device_itself",
    title="The device itself",
    reference="IPSO Smart Objects; LwM2M object 3 (Device)",
    categories=_CATEGORIES,
    values=False,
    detect=by_name(_CATEGORIES),
)
