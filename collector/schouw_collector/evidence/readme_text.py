"""`README.txt` of an evidence folder, in both languages."""

import textwrap
from collections.abc import Iterable

from schouw_agent.report import Report
from schouw_collector.saying.wording import LANGUAGES, Wording

_KIND_OF_FILE = {
    "README.txt": "readme",
    "assessment.json": "json",
    "findings.csv": "csv",
    "inventory.dsse.json": "inventory",
    "manifest.dsse.json": "signature",
    "manifest.json": "manifest",
    "report.en.html": "html",
    "report.nl.html": "html",
}


def readme(report: Report, files: Iterable[str], fingerprint: str) -> bytes:
    """Return what each file is and how to verify the folder: first in Dutch, then in English."""
    names = sorted(files)
    return "\n\n".join(
        _part(Wording(language), report, names, fingerprint) for language in LANGUAGES
    ).encode()


def _part(w: Wording, report: Report, files: list[str], fingerprint: str) -> str:
    sources = w.several([source.name for source in report.sources]) or report.observation_point
    lines = [
        w("readme.title"),
        "=" * len(w("readme.title")),
        "",
        *_wrapped(w("readme.about")),
        *_wrapped(w("readme.period", sources=sources, period=w.period(report.start, report.end))),
        "",
        w("readme.files"),
        *(f"  {name:<20} {_purpose(w, name)}" for name in files),
        "",
        w("readme.verify"),
        f"  {w('readme.verify_command', fingerprint=fingerprint)}",
        *_wrapped(w("readme.verify_text")),
        *_wrapped(w("readme.verify_by_hand")),
        "",
        *_wrapped(w("readme.privacy")),
    ]
    return "\n".join(lines) + "\n"


def _purpose(w: Wording, name: str) -> str:
    kind = _KIND_OF_FILE.get(name)
    if kind is None:
        return ""
    language = name.split(".")[1] if kind == "html" else ""
    return w(f"file.{kind}", language={"nl": "Nederlands", "en": "English"}.get(language, ""))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 92, break_long_words=False, break_on_hyphens=False)
