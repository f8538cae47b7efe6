"""Search files for invented values that must not be in them: plain, in hex and in base64."""

import base64
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

_SHORTEST = 8
"""Fewer characters are found by chance in keys and digests."""


def read_values(file: Path) -> dict[str, list[bytes]]:
    """Return the values of `seeded.json` as octets, by kind."""
    listed = json.loads(file.read_text(encoding="utf-8"))
    return {
        kind: [bytes.fromhex(v) if kind.endswith("_hex") else v.encode() for v in values]
        for kind, values in listed.items()
    }


def spellings(value: bytes) -> set[bytes]:
    """Return how a value may be written: as it is, without marks, in hex, in base64."""
    bare = value.translate(None, b"-: ")
    found = {value, value.lower(), value.upper(), bare, bare.lower(), bare.upper()}
    for digits in (value.hex(), value.hex(":"), value.hex(" ")):
        found |= {digits.encode(), digits.upper().encode()}
    for before in range(3):
        text = base64.b64encode(bytes(before) + value)
        # The first characters mix with what stands before, the last with what follows.
        middle = text[(0, 2, 3)[before] : (len(value) + before) * 8 // 6]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return {text for text in found if len(text) >= _SHORTEST or text == value}


def find_leaks(values: Mapping[str, Iterable[bytes]], written: Mapping[str, bytes]) -> list[str]:
    """Return "kind number in name" for each value found; never the value itself."""
    found = []
    for kind, listed in values.items():
        for number, value in enumerate(listed, 1):
            texts = spellings(value)
            found += [
                f"{kind} {number} in {name}"
                for name, content in written.items()
                if any(text in content for text in texts)
            ]
    return found
