"""Topics and URL paths as far as they bear meaning: their words, not their numbers."""

from functools import lru_cache

from schouw_agent.vocabulary.names import words

_MOST_LEVELS = 12
_COMMANDS = frozenset(("set", "cmd", "cmnd", "command", "get", "control", "opdracht"))


@lru_cache(maxsize=16384)
def topic_template(topic: str) -> str:
    """Return a topic with every level that holds a number, or is long, replaced by `+`.

    A formula such as co2 is a word and no number.
    """
    levels = topic.partition("?")[0].split("/")[:_MOST_LEVELS]
    return "/".join("+" if _is_variable(level) else level for level in levels)


def _is_variable(level: str) -> bool:
    return len(level) > 32 or any(word.isdigit() for word in words(level))


@lru_cache(maxsize=4096)
def topic_words(template: str) -> frozenset[str]:
    """Return every word of a topic template."""
    return frozenset(word for level in template.split("/") for word in words(level))


@lru_cache(maxsize=4096)
def topic_path(template: str) -> str:
    """Return the last two levels of a topic as a key path, for a payload without names."""
    levels = [level for level in template.split("/") if level and level != "+"]
    return ".".join(level.replace(".", "_") for level in levels[-2:])


@lru_cache(maxsize=4096)
def is_command(template: str) -> bool:
    """Return whether a topic carries commands to a device."""
    return not _COMMANDS.isdisjoint(template.lower().split("/")[-2:])
