"""The option by which every command is told in which language to speak."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from schouw_collector.saying.wording import Wording


class Language(StrEnum):
    """Language of the terminal."""

    nl = "nl"
    en = "en"


InLanguage = Annotated[
    Language | None,
    typer.Option("--language", help="Of the terminal; default: the locale, else English."),
]


def wording(language: Language | None) -> "Wording":
    """Return the texts of the language that was asked for, else of the locale."""
    from schouw_collector import config
    from schouw_collector.saying.wording import Wording

    return Wording(language.value if language else config.language())
