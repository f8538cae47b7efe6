"""Topic filters: which are some, what they fit, and what lies within what."""

import itertools

import pytest

from schouw_agent.topic_filters import check_filter, fits, within

FILTERS = ["#", "a", "a/#", "a/b", "+", "+/b", "a/+", "+/+", "a/+/#", "$SYS/#", "$SYS/a", "/", "/a"]
TOPICS = ["a", "b", "a/b", "a/c", "b/b", "a/b/c", "a/", "/", "/a", "$SYS/a", "$SYS/b", "$SYS"]
FIT = [
    ("#", "a/b", True),
    ("#", "$SYS/a", False),
    ("+/a", "$SYS/a", False),
    ("$SYS/#", "$SYS/a", True),
    ("$SYS/#", "$SYS", True),
    ("a/#", "a", True),
    ("a/+", "a", False),
    ("a/+", "a/", True),
    ("+", "/a", False),
    ("+/+", "/a", True),
    ("a/b", "a/b/c", False),
]


@pytest.mark.parametrize(("topic_filter", "topic", "fitting"), FIT)
def test_fits(topic_filter: str, topic: str, fitting: bool) -> None:
    assert fits(topic_filter, topic) is fitting


@pytest.mark.parametrize("inner", FILTERS)
@pytest.mark.parametrize("outer", FILTERS)
def test_within_agrees_with_what_fits(inner: str, outer: str) -> None:
    """What lies within fits nothing more; what does not, fits something more."""
    levels = ["a", "b", "", "$SYS", "zz"]
    topics = {"/".join(each) for n in (1, 2, 3, 4) for each in itertools.product(levels, repeat=n)}
    more = [topic for topic in topics if fits(inner, topic) and not fits(outer, topic)]
    assert within(inner, outer) is (not more)


@pytest.mark.parametrize(
    "text", ["", "a#", "a/#/b", "#/", "a+", "+a/b", "a\0b", "$share/g/a", "a" * 70_000]
)
def test_what_is_no_filter(text: str) -> None:
    with pytest.raises(ValueError, match=r"topic filter|shared subscription"):
        check_filter(text)


@pytest.mark.parametrize("text", FILTERS)
def test_what_is_one(text: str) -> None:
    assert check_filter(text) == text
