"""Field names cut into words: camelCase, snake_case, kebab-case and names glued to digits."""

import re
import unicodedata
from functools import lru_cache

# A chemical formula or particle size is one word, however it is written.
_START = r"(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))"
_GLUED = re.compile(
    r"(?i:pm)[ _\-.]?(?P<pm>0[ _.]?3|0[ _.]?5|1[ _.]?0(?=\D|$)|2[ _.,p]?5|10|1|4)(?![0-9])"
    rf"|{_START}(?P<gas>(?i:co2|no2|so2|nh3|h2s|o3|ch4)(?![a-z])"
    # Capitals that go on are another word: VOCHTIGHEID.
    r"|(?i:nox|tvoc|voc)(?![a-z]|(?!PP[BM])[A-Z]{2}))"
    rf"|{_START}(?P<level>(?i:la(?:f|s)?(?:eq|max|min|[0-9]{{2}})|lc(?:eq|max)|lden))(?![a-z])"
)
_SIZES = {"25": "2.5", "03": "0.3", "05": "0.5"}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z\u00df-\u00ff]+|[0-9]+|[^\W\d_]+")
_LIMIT = 80
_LONGEST_GLUED = 40


def _mend(match: re.Match[str]) -> str:
    size = match["pm"]
    if not size:
        return f" \0{(match['gas'] or match['level']).lower()}\0 "
    digits = re.sub(r"\D", "", size)
    if digits == "10" and digits != size:
        digits = "1"  # 1_0 is one, and 10 is ten
    return f" \0pm{_SIZES.get(digits, digits)}\0 "


def unmarked(name: str) -> str:
    """Return a name with its letters without marks: `matrícula` gives matricula, `Tür` gives Tur.

    A German ß becomes ss.  Letters that are no Latin ones with a mark stay as they are.
    """
    if name.isascii():
        return name
    apart = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """Return the lower-case words of a field name, in order and without marks on letters.

    `soilTemp` gives soil, temp; `PM2_5` gives pm2.5; `kentekenHash` gives kenteken, hash.
    A name longer than 80 characters is cut.
    """
    found: list[str] = []
    name = unmarked(name[:_LIMIT])
    for i, part in enumerate(_GLUED.sub(_mend, name).split("\0")):
        if i % 2:
            found.append(part)
        else:
            found.extend(word.lower() for word in _WORD.findall(part))
    return tuple(found)


def segments(path: str) -> list[str]:
    """Return the keys of a key path, without list positions and without empty ones."""
    return [key for key in path.replace("[]", "").split(".") if key]


_SHORT_ENDS = ("in", "age")
"""Too short to be looked for everywhere: there is no age in `garage`.  Counts come in pairs:
`peoplein`, `peopleout`."""
_LONG_ENOUGH = 8


def split_glued(word: str, known: frozenset[str], shortest: int = 3) -> tuple[str, ...]:
    """Return the known words that a glued word consists of, or the word itself.

    Dutch and German write `luchttemperatuur`, and many devices `soilmoisture`.
    """
    if word in known or not 2 * shortest <= len(word) <= _LONGEST_GLUED:
        return (word,)
    return _whole(word, known, shortest) or _with_short_end(word, known, shortest) or (word,)


def _whole(word: str, known: frozenset[str], shortest: int) -> tuple[str, ...]:
    """Return the fewest known words that a word consists of; empty if something is left over."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(shortest, len(word) + 1):
        for start in range(end - shortest + 1):
            if start in best and word[start:end] in known:
                candidate = (*best[start], word[start:end])
                if end not in best or len(candidate) < len(best[end]):
                    best[end] = candidate
    return best.get(len(word), ())


def _with_short_end(word: str, known: frozenset[str], shortest: int) -> tuple[str, ...]:
    """Return the parts of a word that begins or ends with a short one; empty if it does not."""
    for short in _SHORT_ENDS if len(word) >= _LONG_ENOUGH else ():
        if word.endswith(short):
            parts = _whole(word.removesuffix(short), known, shortest)
            if parts:
                return (*parts, short)
        if word.startswith(short):
            parts = _whole(word.removeprefix(short), known, shortest)
            if parts:
                return (short, *parts)
    return ()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: how a detector writes its own context words."""
    return frozenset(unmarked(text).split())
