"""What a name, a unit, a type and a range together say of a value."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from schouw_agent.detectors.evidence import (
    CONTEXT,
    NAMED,
    NAMED_BY_TOPIC,
    NAMED_FAINTLY,
    NAMED_PERHAPS,
    RANGE_DENIES,
    RANGE_TELLS,
    UNIT_ALONE,
    UNIT_CLASHES,
    UNIT_FITS,
    Evidence,
    weigh,
)
from schouw_agent.detectors.surroundings import is_about, message_words
from schouw_agent.plugins import Context
from schouw_agent.recognition.looks import form_of, look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.lexicon import (
    MAYBE,
    SURE,
    WEAK,
    Reading,
    name_words,
    read_name,
    read_names,
    word_list,
)
from schouw_agent.vocabulary.quantities import (
    QUANTITIES,
    Quantity,
    category_of_unit,
    dimensions_of,
)
from schouw_agent.vocabulary.topics import is_command, topic_path

_STRENGTHS = {SURE: NAMED, MAYBE: NAMED_PERHAPS, WEAK: NAMED_FAINTLY}
_COUNTS = frozenset(
    (
        "people_count", "pedestrian_flow", "vehicle_count", "bicycle_count",
        "observed_device_count",
    )
)  # fmt: skip
_PROSE = ("text", "text long")
"""Looks of texts that are no measurement, whatever they are called."""
_LOWEST = 0.3
"""Weaker than this is not worth saying."""


class Named(NamedTuple):
    """What name, unit and type say of a leaf."""

    category: str
    evidence: tuple[Evidence, ...]
    confidence: float


_said_of: dict[int, tuple[Leaf, Context, "Named | None"]] = {}
"""By the identity of a leaf, of the message that was asked about last: each detector asks anew."""
_MOST_SAID = 1024


def named(leaf: Leaf, context: Context) -> Named | None:
    """Return the category that fits the leaf best, or None.

    A value without a name (a bare payload) is named by its topic, and believed less.
    """
    known = _said_of.get(id(leaf))
    if known is not None and known[0] is leaf and known[1] is context:
        return known[2]
    if len(_said_of) >= _MOST_SAID or (
        _said_of and next(iter(_said_of.values()))[1] is not context
    ):
        _said_of.clear()  # no value is held beyond its message
    found = _named(leaf, context)
    _said_of[id(leaf)] = (leaf, context, found)
    return found


def _named(leaf: Leaf, context: Context) -> Named | None:
    reading = _as_command(leaf) if is_command(context.topic) else read_name(leaf.path, leaf.hint)
    evidence: tuple[Evidence, ...] = ()
    if reading is None and context.topic:
        reading = _by_topic(leaf, context.topic)
        # The range is not looked at: the structure's key knows no name from a topic.
        leaf = leaf._replace(unit=leaf.unit or "-")
        evidence = (NAMED_BY_TOPIC,)
    if reading is None:
        return _by_unit(leaf)
    if is_command(context.topic) and not reading.category.startswith("actuation_"):
        return None
    reading = _fitting(leaf, reading)
    if reading is None:
        return None
    quantity = QUANTITIES[reading.category]
    evidence += (_STRENGTHS[reading.strength], *_measured(leaf, reading, quantity))
    return _said(reading.category, evidence)


def _as_command(leaf: Leaf) -> Reading | None:
    """Return what a name says of what a device is told: `Helligkeit` may also be measured."""
    readings = read_names(leaf.path, leaf.hint)
    commands = (reading for reading in readings if reading.category.startswith("actuation_"))
    return next(commands, readings[0] if readings else None)


def _fitting(leaf: Leaf, reading: Reading) -> Reading | None:
    """Return the first of the readings of a name whose type the value has.

    Of a number only the first counts: whether it is plausible was looked at for that one.
    """
    several = () if is_number(leaf.value) else read_names(leaf.path, leaf.hint)
    for each in (reading, *several):
        quantity = QUANTITIES.get(each.category)
        if quantity is None or not fits_type(leaf.value, quantity.type):
            continue
        if not (quantity.ranges and look(leaf.value) in _PROSE):
            return each
    return None


def _said(category: str, evidence: tuple[Evidence, ...]) -> Named | None:
    confidence = weigh(*evidence).confidence
    return Named(category, evidence, confidence) if confidence >= _LOWEST else None


def _by_topic(leaf: Leaf, topic: str) -> Reading | None:
    if not leaf.path:
        return read_name(topic_path(topic))
    if name_words(leaf.path)[0] <= word_list("counting"):
        reading = read_name(f"{topic_path(topic)}.{leaf.path}")
        return reading if reading and reading.category in _COUNTS else None
    return None


def _by_unit(leaf: Leaf) -> Named | None:
    """Return what a unit says of a value whose key only says that it is one."""
    if not leaf.unit or not is_number(leaf.value):
        return None
    own, _ = name_words(leaf.path, leaf.hint)
    if not {word for word in own if not word.isdigit()} <= word_list("container"):
        return None
    category = category_of_unit(leaf.unit)
    return _said(category, (UNIT_ALONE,)) if category else None


def _measured(leaf: Leaf, reading: Reading, quantity: Quantity) -> tuple[Evidence, ...]:
    unit = unit_of(leaf)
    known = dimensions_of(unit) if unit else frozenset()
    found: tuple[Evidence, ...] = ()
    if known:
        if known & quantity.dimensions:
            found += (UNIT_FITS,)
        elif quantity.type == "number" or (leaf.unit and quantity.dimensions):
            found += (UNIT_CLASHES,)
    elif any(dimensions_of(word) & quantity.dimensions for word in reading.rest):
        found += (UNIT_FITS,)
        unit = "named"
    number = as_number(leaf.value)
    if number is not None and not unit and quantity.ranges:
        if not quantity.plausible(number):
            found += (RANGE_DENIES,)
        elif len(quantity.ranges) > 1:
            found += (RANGE_TELLS,)
    return found


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
        return isinstance(value, str) and not look(value).startswith(
            ("number", "time", "word flag")
        )
    return not (isinstance(value, str) and look(value) in ("time", "url", "url media"))


def by_name(
    categories: frozenset[str], about: str = ""
) -> Callable[[Sequence[Leaf], Context], list[Match]]:
    """Return a detect function for the categories that a name, unit and range decide.

    `about` is a list of words.toml: one of its words elsewhere in the message speaks for them.
    """

    def detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
        found: list[tuple[Leaf, Named]] = []
        for leaf in leaves:
            said = named(leaf, context)
            if said is not None and said.category in categories:
                found.append((leaf, said))
        around = (CONTEXT,) if found and about and _speaks_of(leaves, context, about) else ()
        return [match(leaf, said.category, *said.evidence, *around) for leaf, said in found]

    return detect


def _speaks_of(leaves: Sequence[Leaf], context: Context, about: str) -> bool:
    return is_about(message_words(leaves, context), about)


def match(leaf: Leaf, category: str, *evidence: Evidence) -> Match:
    """Return a match for a leaf, as sure as the evidence makes it, with its form and subject."""
    confidence, basis = weigh(*evidence)
    return Match(leaf.path, category, confidence, basis, form_of(leaf.value), leaf.subject)
