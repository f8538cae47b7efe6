"""The yearly inspection as a page for the council, in Dutch and in English, without script.

Accessible by WCAG 2.2 AA; readable on paper and at 320 pixels.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from schouw_agent.errors import ConfigError
from schouw_collector.apk.apk_record import Apk, trend
from schouw_collector.reports.pages import environment
from schouw_collector.saying.wording import LANGUAGES, Wording

_SYMBOLS = {
    "shown": "=",
    "declared": "–",
    "contradicted": "≠",
    "not_shown": "×",
    "not_applicable": "/",
    "not_assessable": "?",
}
_LOOKS = {
    "shown": "as_declared",
    "contradicted": "differs",
    "not_shown": "not_assessable",
    "not_assessable": "not_assessable",
}
"""As what of the report a state looks."""


def render_apk(found: Apk, earlier: Sequence[Apk], language: str) -> bytes:
    """Return the page in UTF-8; `earlier` are the outcomes of other years."""
    outcomes = sorted([*earlier, found], key=lambda each: each.day)
    page = (
        environment()
        .get_template("apk.html")
        .render(
            apk=found,
            w=Wording(language),
            symbols=_SYMBOLS,
            looks=defaultdict(str, _LOOKS),
            days=[each.day for each in outcomes],
            years=trend(outcomes) if earlier else (),
            titles={answer.number: answer.title for answer in found.items},
        )
    )
    return page.encode()


def write_pages(folder: Path, found: Apk, earlier: Sequence[Apk]) -> None:
    """Write `apk.json`, `apk.nl.html` and `apk.en.html` into a folder, which is made.

    Raises `ConfigError` if that fails.
    """
    files = {"apk.json": found.model_dump_json(by_alias=True, indent=2).encode()}
    files |= {f"apk.{lang}.html": render_apk(found, earlier, lang) for lang in LANGUAGES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, octets in files.items():
            (folder / name).write_bytes(octets)
    except OSError as error:
        raise ConfigError(f"{folder}: {error.strerror}") from None
