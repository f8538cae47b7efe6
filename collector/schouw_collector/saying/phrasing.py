"""Pieces of the texts of verdicts and findings, in plain Dutch (B1) and English."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.records import Words

CLASS_NAMES = {
    "none": Words(nl="gegevens over dingen", en="data about things"),
    "environmental": Words(nl="gegevens over de omgeving", en="data about the surroundings"),
    "aggregate_people": Words(nl="aantallen", en="numbers"),
    "pseudonymous": Words(
        nl="gegevens per persoon, voertuig of telefoon, zonder naam",
        en="data on single persons, vehicles or telephones, without a name",
    ),
    "personal": Words(nl="persoonsgegevens", en="personal data"),
    "special_category": Words(
        nl="bijzondere persoonsgegevens", en="special categories of personal data"
    ),
}
"""Names of the privacy classes: a screening level, not a legal conclusion."""


def same(text: str) -> Words:
    """Return a text that is equal in both languages, such as a name."""
    return Words(nl=text, en=text)


def category_name(category: str) -> Words:
    """Return the name of a category, in quotation marks; its id if it is not known."""
    known = CATEGORIES.get(category)
    return Words(nl=f"“{known.nl}”", en=f"“{known.en}”") if known else same(f"“{category}”")


def category_names(categories: Iterable[str]) -> Words:
    """Return the names of categories as a list in words."""
    return _category_names(tuple(categories))


@lru_cache(maxsize=4096)
def _category_names(categories: tuple[str, ...]) -> Words:
    return listed([category_name(category) for category in categories])


def listed(items: Iterable[Words]) -> Words:
    """Return "a, b en c" and "a, b and c"; "niets" and "nothing" for an empty list."""
    rows = list(items)
    if not rows:
        return Words(nl="niets", en="nothing")
    return Words(
        nl=_joined([row.nl for row in rows], "en"), en=_joined([row.en for row in rows], "and")
    )


def _joined(texts: list[str], last: str) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def messages(count: int) -> Words:
    """Return a number of messages in words."""
    return Words(
        nl="1 bericht" if count == 1 else f"{count} berichten",
        en="1 message" if count == 1 else f"{count} messages",
    )


_SPANS = (
    (86_400, "dag", "dagen", "day", "days"),
    (3_600, "uur", "uur", "hour", "hours"),
    (60, "minuut", "minuten", "minute", "minutes"),
    (1, "seconde", "seconden", "second", "seconds"),
)


@lru_cache(maxsize=4096)
def duration(seconds: float) -> Words:
    """Return a length of time in the largest unit of which it holds at least two, or one."""
    for size, *names in _SPANS:
        count = round(seconds / size)
        if seconds > 1.95 * size or abs(seconds - size) < size / 120 or size == 1:
            one = count == 1
            return Words(
                nl=f"{count} {names[0] if one else names[1]}",
                en=f"{count} {names[2] if one else names[3]}",
            )
    raise AssertionError("seconds are the last unit")


def figure(number: float) -> Words:
    """Return a number with at most two decimals, as each language writes it."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return Words(nl=text.replace(".", ","), en=text)


@lru_cache(maxsize=4096)
def day(moment: date) -> Words:
    """Return a date as each language writes it."""
    from babel.dates import format_date

    return Words(
        nl=format_date(moment, "long", locale="nl"), en=format_date(moment, "long", locale="en_GB")
    )


def percent(share: float) -> str:
    """Return a share as a percentage, rounded down so that 100% means all."""
    return f"{int(share * 100)}%"


def octets(count: int) -> Words:
    """Return a number of octets in a readable unit."""
    for size, unit in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= size:
            value = f"{count / size:.1f}"
            return Words(nl=f"{value.replace('.', ',')} {unit}", en=f"{value} {unit}")
    return Words(nl=f"{count} bytes", en=f"{count} bytes")
