"""Which words of a name may stay, and when a name is somebody's.

Data: `vocabulary/words.txt` (words of devices), `given_names.txt`, and `personal.toml` (what says
that the rest of a name, or what stands below it, is somebody's).
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources

_ATOM = re.compile(r"[A-ZÀ-Ö]+(?![a-zà-öø-ÿ])|[A-ZÀ-Ö]?[a-zà-öø-ÿ]+|[0-9]+")
_TOKEN = re.compile(r"[^\W_]+")
_WORD_AND_NUMBER = re.compile(r"([^\W\d_]+)([0-9]{1,3})$")
_VOWELS = frozenset("aeiouyéèëïöü")
# Dutch has a trema only behind a vowel (Het Groene Boekje, 5.2).
_FOREIGN = re.compile(r"[^a-zéèëïöü]|(?<![aeiouy])[ëïöü]", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"[a-f]+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"([^\W\d_]+)['’‘`´]([^\W\d_]+)")
_INITIALS = re.compile(r"[A-Za-z](?:[. _-]{1,2}[A-Za-z])*[. _-]{1,2}[^\W\d_]{3}")
# As people's names are shown: words in title case, one separator between each.
_TITLE_CASE = re.compile(r"[^\W\d_]+(?:(?:, ?|[ _.+-])[^\W\d_]+)*(?:[ _.+-]?[0-9]{1,4})?")

_LONGEST_WORD = 24
_SHORTEST_FREE_WORD = 4  # shorter runs of letters are also parts of plates
_SHORTEST_OWNER = 5  # of a given name at the start of a glued one: "mar" also begins "markt"


@lru_cache(maxsize=2)
def _list(name: str) -> frozenset[str]:
    text = (resources.files("schouw_agent.vocabulary") / name).read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _personal() -> dict[str, frozenset[str]]:
    text = (resources.files("schouw_agent.vocabulary") / "personal.toml").read_text("utf-8")
    return {name: frozenset(row) for name, row in tomllib.loads(text).items()}


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    return tuple(_personal()["places"])


def _folded(text: str) -> str:
    """Return a text in lower case, its letters without marks, as the lists are written."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i")


def is_listed(token: str) -> bool:
    """Tell whether every word in a token is one that devices use, with any short number behind."""
    words = _list("words.txt")
    lower = token.lower()
    if lower in words:
        return True
    atoms = [atom.lower() for atom in _ATOM.findall(token)]
    numbers = [atom for atom in atoms if atom.isdigit()]
    return bool(atoms) and all(
        (len(atom) <= 3 and atom != atoms[0]) if atom in numbers else atom in words
        for atom in atoms
    )


def is_given_name(token: str) -> bool:
    """Tell whether a token is a name that people are given, or the genitive of one."""
    name, names = _folded(token), _list("given_names.txt")
    if name in names:
        return True
    owner = name.removesuffix("s")
    return len(owner) >= 4 and owner in names and name not in _list("words.txt")


def _begins_with_given_name(word: str) -> bool:
    """Tell whether a glued word is a given name or title and more; a street or square is not."""
    if word in _list("words.txt") or word.endswith(_places()):
        return False
    names, titles = _list("given_names.txt"), _personal()["titles"]
    ends = range(_SHORTEST_OWNER, len(word) - _SHORTEST_FREE_WORD + 1)
    return any(word[:end] in names or word[:end] in titles for end in ends)


def _is_free_word(atom: str) -> bool:
    """Tell whether letters that no list knows look like a word of a language, not like a code."""
    if not _SHORTEST_FREE_WORD <= len(atom) <= _LONGEST_WORD or not atom.isalpha():
        return False
    if _FOREIGN.search(atom) or _HEXADECIMAL.fullmatch(atom) or _begins_with_given_name(atom):
        return False
    vowels = sum(letter in _VOWELS for letter in atom)
    return 0.2 <= vowels / len(atom) <= 0.8 and not re.search(r"[^aeiouy]{6}", atom)


def is_word(token: str) -> bool:
    """Tell whether a token is one or more words, with at most a short number behind."""
    words = _list("words.txt")
    if token.lower() in words:
        return True
    numbered = _WORD_AND_NUMBER.match(token)
    letters = numbered[1] if numbered else token
    if letters.lower() in words and len(letters) > 2:
        return True
    if not letters.isalpha() or is_given_name(letters):
        return False
    atoms = [atom.lower() for atom in _ATOM.findall(letters)]
    if "".join(atoms) != letters.lower() or any(is_given_name(atom) for atom in atoms):
        return False
    known = [atom in words and len(atom) > 1 for atom in atoms]
    if len(atoms) > 1:
        return all(k or _is_free_word(a) for k, a in zip(known, atoms, strict=True))
    return bool(atoms) and _is_free_word(atoms[0])


def holds_person(name: str) -> bool:
    """Tell whether what stands below a name, in a topic or a key path, is somebody's."""
    atoms, personal = _ATOM.findall(name), _personal()
    of_somebody = personal["holders"] | personal["titles"] | personal["belongings"]
    return (
        (bool(atoms) and atoms[-1].lower() in of_somebody)
        or is_given_name(name)
        or (name.isalpha() and _FOREIGN.search(name) is not None)
    )


def names_somebody(name: str) -> bool:
    """Tell whether something in a name says that its other words may be somebody's name."""
    tokens = _TOKEN.findall(name)
    if not tokens:
        return False
    atoms = {atom.lower() for token in tokens for atom in (token, *_ATOM.findall(token))}
    personal = _personal()
    return (
        bool(atoms & (personal["titles"] | personal["belongings"]))
        or (len(tokens) > 1 and tokens[0].lower() in personal["particles"])
        or any(_is_owner(match) for match in _POSSESSIVE.finditer(name))
        or any(token.isalpha() and _FOREIGN.search(token) for token in tokens)
        or _INITIALS.match(name) is not None
        or _is_full_name(name)
    )


def _is_owner(possessive: re.Match[str]) -> bool:
    """Tell "Sanne's" and "O'Neill" from a plural such as "foto's"."""
    return not (possessive[2] == "s" and is_listed(possessive[1]))


def _is_full_name(name: str) -> bool:
    """Tell whether two words in title case, that no list knows, stand beside each other."""
    if _TITLE_CASE.fullmatch(name) is None or not name[0].isupper():
        return False
    atoms = [atom for atom in _ATOM.findall(name) if not atom.isdigit()]
    unknown = [a for a in atoms if not is_listed(a) and not a.lower().endswith(_places())]
    return len(unknown) > 1 and all(a[0].isupper() and a[1:].islower() for a in unknown)
