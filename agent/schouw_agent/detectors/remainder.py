"""What no detector could name: said, so that nothing is lost silently."""

from collections.abc import Container, Iterable, Sequence

from schouw_agent.detectors.naming import is_number
from schouw_agent.recognition.looks import form_of, look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import name_words, word_list

_CONFIDENCE = 0.5
_OPAQUE = ("base64", "base64 long")
_TELLS_NOTHING = ("", "time", "word flag", "short")


def remaining(
    leaves: Sequence[Leaf], found: Iterable[Match], opened: Container[str]
) -> list[Match]:
    """Return unclassified matches for the leaves that no match of a half or more speaks of.

    Moments, counters of messages and single words that say nothing are passed over, and so are
    texts that were opened as a content of their own.
    """
    named = {m.path for m in found if m.confidence >= _CONFIDENCE}
    rest: dict[str, Match] = {}
    for leaf in leaves:
        if leaf.path in named or leaf.path in rest or leaf.path in opened:
            continue
        category = _category(leaf)
        if category:
            rest[leaf.path] = Match(
                leaf.path,
                category,
                _CONFIDENCE,
                ("value_structure",),
                form_of(leaf.value),
                leaf.subject,
            )
    return list(rest.values())


def _category(leaf: Leaf) -> str:
    value = leaf.value
    if isinstance(value, bytes):
        return "opaque_payload"
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        kind = look(value)
        if leaf.hint == "opaque" or kind in _OPAQUE:
            return "opaque_payload"
        if kind in _TELLS_NOTHING:
            return ""
        if not kind.startswith("number"):
            return "text_unclassified"
    own, _ = name_words(leaf.path)
    if own & word_list("time"):
        return ""
    return "numeric_unclassified" if is_number(value) else "text_unclassified"
