"""Invented people and what they carry: telephones, plates, cards.  Nobody of them exists."""

import hashlib
import random
from dataclasses import dataclass

_LETTERS = "BDFGHJKLNPRSTVXZ"


@dataclass(frozen=True, slots=True)
class Passer:
    """Somebody in the street."""

    mac: str
    """Of a telephone: locally administered."""
    plate: str
    card: str

    def hashed(self, salt: str = "", *, length: int = 64) -> str:
        """Return the SHA-256 of the telephone's address, cut to a length in hexadecimal digits."""
        return hashlib.sha256((salt + self.mac).encode()).hexdigest()[:length]

    def plate_hash(self, salt: str = "") -> str:
        """Return the SHA-1 of the plate in hexadecimal."""
        return hashlib.sha1((salt + self.plate).encode(), usedforsecurity=False).hexdigest()


def crowd(draw: random.Random, size: int = 200) -> list[Passer]:
    """Return so many passers-by."""
    return [
        Passer(
            mac=":".join(f"{octet:02x}" for octet in (draw.choice((2, 6, 10, 14)) | 0x50,
                                                      *(draw.randrange(256) for _ in range(5)))),
            plate="-".join(
                ("".join(draw.choices(_LETTERS, k=2)), f"{draw.randrange(1000):03}",
                 draw.choice(_LETTERS))
            ),
            card=f"{draw.getrandbits(56):014X}",
        )
        for _ in range(size)
    ]  # fmt: skip
