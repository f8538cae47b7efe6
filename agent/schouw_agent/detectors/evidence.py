"""How sure several pieces of evidence make: the one place where they are combined.

Each piece has a weight in log-odds, and weights add up (Good, Probability and the Weighing of
Evidence, 1950).  What speaks against a category weighs as well.  docs/accuracy.md shows how often
each confidence is right.
"""

import math
from functools import lru_cache
from typing import NamedTuple


class Evidence(NamedTuple):
    """One thing that speaks for or against a category."""

    weight: float
    """Log-odds: 0 says nothing, 1.75 alone makes 0.85, 0.5 makes 0.62."""
    basis: str
    """What of `Match.basis` it is; empty if it speaks against."""


# What the field is called.
NAMED = Evidence(1.75, "field_name")
"""A name that is usual for the category alone."""
NAMED_SURELY = Evidence(2.2, "field_name")
"""Several words that together leave no doubt, such as person and track and id."""
NAMED_PERHAPS = Evidence(0.5, "field_name")
"""A name that other things have as well."""
NAMED_FAINTLY = Evidence(-0.6, "field_name")
"""An abbreviation such as t or h: nothing by itself."""
NAMED_BY_TOPIC = Evidence(-0.6, "field_name")
"""The name stands in the topic and not beside the value."""

# What unit it has.
UNIT_FITS = Evidence(1.2, "unit")
UNIT_ALONE = Evidence(0.6, "unit")
"""No name, but a unit that only one category has."""
UNIT_CLASHES = Evidence(-2.0, "")

# What the value looks like.
RANGE_TELLS = Evidence(0.7, "value_structure")
"""Within a range so narrow that few other quantities would be."""
RANGE_DENIES = Evidence(-1.6, "")
SHAPE_TELLS = Evidence(1.75, "value_structure")
"""A notation that hardly anything else has, such as a MAC address with separators."""
SHAPE_FITS = Evidence(0.6, "value_structure")
"""A notation that other things have as well, such as twelve hexadecimal digits."""
SHAPE_DENIES = Evidence(-1.6, "")
CHECK_DIGIT = Evidence(2.2, "check_digit")
SIGNATURE = Evidence(3.5, "media_signature")

# What stands around it.
CONTEXT = Evidence(0.9, "field_name")
"""Other words of the message speak of the same."""
LISTED = Evidence(0.5, "value_structure")
"""It repeats in a list, beside others of its kind."""
SAID = Evidence(0.5, "self_declared")
"""The device says of itself that it does this."""
AGAINST = Evidence(-0.9, "")
"""Other words of the message speak of something else."""

_HIGHEST = 0.97
"""Nobody looked at the device itself."""


class Judgement(NamedTuple):
    """How sure it is, and what that rests on."""

    confidence: float
    basis: tuple[str, ...]


@lru_cache(maxsize=1024)
def weigh(*evidence: Evidence) -> Judgement:
    """Return the confidence, 0 to 1, that the pieces make together, and the basis of each."""
    odds = sum(each.weight for each in evidence)
    confidence = min(_HIGHEST, 1 / (1 + math.exp(-odds)))
    return Judgement(confidence, tuple(dict.fromkeys(e.basis for e in evidence if e.basis)))
