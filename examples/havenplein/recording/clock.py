"""The time of the story, which is this machine's time shifted by whole seconds."""

import os
import time
from datetime import UTC, datetime

SHIFT = "HAVENPLEIN_SHIFT"
"""Environment variable that holds the shift in seconds."""

_NTP_EPOCH = 2_208_988_800


def now() -> datetime:
    """Return the time of the story in UTC."""
    return datetime.fromtimestamp(time.time() + int(os.environ[SHIFT]), UTC)


def moment() -> str:
    """Return the time of the story, as devices write it."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def ntp_moment() -> bytes:
    """Return the time of the story as an NTP time stamp (RFC 5905), whole seconds."""
    return (int(now().timestamp()) + _NTP_EPOCH).to_bytes(4, "big") + bytes(4)
