"""What lies around a value in its message: the words beside it, the looks of its neighbours."""

from collections.abc import Sequence

from schouw_agent.plugins import Context
from schouw_agent.recognition.looks import look
from schouw_agent.recognition.values import WORD_KEYS
from schouw_agent.records import Leaf
from schouw_agent.vocabulary.lexicon import name_words, word_list
from schouw_agent.vocabulary.names import words
from schouw_agent.vocabulary.topics import topic_words


def own_words(leaf: Leaf) -> frozenset[str]:
    """Return the words of a leaf's own key, or of its hint."""
    return name_words(leaf.path, leaf.hint)[0]


def all_words(leaf: Leaf) -> frozenset[str]:
    """Return the words of a leaf's own key and the keys above it."""
    own, above = name_words(leaf.path, leaf.hint)
    return own | above


def message_words(leaves: Sequence[Leaf], context: Context) -> frozenset[str]:
    """Return every word of the message's keys and topic, and of what it says its type is."""
    found = set(topic_words(context.topic))
    for leaf in leaves:
        found |= all_words(leaf)
        if leaf.path in WORD_KEYS and isinstance(leaf.value, str) and len(leaf.value) <= 32:
            found.update(words(leaf.value))
    return frozenset(found)


def is_about(words: frozenset[str], name: str) -> bool:
    """Return whether a word of a list of words.toml is among the words."""
    return not word_list(name).isdisjoint(words)


def observed_words(leaf: Leaf) -> frozenset[str]:
    """Return the words around a leaf that say that it is of somebody or something that was seen.

    One station that is not listed is the sender's own side of its link (`wifi_sta`).
    """
    seen = all_words(leaf) & word_list("observed")
    return seen if "[]" in leaf.path else seen - {"sta"}


def any_look(leaves: Sequence[Leaf], *looks: str) -> bool:
    """Return whether a text of the message has one of the looks."""
    return any(look(leaf.value) in looks for leaf in leaves)


def parent(path: str) -> str:
    """Return the key path of the object that a leaf lies in."""
    return path.rpartition(".")[0]
