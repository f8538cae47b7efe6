"""Topics, paths, keys, client ids and host names with everything taken out that may be a person's.

One rule for all of them: a name is cut into tokens; words stay, short running
numbers stay, and every other run of characters becomes `{id}`.  Whoever reads a
template still sees what a field is called and which device it is, and never a
plate, an address, a hash, a token, a number of somebody or a name of somebody.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from schouw_agent.privacy.name_words import (
    holds_person,
    is_given_name,
    is_listed,
    is_word,
    names_somebody,
)

_TOKEN = re.compile(r"[^\W_]+|[\W_]+")
_MAIL = re.compile(r"@[^@]*[.][^@]*[a-z]", re.IGNORECASE)
# Four of its hexadecimal digits may happen to look like a word.
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"(?:0x)?[0-9a-f]+", re.IGNORECASE)
_NUMBERS = {
    "dev_eui": re.compile(r"(?:[0-9a-f]{2}[:-]?){7}[0-9a-f]{2}", re.IGNORECASE),
    "serial": re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z._/-]{2,39}"),
}
"""How numbers of devices are written, by kind."""
# RFC 7519, 3: the parts of a token are base64url, and the first is a JSON object.
_WEB_TOKEN = re.compile(r"eyJ[\w-]{6,}(?:\.[\w-]+)*")
# OData and SensorThings annotate a key with these.
_PART_OF_MAIL = re.compile(r"[^\[\]@]+@(?!(?:iot|odata)\b)[^\[\]]+")
# Three short groups, as plates are written: also when one of the groups happens to be a word.  The
# first two may be one, in capitals or with a digit first; not a word and its number, as in Pomp-01.
_PLATE_LIKE = re.compile(
    r"(?=.*[0-9])(?=.*[A-Za-z])(?![A-Z]?[a-z]{3,}[-. ]?[0-9]{1,3}$)"
    r"(?:[A-Za-z0-9]{1,3}[-. ]|[A-Z0-9]{1,3}|[0-9][A-Za-z0-9]{0,2})"
    r"[A-Za-z0-9]{1,3}[-. ][A-Za-z0-9]{1,4}"
)

# RFC 6762, 3 and appendix G; RFC 8375; ICANN resolution 2024.07.29.06.
_LOCAL_DOMAINS = frozenset(
    {"local", "lan", "home", "corp", "private", "intranet", "internal", "localdomain", "arpa"}
)
# The longest in the root zone has 18 letters.
_TOP_LEVEL = re.compile(r"[a-z]{2,18}|xn--[0-9a-z-]+")

_RADIO_DEVICE = re.compile(r"(dev_eui) ([0-9a-f]{16})|(dev_addr) ([0-9a-f]{8})")
"""A subject that is the number of a LoRaWAN device: its own, or the one its network gave it."""

_LONGEST = 200
_LONGEST_NUMBER = 3
_LONGEST_SHORT_RUN = 4  # the shortest plate with letters and digits that we know has 5
_SHORTEST_SECRET = 10
_PLACEHOLDER = "{id}"


def _is_harmless_run(tokens: list[str]) -> bool:
    """Tell whether tokens that are not words are too short to be anybody's identifier."""
    run = "".join(tokens)
    if run.isdigit():
        return len(tokens) == 1 and len(run) <= _LONGEST_NUMBER
    return len(run) <= _LONGEST_SHORT_RUN and run.isascii()


def _holds_secret(name: str) -> bool:
    """Tell whether a part looks like a token of random letters, of which parts may look like words.

    Long hexadecimal ones are the numbers of devices, and stand beside words.
    """
    return any(
        len(token) >= _SHORTEST_SECRET
        and token.isalnum()
        and not token.isdigit()
        and not _HEXADECIMAL.fullmatch(token)
        and not is_word(token)
        for token in _TOKEN.findall(name)
    )


@lru_cache(maxsize=16384)
def minimise_name(name: str, *, given: bool = False) -> str:
    """Return one name (a topic segment, a key, a client id) as a template.

    `given`: somebody gave it to a device of their own, so that a word that no list knows may well
    be a family name; it does not stay.
    """
    if len(name) > _LONGEST or _MAIL.search(name) or _PLATE_LIKE.fullmatch(name):
        return _PLACEHOLDER
    name = unicodedata.normalize("NFC", name)
    if any(is_given_name(token) for token in _TOKEN.findall(name)):
        return _PLACEHOLDER
    strict = given or names_somebody(name) or _holds_secret(name)
    stays = is_listed if strict else is_word
    name = _WEB_TOKEN.sub(_PLACEHOLDER, _UUID.sub(_PLACEHOLDER, name))
    out: list[str] = []
    run: list[str] = []  # tokens and separators since the last word

    def close() -> None:
        tokens = [t for t in run if t[0].isalnum()]
        if not tokens:
            out.extend(_separators(t) for t in run)
        elif _is_harmless_run(tokens) and not (given and any(map(str.isalpha, tokens))):
            out.extend(t if t[0].isalnum() else _separators(t) for t in run)
        else:
            first, last = run[0], run[-1]
            out.append("" if first[0].isalnum() else _separators(first))
            out.append(_PLACEHOLDER)
            out.append("" if last[0].isalnum() or len(run) == 1 else _separators(last))
        run.clear()

    for token in _TOKEN.findall(name):
        if token[0].isalnum() and stays(token):
            close()
            out.append(token)
        else:
            run.append(token)
    close()
    return "".join(out)


def _separators(text: str) -> str:
    """Return punctuation as it is, if it is short printable ASCII; else a single underscore."""
    return text if len(text) <= 4 and text.isascii() and text.isprintable() else "_"


def _segments(segments: list[str], *, dotted: bool = False) -> list[str]:
    """Return names of which each stands below the one before, as templates.

    `dotted`: they were cut at dots, so that a letter may be an initial.
    """
    out = []
    below_person = False
    for segment in segments:
        hidden = below_person and segment and not is_listed(segment)
        out.append(_PLACEHOLDER if hidden else minimise_name(segment))
        initial = dotted and len(segment) == 1 and segment.isalpha()
        below_person = initial or holds_person(segment)
    return out


@lru_cache(maxsize=16384)
def minimise_topic(topic: str) -> str:
    """Return an MQTT topic as a template, at most 200 characters long."""
    return _cut("/".join(_segments(topic.split("/"))))


@lru_cache(maxsize=16384)
def minimise_path(path: str) -> str:
    """Return a URL path as a template: without query, user part and host."""
    path = path.split("?", 1)[0].split("#", 1)[0]
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    return _cut("/".join(_segments([unquote(segment) for segment in path.split("/")])))


@lru_cache(maxsize=16384)
def minimise_key_path(path: str) -> str:
    """Return a key path such as `sensors[].dB` as a template."""
    # A key may hold dots itself, as an e-mail address does: what is left of one is one still.
    parts = [
        _PART_OF_MAIL.sub(_PLACEHOLDER, p) for p in _WEB_TOKEN.sub(_PLACEHOLDER, path).split(".")
    ]
    lists = [len(part) - len(part.rstrip("[]")) for part in parts]
    names = [part.rstrip("[]") for part in parts]
    minimised = [
        name + part[len(part) - brackets :]
        for name, part, brackets in zip(_segments(names, dotted=True), parts, lists, strict=True)
    ]
    return _cut(".".join(_joined(names, minimised)))


def _joined(names: list[str], minimised: list[str]) -> list[str]:
    """Return parts that stood between dots, with what was one identifier with dots as one.

    Two parts in a row that are no words are taken for that: 123.456.782, or 52.37.
    """
    out: list[str] = []
    codes: list[str] = []
    for name, part in [*zip(names, minimised, strict=True), ("", "")]:
        kept = _TOKEN.findall(part.replace(_PLACEHOLDER, ""))
        if name and not is_word(name) and not any(map(is_word, kept)):
            codes.append(part)
            continue
        alone = len(codes) == 1 or codes == [_PLACEHOLDER]
        out += codes if alone else [_PLACEHOLDER] * bool(codes)
        codes = []
        out.append(part)
    return out[:-1]


def minimise_identifiers(stated: Mapping[str, str]) -> dict[str, str]:
    """Return what an envelope states of a device, identifiers by kind, as far as it may stay.

    The number of a device stays as it is; a name that somebody gave is a template, like any other.
    """
    return {
        kind: value
        if kind in _NUMBERS and _NUMBERS[kind].fullmatch(value)
        else minimise_name(value)
        for kind, value in stated.items()
    }


def radio_device(subject: str) -> dict[str, str]:
    """Return the number of a LoRaWAN device that a subject is, by kind; empty for another."""
    match = _RADIO_DEVICE.fullmatch(subject)
    return {match[1] or match[3]: match[2] or match[4]} if match else {}


def minimise_subject(subject: str) -> str:
    """Return a device that an envelope names: its number as it is, a name as a template."""
    return subject if radio_device(subject) else minimise_name(subject)


@lru_cache(maxsize=4096)
def minimise_host(host: str) -> str:
    """Return a host name with everything below its domain as a template.

    The last two labels stay: they tell who receives.  In a name that means something on the
    local network only, those are the name of somebody's machine, and do not stay.  An IP address
    stays as it is.
    """
    host = host.strip().rstrip(".").lower()
    if not host or len(host) > 253 or not re.fullmatch(r"[0-9a-z_.:\-\[\]]+", host):
        return _PLACEHOLDER if host else ""
    if _is_address(host):
        return host
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit():
        return _PLACEHOLDER  # neither a name nor an address
    public = _TOP_LEVEL.fullmatch(labels[-1]) and labels[-1] not in _LOCAL_DOMAINS
    own = len(labels) - 2 if public and len(labels) > 1 else len(labels)
    below = _joined(labels[:own], [minimise_name(label) for label in labels[:own]])
    return _cut(".".join([*below, *labels[own:]]))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
