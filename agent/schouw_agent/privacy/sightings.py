"""How a value that the auditor planted was found."""

from typing import NamedTuple


class Sighting(NamedTuple):
    """How a value that the auditor planted was found: by its label, and never the value."""

    label: str
    kind: str
    """mac, bluetooth, plate, name, phone, email or text."""
    notation: str
    """How it was written, such as "colons, lower case"."""
    encoding: str = ""
    """Such as base64 or hexadecimal; empty if there was none."""
    algorithm: str = ""
    """How it was hashed, such as SHA-256; empty if it was in clear."""
