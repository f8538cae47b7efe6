"""The texts: both languages say the same things, and say them in plain words."""

import re
import string
import tomllib
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schouw_collector
from schouw_collector.records import VerdictKind, Words
from schouw_collector.saying.wording import LANGUAGES, Wording, printable

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
SOURCES = [
    path
    for pattern in ("**/*.py", "**/*.html")
    for path in Path(schouw_collector.__file__).parent.glob(pattern)
]


def _tables(language):
    text = (resources.files("schouw_collector.locale") / f"{language}.toml").read_text("utf-8")
    return {
        f"{group}.{key}": value
        for group, table in tomllib.loads(text).items()
        for key, value in table.items()
    }


TEXTS = {language: _tables(language) for language in LANGUAGES}


def _forms(value):
    return list(value.values()) if isinstance(value, dict) else [value]


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    assert TEXTS["nl"].keys() == TEXTS["en"].keys()


@pytest.mark.parametrize("key", sorted(TEXTS["en"]))
def test_both_languages_fill_in_the_same_values(key):
    nl, en = TEXTS["nl"][key], TEXTS["en"][key]
    assert isinstance(nl, dict) == isinstance(en, dict)
    if isinstance(nl, dict):
        assert nl.keys() == en.keys() == {"one", "other"}
    fields = [set().union(*map(_fields, _forms(text))) for text in (nl, en)]
    assert fields[0] == fields[1]
    assert all(text.strip() == text and text for text in _forms(nl) + _forms(en))


def test_every_text_that_the_code_asks_for_exists():
    asked = {
        key
        for path in SOURCES
        for key in re.findall(
            r"\b(?:w|wording|_words)\(\s*f?\"([a-z_]+\.[a-z_]*[a-z])\"", path.read_text()
        )
    }
    assert len(asked) > 100
    assert asked <= TEXTS["en"].keys()


def test_no_text_is_left_over():
    words = {word for path in SOURCES for word in re.findall(r"\w+", path.read_text())}
    composed = re.compile(r"(count|entry|gained|group|one)_")
    free = {"list", "report", "check", "verify", "compare", "readme", "headline", "problem", "file"}
    unused = [
        key
        for key in TEXTS["en"]
        if key.split(".")[0] in free
        and key.split(".")[1] not in words
        and not composed.match(key.split(".")[1])
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_judges_or_certifies(language):
    words = (
        r"illegal|unlawful|compliant|onwettig|illegaal|onrechtmatig|conform\b|voldoet aan de wet"
    )
    for key, value in TEXTS[language].items():
        assert not re.search(words, " ".join(_forms(value)), re.IGNORECASE), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_a_name(language):
    assert all(f"verdict.{kind}" in Wording(language) for kind in VerdictKind.__args__)


FIGURES = [
    ("share", (None,), "geen verkeer", "no traffic"),
    ("share", (0.0,), "0%", "0%"),
    ("share", (0.004,), "minder dan 1%", "less than 1%"),
    ("share", (0.29,), "29%", "29%"),
    ("share", (0.999,), "99%", "99%"),
    ("share", (1.0,), "100%", "100%"),
    ("confidence", (0.95,), "heel zeker (0,95)", "very sure (0.95)"),
    ("confidence", (0.8,), "zeker (0,80)", "sure (0.80)"),
    ("confidence", (0.5,), "redelijk zeker (0,50)", "fairly sure (0.50)"),
    ("confidence", (0.0,), "onzeker (0,00)", "unsure (0.00)"),
    ("octets", (0,), "0 byte", "0 byte"),
    ("octets", (1_500_000,), "1,5 MB", "1.5 MB"),
    ("form", ("61 hex digits",), "61 hexadecimale cijfers", "61 hex digits"),
    ("form", ("number",), "getal", "number"),
    ("form", ("JPEG 1280×720",), "JPEG 1280×720", "JPEG 1280×720"),
    ("category", ("sound_level",), "Geluidsniveau (LAeq, LAmax, percentielen)",
     "Sound pressure level (LAeq, LAmax, percentiles)"),
    ("category", ("new_one",), "new_one", "new_one"),
    ("privacy_class", ("new_one",), "niet bekend", "not known"),
    ("name", ("basis", "unit"), "de eenheid", "the unit"),
    ("name", ("basis", "new_kind"), "new kind", "new kind"),
    ("several", (["a", "b", "c"],), "a, b en c", "a, b and c"),
    ("period", (START, START + timedelta(minutes=10)),
     "5 oktober 2026, van 09:00 tot 09:10 UTC (10 minuten)",
     "5 October 2026, 09:00 to 09:10 UTC (10 minutes)"),
    ("period", (START, START + timedelta(days=2)),
     "5 oktober 2026 09:00:00 UTC tot 7 oktober 2026 09:00:00 UTC (2 dagen)",
     "5 October 2026 09:00:00 UTC to 7 October 2026 09:00:00 UTC (2 days)"),
    ("show", (1234567,), "1.234.567", "1,234,567"),
    ("of", (Words(nl="ja", en="yes"),), "ja", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "arguments", "nl", "en"), FIGURES)
def test_figures_are_written_as_the_language_does(method, arguments, nl, en):
    assert getattr(Wording("nl"), method)(*arguments) == nl
    assert getattr(Wording("en"), method)(*arguments) == en


HOSTILE = [
    ("plain", "plain"),
    ("Café Brúg 10 µg/m³", "Café Brúg 10 µg/m³"),
    ("a\x1b[31mred", "a[31mred"),
    ("a\u202egpj.exe", "agpj.exe"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("line\nbreak\ttab\r", "line break tab "),
    ("para\u2029graph\x85next", "para graph next"),
    ("iso\u2066late\u2069", "isolate"),
    ("lone\ud800surrogate", "lonesurrogate"),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_what_steers_a_terminal_or_reorders_text_is_taken_out(text, expected):
    assert printable(text) == expected


@given(st.text())
def test_printable_text_is_printable_and_stays_so(text):
    once = printable(text)
    assert printable(once) == once
    assert once.encode().decode() == once
    assert not set(once) & set("\n\r\x1b\u202e\u2066\u200b")
