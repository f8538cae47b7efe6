"""How one maker's devices use MQTT: which version, how surely, with what will, and how it holds.

A seed chooses, apart from all else that it chooses: what a device reports does not depend on it.
"""

import random
from dataclasses import dataclass
from typing import Any

from tests.city.mqtt_device import V5, V311

ONLINE, OFFLINE = "online", "offline"


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of one device."""

    version: Any
    about: tuple[tuple[str, str], ...]
    """User properties of MQTT 5."""
    exactly_once: bool
    """It publishes with quality of service 2."""
    says_online: bool
    """It says so, retained, when it comes, and leaves a will that says that it is gone."""
    losses: tuple[float, ...]
    """When it loses its connection without a goodbye: seconds after it came."""

    @classmethod
    def of(cls, seed: int, name: str) -> "Habits":
        """Return the habits that a seed chooses for a device of that name."""
        draw = random.Random(f"{seed} {name} mqtt")
        modern, tells = draw.random() < 0.5, draw.random() < 0.7
        firmware = f"{draw.randrange(1, 4)}.{draw.randrange(10)}"
        return cls(
            version=V5 if modern else V311,
            about=(("fw", firmware), ("model", "VB-MQ")) if modern and tells else (),
            exactly_once=draw.random() < 0.2,
            says_online=draw.random() < 0.5,
            losses=tuple(draw.uniform(600, 7200) for _ in range(draw.choice((0, 0, 1, 2)))),
        )
