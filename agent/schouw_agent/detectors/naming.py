"""How sure a name, a unit, a type and a range together make a detector."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from schouw_agent.looks import form_of, look
from schouw_agent.plugins import Context
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import Reading, name_words, read_name, word_list
from schouw_agent.vocabulary.quantities import QUANTITIES, Quantity, dimensions_of
from schouw_agent.vocabulary.topics import is_command, topic_path

_SURE = 0.85
_MAYBE = 0.62
_UNIT_FITS = 0.1
_UNIT_CLASHES = 0.4
_IN_NARROW_RANGE = 0.15
_OUT_OF_RANGE = 0.3
_FROM_TOPIC = 0.1
_HIGHEST = 0.97
_COUNTS = frozenset(
    (
        "people_count", "pedestrian_flow", "vehicle_count", "bicycle_count",
        "observed_device_count",
    )
)  # fmt: skip
_LOWEST = 0.3
"""Weaker than this is not worth saying."""


class Named(NamedTuple):
    """What name, unit and type say of a leaf."""

    category: str
    confidence: float
    basis: tuple[str, ...]


def named(leaf: Leaf, context: Context) -> Named | None:
    """Return the category that fits the leaf best, or None.

    A value without a name (a bare payload) is named by its topic, and believed less.
    """
    reading = read_name(leaf.path, leaf.hint)
    confidence = 0.0
    if reading is None and context.topic:
        reading = _by_topic(leaf, context.topic)
        # The range is not looked at: the structure's key knows no name from a topic.
        leaf = leaf._replace(unit=leaf.unit or "-")
        confidence -= _FROM_TOPIC
    if reading is None:
        return None
    if is_command(context.topic) and not reading.category.startswith("actuation_"):
        return None
    quantity = QUANTITIES.get(reading.category)
    if quantity is None or not fits_type(leaf.value, quantity.type):
        return None
    confidence += {"sure": _SURE, "maybe": _MAYBE}.get(reading.strength, 0.35)
    change, basis = _evidence(leaf, reading, quantity)
    confidence = min(_HIGHEST, confidence + change)
    return Named(reading.category, confidence, basis) if confidence >= _LOWEST else None


def _by_topic(leaf: Leaf, topic: str) -> Reading | None:
    if not leaf.path:
        return read_name(topic_path(topic))
    if name_words(leaf.path)[0] <= word_list("counting"):
        reading = read_name(f"{topic_path(topic)}.{leaf.path}")
        return reading if reading and reading.category in _COUNTS else None
    return None


def _evidence(leaf: Leaf, reading: Reading, quantity: Quantity) -> tuple[float, tuple[str, ...]]:
    basis: tuple[str, ...] = ("field_name",)
    unit = unit_of(leaf)
    known = dimensions_of(unit) if unit else frozenset()
    change = 0.0
    if known:
        if known & quantity.dimensions:
            change += _UNIT_FITS
            basis += ("unit",)
        elif quantity.type == "number":
            change -= _UNIT_CLASHES
    elif any(dimensions_of(word) & quantity.dimensions for word in reading.rest):
        change += _UNIT_FITS
        basis += ("unit",)
        unit = "named"
    number = as_number(leaf.value)
    if number is not None and not unit and quantity.ranges:
        if not quantity.plausible(number):
            change -= _OUT_OF_RANGE
        elif len(quantity.ranges) > 1:
            change += _IN_NARROW_RANGE
            basis += ("value_structure",)
    return change, basis


def unit_of(leaf: Leaf) -> str:
    """Return the unit that a leaf declares, or that stands in its text; empty if none."""
    if leaf.unit or not isinstance(leaf.value, str):
        return leaf.unit
    return look(leaf.value).partition("number ")[2]


def as_number(value: object) -> float | None:
    """Return a plain number as such, else None: numbers in text are not read."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None


def is_number(value: object) -> bool:
    """Return whether a value is a number, numbers, or text that is one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float, list)):
        return True
    return isinstance(value, str) and look(value).startswith("number")


def fits_type(value: object, kind: str) -> bool:
    """Return whether a value can be of the kind: number, flag, text or any."""
    if value is None:
        return False
    if kind == "number":
        return is_number(value)
    if kind == "flag":
        return isinstance(value, (bool, int, float)) or (
            isinstance(value, str) and look(value) == "word flag"
        )
    if kind == "text":
        return isinstance(value, str)
    return not (isinstance(value, str) and look(value) in ("time", "url", "url media"))


def by_name(
    categories: frozenset[str],
) -> Callable[[Sequence[Leaf], Context], list[Match]]:
    """Return a detect function for the categories that a name, unit and range decide."""

    def detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
        found = []
        for leaf in leaves:
            said = named(leaf, context)
            if said is not None and said.category in categories:
                found.append(match(leaf, said.category, said.confidence, *said.basis))
        return found

    return detect


def match(leaf: Leaf, category: str, confidence: float, *basis: str) -> Match:
    """Return a match for a leaf, with its form and subject."""
    return Match(leaf.path, category, confidence, basis, form_of(leaf.value), leaf.subject)
