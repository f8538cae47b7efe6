"""The canary file: values that the auditor planted by walking past the sensors.

Lines `label = value`, under a heading that says of which kind they are; a file of quoted values is
TOML.  No error quotes a value.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from schouw_agent.errors import ConfigError

KINDS = ("mac", "bluetooth", "plate", "name", "phone", "email", "text")
MOST_SEARCHED = 96
"""Canaries, counted once without a salt and three times more for each salt."""
LARGEST = 1 << 16
"""Octets of a canary file."""
_LONGEST = 200
_HEADING = re.compile(r"\[([a-z]+)\]\s*(?:#.*)?")
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,38}[A-Za-z0-9]?|\"[^\"]{1,40}\")\s*=\s*(.*)")
_LABEL = re.compile(r"[A-Za-z](?:[A-Za-z _-]|\d(?!\d\d)){0,39}")
_LOOKS = {
    "mac": re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"),
    "phone": re.compile(r"(?:\+|0)[\d ()-]{8,20}"),
    "plate": re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9]{1,3}(?:-[A-Za-z0-9]{1,3}){2}"),
}


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that the auditor knows, and by what name the report may speak of it."""

    label: str
    kind: str
    """One of KINDS."""
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CanaryFile:
    """What a canary file says."""

    canaries: tuple[Canary, ...]
    salts: Mapping[str, bytes] = field(repr=False)
    """By label."""


def parse_canaries(name: str, octets: bytes) -> CanaryFile:
    """Return the canaries and the salts of a file.

    Raises `ConfigError` that names the file, the line and the reason, and quotes nothing.
    """
    if len(octets) > LARGEST:
        raise ConfigError(f"{name}: a canary file of more than 64 KiB is not read")
    try:
        lines = octets.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: not UTF-8 text") from None
    canaries: dict[str, Canary] = {}
    salts: dict[str, bytes] = {}
    heading = ""
    for number, line in enumerate(map(str.strip, lines), 1):
        try:
            if not line or line.startswith("#"):
                continue
            if line.startswith("["):
                heading = _heading(line)
                continue
            label, value = _label_and_value(line)
            if label in canaries or label in salts:
                raise ValueError("a label that stands above already")
            if heading == "salt":
                salts[label] = _salt(value)
            else:
                canaries[label] = _canary(label, heading, value)
        except ValueError as error:
            raise ConfigError(f"{name}, line {number}: {error}") from None
    return _within_bounds(name, CanaryFile(tuple(canaries.values()), salts))


def _within_bounds(name: str, file: CanaryFile) -> CanaryFile:
    if not file.canaries:
        raise ConfigError(f"{name}: no canary in it")
    if len(file.canaries) * (1 + 3 * len(file.salts)) > MOST_SEARCHED:
        raise ConfigError(
            f"{name}: too much to search for: at most {MOST_SEARCHED} canaries, of which each "
            "counts three times more for each salt"
        )
    values = [c.value.casefold() for c in file.canaries]
    for canary in file.canaries:
        if any(_bare(value) in _bare(canary.label.casefold()) for value in values):
            raise ConfigError(f"{name}: a label holds a value, and labels stand in the report")
    return file


def _heading(line: str) -> str:
    match = _HEADING.fullmatch(line)
    if match is None or match[1] not in (*KINDS, "salt"):
        raise ValueError(f"not a heading of a kind: {', '.join(KINDS)}, salt")
    return match[1]


def _label_and_value(line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    label = match[1].strip().strip('"') if match else ""
    if match is None or not _LABEL.fullmatch(label):
        raise ValueError(
            "not `label = value`, or a label of more than letters, spaces, hyphens and two digits "
            "in a row"
        )
    written = match[2].strip()
    if written[:1] in ('"', "'"):
        try:
            value = tomllib.loads(f"v = {written}")["v"]
        except tomllib.TOMLDecodeError:
            raise ValueError("the quotation marks do not fit") from None
    else:
        value = written
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise ValueError(f"no value, or one of more than {_LONGEST} characters")
    return label, value.strip()


def _salt(value: str) -> bytes:
    if not value.startswith("hex:"):
        return value.encode()
    try:
        return bytes.fromhex(value[4:])
    except ValueError:
        raise ValueError("a salt that starts with hex: and does not go on so") from None


def _canary(label: str, heading: str, value: str) -> Canary:
    kind = heading or next((k for k, looks in _LOOKS.items() if looks.fullmatch(value)), "text")
    _refuse_unsafe(kind, value)
    return Canary(label, kind, value)


def _refuse_unsafe(kind: str, value: str) -> None:
    """Raise `ValueError` if a value could be met by chance."""
    bare = _bare(value)
    if kind in ("mac", "bluetooth"):
        if not re.fullmatch(r"[0-9a-f]{12}", bare):
            raise ValueError("not an address of six octets")
        if len({bare[i : i + 2] for i in range(0, 12, 2)}) < 3:
            raise ValueError("too regular: an address of fewer than three different octets")
        return
    least, why = {
        "plate": (6, "too short: a plate needs six letters and digits"),
        "phone": (9, "too short: a telephone number needs nine digits"),
        "name": (8, "too short: a name needs eight letters"),
        "email": (8, "too short: an e-mail address needs eight letters and digits"),
    }.get(kind, (12, "too short: a text needs twelve letters and digits"))
    if len(bare) < least:
        raise ValueError(why)
    if len(set(bare)) < 4:
        raise ValueError("too regular: fewer than four different letters or digits")
    _refuse_misfit(kind, value, bare)


def _refuse_misfit(kind: str, value: str, bare: str) -> None:
    if kind == "plate" and not (re.search(r"[a-z]", bare) and re.search(r"\d", bare)):
        raise ValueError("not a plate: it has no letter or no digit")
    if kind == "phone" and not re.fullmatch(r"\+?[\d ().-]+", value):
        raise ValueError("not a telephone number")
    if kind == "email" and not _LOOKS["email"].fullmatch(value):
        raise ValueError("not an e-mail address")
    if kind == "text" and _everyday(value):
        raise ValueError("too common: a text of everyday words would be met by chance")


def _everyday(value: str) -> bool:
    known = (resources.files("schouw_agent.vocabulary") / "words.txt").read_text("utf-8").split()
    words = re.findall(r"[^\W\d_]+", value.casefold())
    return not re.search(r"\d", value) and set(words) <= set(known)


def _bare(value: str) -> str:
    return re.sub(r"[\W_]", "", value.casefold())
