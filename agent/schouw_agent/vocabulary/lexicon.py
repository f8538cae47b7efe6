"""What a field is called: the name lexicons of every language, read as one."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from schouw_agent.vocabulary.names import segments, split_glued, unmarked, words

SURE = "sure"
MAYBE = "maybe"
WEAK = "weak"
_ORDER = {SURE: 2, MAYBE: 1, WEAK: 0}
_OF_PEOPLE = (
    "face", "person", "plate", "age", "years", "gender", "emotion", "picture", "embedding",
    "likeness", "thermal", "raster",
)  # fmt: skip
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DEEPEST = 4  # a key further up than this says too little of the value


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name says of a value."""

    category: str
    strength: str
    """SURE, MAYBE (usual for the category, but not for it alone) or WEAK (an abbreviation that says
    something only beside others, or with its unit)."""
    rest: frozenset[str]
    """Words of the name that the category does not explain, such as a unit."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: frozenset[str]
    category: str
    strength: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: dict[str, tuple[_Phrase, ...]]
    """By each of their words."""
    barred: dict[str, frozenset[str]]
    """Category to the words beside which it is something else."""
    known: frozenset[str]
    """Every word, for cutting glued ones."""


@lru_cache(maxsize=1)
def _words_of_use() -> dict[str, frozenset[str]]:
    """Return each list of words.toml: one for each language under its name, read as one."""
    text = (resources.files(__package__) / "words.toml").read_text("utf-8")
    return {
        name: frozenset(unmarked(word) for row in languages.values() for word in row)
        for name, languages in tomllib.loads(text).items()
    }


def word_list(name: str) -> frozenset[str]:
    """Return a list of words.toml, such as `observed`.  Raises `KeyError` for another name."""
    return _words_of_use()[name]


def _rows() -> list[tuple[str, dict[str, Any]]]:
    rows: list[tuple[str, dict[str, Any]]] = []
    for item in sorted(resources.files(__package__).iterdir(), key=lambda i: i.name):
        if item.name.startswith("names_") and item.name.endswith(".toml"):
            rows.extend(tomllib.loads(item.read_text("utf-8")).items())
    return rows


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as the lexicon has it, and as German writes it without umlauts."""
    plain = name.translate(_DIGRAPHS)
    return (name,) if plain == name else (name, plain)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    phrases: dict[str, list[_Phrase]] = {}
    barred: dict[str, set[str]] = {}
    known: set[str] = set()
    for category, row in _rows():
        barred.setdefault(category, set()).update(unmarked(word) for word in row.get("not", ()))
        for strength in (SURE, MAYBE, WEAK):
            for name in chain.from_iterable(map(_spellings, row.get(strength, ()))):
                parts = frozenset(chain.from_iterable(words(word) for word in name.split()))
                phrase = _Phrase(parts, category, strength)
                known.update(parts)
                for part in parts:
                    phrases.setdefault(part, []).append(phrase)
    return _Lexicon(
        {word: tuple(found) for word, found in phrases.items()},
        {category: frozenset(found) for category, found in barred.items()},
        frozenset(word for word in known if len(word) > 2) | _of_people(),
    )


def _of_people() -> frozenset[str]:
    """Return the words of what is made of people, for cutting glued ones: `platenumber`.

    Short ones stand within too many others: there is no age in `coverage`.
    """
    return frozenset(word for name in _OF_PEOPLE for word in word_list(name) if len(word) > 3)


@lru_cache(maxsize=8192)
def name_words(path: str, hint: str = "") -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the name proper and those of the keys above it.

    Keys that only hold a value (`value`, `payload`) are passed over; a hint such as the
    `name` beside a `value` counts as the name proper.
    """
    container = word_list("container")
    keys = [_cut(key) for key in segments(path)]
    if hint:
        named = _cut(hint)
        if not word_list("value_types").issuperset(named):
            keys.append(named)
    while len(keys) > 1 and all(word in container or word.isdigit() for word in keys[-1]):
        keys.pop()
    if not keys:
        return frozenset(), frozenset()
    above = chain.from_iterable(keys[-_DEEPEST:-1])
    return frozenset(keys[-1]), frozenset(above)


def _cut(name: str) -> tuple[str, ...]:
    known = _lexicon().known
    return tuple(chain.from_iterable(split_glued(word, known) for word in words(name)))


def read_name(path: str, hint: str = "") -> Reading | None:
    """Return what the name at the end of a key path says, or None.

    The phrase with the most words wins; at least one word must be in the name proper.
    """
    found = read_names(path, hint)
    return found[0] if found else None


@lru_cache(maxsize=8192)
def read_names(path: str, hint: str = "") -> tuple[Reading, ...]:
    """Return all that the name at the end of a key path may say, of each category once.

    What says most stands first; the others are as long and as strong as names of their category.
    """
    own, above = name_words(path, hint)
    # A name may also stand in the lexicon as it is written, glued.
    glued = frozenset({"".join(_raw(path, hint))})
    everything = own | above | glued
    best: dict[str, tuple[tuple[int, int, int, int], _Phrase]] = {}
    lexicon = _lexicon()
    for word in sorted(own | glued):
        for phrase in lexicon.phrases.get(word, ()):
            if not phrase.words <= everything:
                continue
            if (lexicon.barred[phrase.category] & everything) - phrase.words:
                continue
            score = (
                len(phrase.words & (own | glued)) * 2 + len(phrase.words),
                _ORDER[phrase.strength],
                len(word),
                -len(phrase.category),
            )
            if phrase.category not in best or score > best[phrase.category][0]:
                best[phrase.category] = (score, phrase)
    ordered = sorted(best.values(), key=lambda scored: scored[0], reverse=True)
    readings = (_reading(phrase, own) for score, phrase in ordered if score[0] == ordered[0][0][0])
    return tuple(reading for reading in readings if reading is not None)


def _reading(phrase: _Phrase, own: frozenset[str]) -> Reading | None:
    rest = own - phrase.words - word_list("container")
    if rest & word_list("settings"):
        return Reading("device_firmware_config", MAYBE, rest)
    if rest & word_list("about"):
        # A status or a flag of a sensor is not which sensor it is.
        itself = phrase.category in _ABOUT_ITSELF
        if not itself or (phrase.category == "device_identity" and phrase.strength != SURE):
            return None
    return Reading(phrase.category, phrase.strength, rest)


_ABOUT_ITSELF = frozenset({"device_health", "device_identity", "device_firmware_config"})


def _raw(path: str, hint: str) -> tuple[str, ...]:
    keys = segments(path)
    return words(hint or (keys[-1] if keys else ""))
