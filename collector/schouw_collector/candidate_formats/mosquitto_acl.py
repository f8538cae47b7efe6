"""Access list of a Mosquitto broker: which topics belong to one account.

`user`, `topic [read|write|readwrite|deny] FILTER` and `pattern …` (mosquitto.conf(5), acl_file).
User names may be people's and are not read: an account is what stands between two of them.
"""

import re
from collections.abc import Iterator

from schouw_collector.binding.candidates import (
    CandidateFile,
    Row,
    build_candidates,
    text_lines,
)
from schouw_collector.plugins import CandidateFormat

_LINE = re.compile(r"(user|topic|pattern)\s+(?:(read|write|readwrite|deny)\s+)?(.+)")
_COMMENT = "#"


def probe(_name: str, octets: bytes) -> float:
    """Return 0.8 if the first lines are all of an access list, and one grants a topic."""
    lines = [line.strip() for line in text_lines(octets[:8192])[:100]]
    said = [line for line in lines if line and not line.startswith(_COMMENT)]
    whole = said[:-1] if len(octets) > 8192 else said
    fit = all(_LINE.fullmatch(line) for line in whole)
    return 0.8 if fit and any(line.startswith("topic") for line in whole) else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return an account for each that may write a topic.  Raises `CandidateError` if none may."""
    return build_candidates(name, "mosquitto_acl", _rows(octets))


def _rows(octets: bytes) -> Iterator[Row]:
    place, topics = "line 1", list[str]()
    for number, line in enumerate(text_lines(octets), 1):
        match = _LINE.fullmatch(line.strip())
        if match is None or line.startswith(_COMMENT):
            continue
        what, access, rest = match.groups()
        if what == "user":
            if topics:
                yield _account(place, topics)
            place, topics = f"line {number}", []
        elif what == "topic" and access in {None, "write", "readwrite"}:
            topics.append(rest)
    if topics:
        yield _account(place, topics)


def _account(place: str, topics: list[str]) -> Row:
    return Row(place=place, marks=[("topic", topic) for topic in topics], names=topics)


CANDIDATE_FORMAT = CandidateFormat(
    id="mosquitto_acl",
    title="Access list of Mosquitto",
    reference="mosquitto.conf(5), acl_file",
    probe=probe,
    read=read,
)
