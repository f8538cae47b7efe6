"""What a register entry implies by its sensor type alone, when its words say nothing.

The types and their defaults are data, in `sensor_types.toml`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

_LONGEST_USUAL_INTERVAL_SECONDS = 86_400.0


def default_categories(sensor_type: str, contains_personal_data: bool | None) -> tuple[str, ...]:
    """Return the category ids that a type implies, sorted; none for a type that is not known.

    A register that leaves the box for personal data empty gets the wider reading: nobody is to be
    accused for an empty box.
    """
    row = _types().get(_plain(sensor_type))
    if row is None:
        return ()
    key = "categories" if contains_personal_data is False or "personal" not in row else "personal"
    return tuple(sorted(row[key]))


def usual_interval_seconds(sensor_type: str) -> float:
    """Return the longest usual time between two messages, in seconds; a day if not known."""
    row = _types().get(_plain(sensor_type), {})
    return float(row.get("interval_seconds", _LONGEST_USUAL_INTERVAL_SECONDS))


def _plain(sensor_type: str) -> str:
    return " ".join(sensor_type.casefold().split())


@cache
def _types() -> Mapping[str, dict[str, Any]]:
    text = (resources.files(__package__) / "sensor_types.toml").read_text("utf-8")
    return {_plain(name): row for name, row in tomllib.loads(text).items()}
