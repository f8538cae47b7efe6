"""Topics, paths, keys, client ids and host names with everything taken out that may be a person's.

One rule for all of them: a name is cut into tokens; words stay, short running
numbers stay, and every other run of characters becomes `{id}`.  Whoever reads a
template still sees what a field is called and which device it is, and never a
plate, an address, a hash, a token, a number of somebody or a name of somebody.
"""

import ipaddress
import re
from functools import lru_cache
from importlib import resources
from urllib.parse import unquote

_TOKEN = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ]+|[^0-9A-Za-zÀ-ÖØ-öø-ÿ]+")
_ATOM = re.compile(r"[A-ZÀ-Ö]+(?![a-zà-öø-ÿ])|[A-ZÀ-Ö]?[a-zà-öø-ÿ]+|[0-9]+")
_WORD_AND_NUMBER = re.compile(r"([A-Za-zÀ-ÖØ-öø-ÿ]+)([0-9]{1,3})$")
_VOWELS = frozenset("aeiouyàáâäèéêëìíîïòóôöùúûü")

_MAIL = re.compile(r"@[^@]*[.][^@]*[a-z]", re.IGNORECASE)
# Four of its hexadecimal digits may happen to look like a word.
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# OData and SensorThings annotate a key with these.
_PART_OF_MAIL = re.compile(r"[^\[\]@]+@(?!(?:iot|odata)\b)[^\[\]]+")
# Three short groups, as plates are written, in capitals or with a digit first: also when one
# of the groups happens to be a word.
_PLATE_LIKE = re.compile(
    r"(?=.*[0-9])(?=.*[A-Za-z])(?:[A-Z0-9]{1,3}|[0-9][A-Za-z0-9]{0,2})"
    r"[-. ]?[A-Za-z0-9]{1,3}[-. ][A-Za-z0-9]{1,4}"
)

# RFC 6762, 3 and appendix G; RFC 8375; ICANN resolution 2024.07.29.06.
_LOCAL_DOMAINS = frozenset(
    {"local", "lan", "home", "corp", "private", "intranet", "internal", "localdomain", "arpa"}
)
# The longest in the root zone has 18 letters.
_TOP_LEVEL = re.compile(r"[a-z]{2,18}|xn--[0-9a-z-]+")

_LONGEST = 200
_LONGEST_WORD = 24
_SHORTEST_FREE_WORD = 4  # shorter runs of letters are also parts of plates
_LONGEST_NUMBER = 3
_LONGEST_SHORT_RUN = 4  # the shortest plate with letters and digits that we know has 5
_PLACEHOLDER = "{id}"
# What follows these in a topic or path is somebody's, whatever it looks like.
_PERSON_WORDS = frozenset({
    "user", "users", "gebruiker", "gebruikers", "person", "persons", "persoon", "personen",
    "people", "naam", "name", "names", "visitor", "bezoeker", "klant", "customer", "member",
    "lid", "email", "mail", "account", "accounts", "owntracks",
})  # fmt: skip


@lru_cache(maxsize=1)
def _words(name: str = "words.txt") -> frozenset[str]:
    return _list(name)


def _list(name: str) -> frozenset[str]:
    text = (resources.files("schouw_agent.vocabulary") / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return _list("given_names.txt")


def _is_given_name(token: str) -> bool:
    """Tell whether a token is a name that people are given, or the genitive of one."""
    name = token.lower()
    if name in _given_names():
        return True
    owner = name.removesuffix("s")
    return len(owner) >= 4 and owner in _given_names() and name not in _words()


def _is_free_word(atom: str) -> bool:
    """Tell whether letters that no list knows look like a word of a language, not like a code."""
    if not _SHORTEST_FREE_WORD <= len(atom) <= _LONGEST_WORD or not atom.isalpha():
        return False
    vowels = sum(letter in _VOWELS for letter in atom)
    return 0.2 <= vowels / len(atom) <= 0.8 and not re.search(r"[^aeiouy]{6}", atom)


def _is_word(token: str) -> bool:
    """Tell whether a token is one or more words, with at most a short number behind."""
    lower = token.lower()
    if lower in _words():
        return True
    numbered = _WORD_AND_NUMBER.match(token)
    letters = numbered[1] if numbered else token
    if letters.lower() in _words() and len(letters) > 2:
        return True
    if not letters.isalpha() or _is_given_name(letters):
        return False
    atoms = [atom.lower() for atom in _ATOM.findall(letters)]
    if any(_is_given_name(atom) for atom in atoms):
        return False
    known = [atom in _words() and len(atom) > 1 for atom in atoms]
    if len(atoms) > 1:
        return all(k or _is_free_word(a) for k, a in zip(known, atoms, strict=True))
    return bool(atoms) and _is_free_word(atoms[0])


def _is_harmless_run(tokens: list[str]) -> bool:
    """Tell whether tokens that are not words are too short to be anybody's identifier."""
    run = "".join(tokens)
    if run.isdigit():
        return len(tokens) == 1 and len(run) <= _LONGEST_NUMBER
    return len(run) <= _LONGEST_SHORT_RUN and run.isascii()


@lru_cache(maxsize=16384)
def minimise_name(name: str) -> str:
    """Return one name (a topic segment, a key, a client id) as a template."""
    if len(name) > _LONGEST or _MAIL.search(name) or _PLATE_LIKE.fullmatch(name):
        return _PLACEHOLDER
    if any(_is_given_name(token) for token in _TOKEN.findall(name)):
        return _PLACEHOLDER
    name = _UUID.sub(_PLACEHOLDER, name)
    out: list[str] = []
    run: list[str] = []  # tokens and separators since the last word

    def close() -> None:
        tokens = [t for t in run if t[0].isalnum()]
        if not tokens:
            out.extend(_separators(t) for t in run)
        elif _is_harmless_run(tokens):
            out.extend(t if t[0].isalnum() else _separators(t) for t in run)
        else:
            first, last = run[0], run[-1]
            out.append("" if first[0].isalnum() else _separators(first))
            out.append(_PLACEHOLDER)
            out.append("" if last[0].isalnum() or len(run) == 1 else _separators(last))
        run.clear()

    for token in _TOKEN.findall(name):
        if token[0].isalnum() and _is_word(token):
            close()
            out.append(token)
        else:
            run.append(token)
    close()
    return "".join(out)


def _separators(text: str) -> str:
    """Return punctuation as it is, if it is short printable ASCII; else a single underscore."""
    return text if len(text) <= 4 and text.isascii() and text.isprintable() else "_"


def _segments(segments: list[str]) -> list[str]:
    out = []
    after_person = False
    for segment in segments:
        minimised = minimise_name(segment)
        if after_person and segment and segment.lower() not in _words():
            minimised = _PLACEHOLDER
        out.append(minimised)
        after_person = segment.lower() in _PERSON_WORDS
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
    parts = [_PART_OF_MAIL.sub(_PLACEHOLDER, part) for part in path.split(".")]
    minimised = [minimise_name(p.removesuffix("[]")) + "[]" * p.endswith("[]") for p in parts]
    return _cut(".".join(minimised))


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
    return _cut(".".join([minimise_name(label) for label in labels[:own]] + labels[own:]))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
