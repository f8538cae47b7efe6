"""Values that the auditor planted, looked for in every message however it is written.

A value is known by its label alone beyond this module: neither it nor a digest of it comes out.
"""

import base64
import os
import stat
import string
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from schouw_agent.errors import ConfigError
from schouw_agent.privacy.canary_digests import digests, written
from schouw_agent.privacy.canary_file import LARGEST, Canary, CanaryFile, parse_canaries
from schouw_agent.privacy.canary_spellings import DIGIT, WORD, Spelling, cases, spellings
from schouw_agent.privacy.needles import Needle, Needles
from schouw_agent.privacy.sightings import Sighting
from schouw_agent.records import Match
from schouw_agent.report import CanarySearch, Report

_DIGITS = frozenset(string.digits.encode())
_EDGES = {"": frozenset[int](), DIGIT: _DIGITS, WORD: _DIGITS | set(string.ascii_letters.encode())}
FORM = "known test value"
_BETWEEN = b"\0\n\0"
"""Between parts of a message: nothing that is searched for has it."""
_LONGEST_QUOTED = 1 << 16
"""A URL-encoded part of a message is searched up to this length: each of its octets may take sixty
while it is taken apart."""
_LEAST_BASE64 = 8
"""Characters: 48 bits, as everything else that is searched for has at least."""
# In clear, and as a digest.
_CATEGORIES = {
    "mac": ("wifi_mac_raw", "wifi_mac_hashed"),
    "bluetooth": ("bluetooth_id_raw", "bluetooth_id_hashed"),
    "plate": ("licence_plate_raw", "licence_plate_hashed"),
    "name": ("person_identity", "person_identity"),
    "phone": ("contact_or_report_text", "contact_or_report_text"),
    "email": ("contact_or_report_text", "contact_or_report_text"),
    "text": ("text_unclassified", "text_unclassified"),
}
Texts = Iterable[tuple[str, str, bytes]]
"""Path, subject and octets of parts of a message."""


class Canaries:
    """What to look for.  Its repr and its errors hold no value."""

    def __init__(self, file: CanaryFile) -> None:
        self.labels = tuple(canary.label for canary in file.canaries)
        self.seen: dict[str, int] = dict.fromkeys(self.labels, 0)
        """Label → messages in which it was found."""
        self._own = {
            "".join(c for c in canary.value.lower() if c in string.hexdigits): canary.label
            for canary in file.canaries
            if canary.kind in ("mac", "bluetooth")
        }
        self._meanings: list[Sighting] = []
        exact: dict[bytes, Needle] = {}
        folded: dict[bytes, Needle] = {}
        for canary in file.canaries:
            for spelling in spellings(canary):
                self._add_plain(exact, folded, canary, spelling)
        for canary in file.canaries:
            for spelling in spellings(canary):
                if spelling.hashed:
                    self._add_digests(exact, folded, canary, spelling, file.salts)
        self._exact = Needles(exact.values())
        self._folded = Needles(folded.values())

    def __repr__(self) -> str:
        """Return how many there are, and none of them."""
        return f"Canaries({len(self.labels)})"

    def _meaning(self, sighting: Sighting) -> int:
        self._meanings.append(sighting)
        return len(self._meanings) - 1

    def _add_plain(
        self,
        exact: dict[bytes, Needle],
        folded: dict[bytes, Needle],
        canary: Canary,
        spelling: Spelling,
    ) -> None:
        """Add a value in clear: as it is, in hexadecimal and in base64."""
        sighting = Sighting(canary.label, canary.kind, spelling.notation)
        plain = self._meaning(sighting)
        into = folded if spelling.cased else exact
        for octets, notation in cases(spelling).items():
            # Only ASCII is the same in both cases here: other letters are tried in each.
            whole = octets.lower() if spelling.cased else octets
            into.setdefault(whole, Needle(whole, plain, _EDGES[spelling.edge]))
            digits = octets.hex().encode()
            encoded = sighting._replace(notation=notation, encoding="hexadecimal")
            folded.setdefault(digits, Needle(digits, self._meaning(encoded)))
            for text in _within_base64(octets):
                encoded = sighting._replace(notation=notation, encoding="base64")
                exact.setdefault(text, Needle(text, self._meaning(encoded)))

    def _add_digests(
        self,
        exact: dict[bytes, Needle],
        folded: dict[bytes, Needle],
        canary: Canary,
        spelling: Spelling,
        salts: Mapping[str, bytes],
    ) -> None:
        for octets, notation in cases(spelling).items():
            for algorithm, digest in digests(octets, salts):
                base = Sighting(canary.label, canary.kind, notation, "", algorithm)
                for encoding, part in written(digest):
                    into = folded if encoding == "hexadecimal" else exact
                    if part not in into:
                        meaning = self._meaning(base._replace(encoding=encoding))
                        into[part] = Needle(part, meaning)

    def find(self, texts: Texts, senders: Iterable[str] = ()) -> list[Match]:
        """Return one match for each path, subject and category in which a canary was found.

        `senders`: MAC addresses of the ends of the flow.  Who speaks of itself is no sensor that
        speaks of somebody: that canary is not looked for.
        """
        own = {self._own.get(mac.replace(":", "")) for mac in senders}
        found: dict[tuple[str, str, str], set[Sighting]] = {}
        labels: set[str] = set()
        parts = list(texts)
        for part, sighting in self._sightings([octets for _, _, octets in parts]):
            if sighting.label not in own:
                labels.add(sighting.label)
                path, subject, _ = parts[part]
                found.setdefault((path, subject, category_of(sighting)), set()).add(sighting)
        for label in labels:
            self.seen[label] += 1
        # What was found at a place in the message needs no telling for the message as a whole.
        placed = {s.label for (path, _, _), some in found.items() if path for s in some}
        out = []
        for (path, subject, category), some in found.items():
            told = sorted(s for s in some if path or s.label not in placed)
            if told:
                out.append(Match(path, category, 1.0, ("canary",), FORM, subject, tuple(told)))
        return out

    def searched(self) -> tuple[CanarySearch, ...]:
        """Return each label with the number of messages in which it was found."""
        return tuple(CanarySearch(label=label, messages=n) for label, n in self.seen.items())

    def kept_out_of(self, report: Report) -> Report:
        """Return the report in which each text that holds a canary is its label instead.

        A name or a text may stand in a topic or a client id where nothing else tells that it is
        somebody's.
        """
        return Report.model_validate(self._redacted(report.model_dump(mode="json", by_alias=True)))

    def _redacted(self, value: Any) -> Any:
        if isinstance(value, str):
            for _, sighting in self._sightings([value.encode("utf-8", "replace")]):
                return f"canary {sighting.label}"
            return value
        if isinstance(value, list):
            return [self._redacted(each) for each in value]
        if isinstance(value, dict):
            return {key: self._redacted(each) for key, each in value.items()}
        return value

    def _sightings(self, parts: Sequence[bytes]) -> Iterator[tuple[int, Sighting]]:
        """Yield the number of a part and a canary that is in it; all parts are searched at once."""
        whole = [(n, "", octets) for n, octets in enumerate(parts)]
        whole += [(n, "URL-encoded", unquote_to_bytes(o)) for n, _, o in whole if _quoted(o)]
        starts = list(accumulate((len(o) + len(_BETWEEN) for _, _, o in whole), initial=0))
        octets = _BETWEEN.join(each for _, _, each in whole)
        for needles, haystack in ((self._exact, octets), (self._folded, octets.lower())):
            for at, meaning in needles.find(haystack):
                part, by, _ = whole[bisect_right(starts, at) - 1]
                sighting = self._meanings[meaning]
                yield part, sighting._replace(encoding=sighting.encoding or by)


def read_canaries(path: Path, warn: Callable[[str], None]) -> Canaries:
    """Return what a canary file says to look for; warn in one line if others may read it.

    Raises `ConfigError` if it cannot be read, or holds what cannot be searched for safely.
    """
    try:
        with path.open("rb") as file:
            others = os.fstat(file.fileno()).st_mode & (stat.S_IRGRP | stat.S_IROTH)
            octets = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror}") from None
    if others and os.name == "posix":
        warn(f"{path.name}: others on this machine may read it; chmod 600 keeps it to yourself")
    return Canaries(parse_canaries(path.name, octets))


def _quoted(octets: bytes) -> bool:
    return len(octets) <= _LONGEST_QUOTED and b"%" in octets


def category_of(sighting: Sighting) -> str:
    """Return the category of data that a canary found so is."""
    return _CATEGORIES[sighting.kind][bool(sighting.algorithm)]


def octets_of(value: Any) -> bytes:
    """Return a value of a message as octets to be searched; empty if nothing could be in it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return b""
    if isinstance(value, int):
        return str(value).encode() if -(1 << 64) < value < 1 << 64 else b""
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(each, int) and 0 <= each < 256 for each in value):
            return bytes(value)
        return b"\n".join(map(octets_of, value))
    if isinstance(value, Mapping):
        return b"\n".join(octets_of(each) for pair in value.items() for each in pair)
    return b""


def _within_base64(octets: bytes) -> Iterator[bytes]:
    """Yield what base64 of anything with these octets in it contains, in both alphabets.

    One for each of the three places in a group where they may begin.
    """
    for before in range(3):
        text = base64.b64encode(b"\0" * before + octets).rstrip(b"=")
        first = (0, 2, 3)[before]
        whole = (before + len(octets)) * 8 // 6
        text = text[first:whole]
        if len(text) >= _LEAST_BASE64:
            yield text
            yield text.translate(bytes.maketrans(b"+/", b"-_"))
