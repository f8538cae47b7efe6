"""Texts, numbers and dates in the language of the reader.

Texts stand in `locale/*.toml`.  Figures and dates are written by Babel (Unicode CLDR).
"""

import math
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.records import Finding, Group, Words

LANGUAGES = ("nl", "en")
_CLDR = {"nl": "nl", "en": "en_GB"}
_UNITS = (
    (1_000_000_000, "digital-gigabyte"),
    (1_000_000, "digital-megabyte"),
    (1_000, "digital-kilobyte"),
    (1, "digital-byte"),
)


def printable(text: str) -> str:
    """Return the text without characters that control a terminal or reorder what is read.

    Control, format (bidirectional, zero-width), surrogate and line-separating characters go:
    Unicode categories Cc, Cf, Cs, Zl and Zp.  White space becomes one space.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join("".join(kept).split(" "))


class Wording:
    """The texts of one language, called by key: `wording("check.seen", n=3)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._cldr = _CLDR[language]
        self._texts = _texts(language)

    def __call__(self, key: str, **values: Any) -> str:
        """Return the text of a key with the values in it, each written in this language.

        A text with a table `one` and `other` is chosen by the value `n`.  Raises `KeyError`
        for a key that the language does not have.
        """
        text = self._texts[key]
        if isinstance(text, Mapping):
            text = text["one" if values.get("n") == 1 else "other"]
        return str(text).format_map({name: self.show(value) for name, value in values.items()})

    def __contains__(self, key: str) -> bool:
        """Return whether the language has a text for a key."""
        return key in self._texts

    def show(self, value: object) -> str:
        """Return a value as this language writes it."""
        if isinstance(value, Words):
            return self.of(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return str(format_date(value, "long", locale=self._cldr))
        if isinstance(value, (int, float)):
            return str(format_decimal(value, locale=self._cldr))
        return printable(str(value))

    def of(self, words: Words) -> str:
        """Return the text of this language out of both."""
        return printable(words.nl if self.language == "nl" else words.en)

    def name(self, group: str, id_: str) -> str:
        """Return what people call an id of a group such as `basis`; the id if it has no name."""
        key = f"{group}.{id_}"
        return self(key) if key in self else printable(id_).replace("_", " ")

    def title(self, finding: Finding) -> str:
        """Return what a finding is called, with the kind of data that it is about."""
        if not finding.category:
            return self.of(finding.title)
        return f"{self.of(finding.title)}: {self.category(finding.category)}"

    def group_title(self, group: Group) -> str:
        """Return what a group is called, with the kind of data if all of it is about one."""
        if not group.category:
            return self.of(group.title)
        return f"{self.of(group.title)}: {self.category(group.category)}"

    def form(self, text: str) -> str:
        """Return what a value looks like, as `Emission.form` says it in English."""
        number, _, rest = text.partition(" ")
        if number.isdecimal() and f"form.# {rest}" in self:
            return self(f"form.# {rest}", n=int(number))
        key = f"form.{text}"
        return self(key) if key in self else printable(text)

    def shape(self, text: str) -> str:
        """Return what a stream resembles, as `Emission.consistent_with` says it in English."""
        kind, comma, amounts = text.partition(", ")
        key = f"shape.{kind}"
        return (self(key) if key in self else printable(kind)) + comma + printable(amounts)

    def category(self, id_: str) -> str:
        """Return the name of a data category; the id if this version does not know it."""
        category = CATEGORIES.get(id_)
        if category is None:
            return printable(id_)
        return category.nl if self.language == "nl" else category.en

    def privacy_class(self, category: str) -> str:
        """Return the name of the privacy class of a category."""
        known = CATEGORIES.get(category)
        return self.name("class", known.privacy_class if known else "unknown")

    def share(self, share: float | None) -> str:
        """Return a share as a percentage, rounded down so that 100 % means all."""
        if share is None:
            return self("share.none")
        if 0 < share < 0.01:
            return self("share.small")
        return str(format_percent(math.floor(share * 100 + 1e-9) / 100, locale=self._cldr))

    def confidence(self, confidence: float) -> str:
        """Return a confidence of 0 to 1 in words and in figures."""
        steps = ((0.95, "very_high"), (0.8, "high"), (0.5, "moderate"), (0.0, "low"))
        word = next(name for least, name in steps if confidence >= least)
        figure = format_decimal(confidence, format="0.00", locale=self._cldr)
        return f"{self(f'confidence.{word}')} ({figure})"

    def octets(self, octets: int) -> str:
        """Return a number of octets in a unit that reads easily."""
        size, unit = next((u for u in _UNITS if octets >= u[0]), _UNITS[-1])
        figure = round(octets / size, 1 if octets >= 1000 else 0)
        return str(format_unit(figure, unit, length="short", locale=self._cldr))

    def moment(self, moment: datetime) -> str:
        """Return date and time to the second, in UTC."""
        text = format_datetime(
            moment.astimezone(UTC), "d MMMM yyyy HH:mm:ss", tzinfo=UTC, locale=self._cldr
        )
        return f"{text} UTC"

    def period(self, start: datetime, end: datetime) -> str:
        """Return a period in UTC, with its length; the date once if it is one day."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        length = self.duration(last - first)
        if first.date() != last.date():
            return self("period.days", start=first, end=last, length=length)
        return self(
            "period.day",
            day=first.date(),
            start=format_time(first, "HH:mm", tzinfo=UTC, locale=self._cldr),
            end=format_time(last, "HH:mm", tzinfo=UTC, locale=self._cldr),
            length=length,
        )

    def duration(self, length: timedelta) -> str:
        """Return a length of time in its largest fitting unit."""
        return str(format_timedelta(length, threshold=1.5, locale=self._cldr))

    def several(self, items: Iterable[str]) -> str:
        """Return the items in one phrase: "a, b and c"."""
        return str(format_list(list(items), locale=self._cldr))


@cache
def _texts(language: str) -> Mapping[str, Any]:
    folder = resources.files("schouw_collector.locale")
    tables = tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))
    return {
        f"{group}.{key}": text for group, table in tables.items() for key, text in table.items()
    }
