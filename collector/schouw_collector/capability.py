"""What a model of device can sense, as its maker or a device repository says.

Capable, declared and observed are three things.  That a device can is no proof that it does; that
a field is absent from a message is no proof that it cannot.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCapability:
    """What one model can sense or do."""

    vendor: str
    model: str
    categories: tuple[str, ...]
    """Category ids."""
    source: str
    """File and place where it stands."""
