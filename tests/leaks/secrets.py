"""Some six hundred invented things that must never come out, and the forms in which they could."""

import base64
import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

# Rare enough not to be words of a report; the given names are ordinary, as people's are.
_GIVEN = ("Sanne", "Femke", "Bram", "Daan", "Noor", "Fatima", "Mohammed", "Lotte", "Joris", "Ruben")
_FAMILY = (
    "Kwikzwaan",
    "Oudewetering",
    "Zilverschoon",
    "Dwarsligger",
    "Kruidenier",
    "Boterdiep",
    "Vlinderstrik",
    "Rietzanger",
)
# No hexadecimal digits: a plate cannot be found by chance in a digest.
_PLATE_LETTERS = "GHJKLNPRSTVXZ"


VALUES_ALONE = ("visitor hash", "place")
"""Kinds that stand in values of a payload, and not in a key, a topic, a path or a header."""


class Secret(NamedTuple):
    """A value that stands somewhere in the traffic, and nowhere in what comes of it."""

    kind: str
    value: str

    @property
    def loose(self) -> str:
        """Return letters and digits only, in lower case; empty if that could occur by chance.

        Of an e-mail address: of the part that names somebody.
        """
        squeezed = _squeeze(self.value.partition("@")[0])
        return squeezed if len(squeezed) >= 6 and not squeezed.isdigit() else ""


def _squeeze(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())


def secrets() -> Mapping[str, tuple[Secret, ...]]:
    """Return the secrets by kind, the same ones at every run."""
    dice = random.Random(20261123)
    people = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    makers = {
        "mac": (120, lambda _: _mac(dice)),
        "hashed mac": (60, lambda _: hashlib.sha256(_mac(dice).encode()).hexdigest()),
        "visitor hash": (30, lambda _: hashlib.sha256(_mac(dice).encode()).hexdigest()),
        "plate": (60, lambda i: _plate(dice, i)),
        "token": (60, lambda i: _token(dice, i)),
        "person": (40, lambda i: people[i * 2]),
        "e-mail": (40, lambda i: people[i * 2 + 1].lower().replace(" ", ".") + "@mail.example"),
        "telephone": (30, lambda _: f"+316{dice.randrange(10**7, 10**8)}"),
        "IMSI": (20, lambda _: f"20404{dice.randrange(10**9, 10**10)}"),
        "BSN": (20, lambda _: _bsn(dice)),
        "place": (40, lambda _: f"52.37{dice.randrange(10**4, 10**5)}"),
        "user address": (20, lambda i: f"2001:db8:{dice.randrange(4096, 65536):x}::{i + 16}"),
        "password": (20, lambda i: f"Geheim-{dice.getrandbits(40):010x}-{i}"),
        "sentence": (20, lambda i: f"De hond van {dice.randrange(100, 999)}{i} loopt weer los"),
        "phone's MAC": (20, lambda _: _mac(dice)),
        "short e-mail": (8, lambda i: f"{_FAMILY[i][0]}.{_FAMILY[i]}@mail.example".lower()),
    }  # fmt: skip
    return {
        kind: tuple(Secret(kind, make(i)) for i in range(count))
        for kind, (count, make) in makers.items()
    }


def media(count: int = 20) -> tuple[bytes, ...]:
    """Return pieces of pictures and sound, of 24 octets each."""
    dice = random.Random(42)
    return tuple(bytes(dice.randrange(1, 250) for _ in range(24)) for _ in range(count))


def _mac(dice: random.Random) -> str:
    return bytes([dice.choice((2, 6, 10, 14)), *dice.randbytes(5)]).hex(":")


def _plate(dice: random.Random, turn: int) -> str:
    letters = "".join(dice.choices(_PLATE_LETTERS, k=4))
    digits = f"{dice.randrange(100, 1000)}"
    shapes = (
        f"{letters[:2]}-{digits}-{letters[3]}",
        f"{digits[0]}-{letters[:3]}-{digits[1:]}",
        f"{digits[:2]}-{letters[:2]}-{letters[2:]}",
    )
    return shapes[turn % 3]


def _token(dice: random.Random, turn: int) -> str:
    raw = dice.randbytes(16)
    shapes = (
        raw.hex().upper(),
        f"{raw[:4].hex()}-{raw[4:6].hex()}-{raw[6:8].hex()}-{raw[8:10].hex()}-{raw[10:].hex()}",
        "eyJhbGciOiJub25lIn0." + base64.urlsafe_b64encode(raw).decode().rstrip("="),
        raw[:7].hex(),
    )
    return shapes[turn % 4]


def _bsn(dice: random.Random) -> str:
    """Return nine digits that pass the eleven-test of Dutch citizen numbers."""
    while True:
        digits = [dice.randrange(10) for _ in range(8)]
        last = sum((9 - i) * digit for i, digit in enumerate(digits)) % 11
        if digits[0] and last < 10:
            return "".join(map(str, [*digits, last]))


def found_in(octets: bytes, wanted: Iterable[Secret], pieces: Iterable[bytes]) -> list[str]:
    """Return which secrets stand in these octets in whatever form, by kind and form.

    The text of a secret is not returned: a failing test would print it, which is harmless here
    and a bad habit.
    """
    haystack = octets.decode("utf-8", "surrogateescape")
    lower, squeezed = haystack.lower(), _squeeze(_without_envelope(haystack))
    found = []
    for number, secret in enumerate(wanted):
        for form, needle in _forms(secret.value.encode()):
            if needle in haystack or (form in ("plain", "hex", "URL") and needle.lower() in lower):
                found.append(f"{secret.kind} {number}, {form}")
        if secret.loose and secret.loose in squeezed:
            found.append(f"{secret.kind} {number}, without separators")
    for number, piece in enumerate(pieces):
        if piece in octets:
            found.append(f"piece of media {number}, plain")
        found += [
            f"piece of media {number}, {form}"
            for form, needle in _forms(piece)
            if form != "plain" and (needle in haystack or (form == "hex" and needle in lower))
        ]
    return found


def _without_envelope(text: str) -> str:
    """Return a text without long runs of base64, in which short values occur by chance."""
    return re.sub(r"[A-Za-z0-9+/_-]{200,}={0,2}", " ", text)


def _forms(value: bytes) -> Iterator[tuple[str, str]]:
    plain = value.decode("utf-8", "replace")
    yield "plain", plain
    yield "hex", value.hex()
    if (escaped := quote(plain, safe="")) != plain:
        yield "URL", escaped
    for alignment in range(3):
        for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            encoded = encode(bytes(alignment) + value + bytes(3)).decode()
            # Drop what depends on the octets before and after.
            start = (alignment * 8 + 5) // 6
            yield f"{name} at {alignment}", encoded[start : (alignment + len(value)) * 8 // 6]
