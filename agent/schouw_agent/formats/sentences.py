"""Sentences of NMEA 0183: a talker, columns and a checksum."""

import re
from typing import NamedTuple

from schouw_agent.formats.text_lines import as_text

MOST = 512
_LONGEST = 65536
# A TAG block (\s:...\) may come first, and other columns around sentences of a logger.
_SENTENCE = re.compile(r"[$!]([A-Z]{2,3}[A-Z0-9]{2,8}),([^*$!\r\n]{0,160})(?:\*([0-9A-Fa-f]{2}))?")


class Sentence(NamedTuple):
    """One sentence whose checksum, if it has one, is right."""

    kind: str
    """Such as GPGGA or AIVDM."""
    columns: list[str]
    checked: bool
    """It has a checksum."""


def read_sentences(octets: bytes) -> list[Sentence]:
    """Return the sentences of a text whose lines begin with one; empty if it is no such text.

    One whose checksum is wrong is left out.
    """
    head = octets[:1]
    if head not in (b"$", b"!", b"\\", b"\r", b"\n"):
        return []
    text = as_text(octets, _LONGEST)
    if text is None:
        return []
    found: list[Sentence] = []
    for line in text.splitlines()[:MOST]:
        match = _SENTENCE.match(_without_tags(line.strip()))
        if match is None:
            continue
        if match[3] and checksum(f"{match[1]},{match[2]}") != int(match[3], 16):
            continue
        found.append(Sentence(match[1], match[2].split(","), match[3] is not None))
    return found


def _without_tags(line: str) -> str:
    return line[1:].partition("\\")[2] if line.startswith("\\") else line


def checksum(text: str) -> int:
    """Return the exclusive or of all characters between the mark and the asterisk."""
    total = 0
    for character in text:
        total ^= ord(character) & 0xFF
    return total
