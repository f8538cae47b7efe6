"""One runner for the tables of every format."""

import random
import runpy
import time
from contextlib import suppress
from pathlib import Path

import pytest

import schouw_agent.formats
from schouw_agent.errors import DecodeError
from schouw_agent.plugins import discover
from schouw_agent.recognition.opening import open_content
from schouw_agent.recognition.values import with_json
from schouw_agent.records import Content

FORMATS = discover(schouw_agent.formats, "FORMAT")
TABLES = {
    path.stem: runpy.run_path(str(path))
    for path in sorted((Path(__file__).parent / "cases").glob("*.py"))
}


def rows(key):
    return [
        pytest.param(name, row, id=f"{name}: {row[0]}")
        for name, table in TABLES.items()
        for row in table.get(key, ())
    ]


def as_content(given):
    return with_json(given if isinstance(given, Content) else Content(given))


def listed(key):
    return [
        pytest.param(name, as_content(given), id=f"{name} {i}")
        for name, table in TABLES.items()
        for i, given in enumerate(table.get(key, ()))
    ]


@pytest.mark.parametrize(("name", "row"), rows("CASES"))
def test_format_opens_it(name, row):
    layers = open_content(as_content(row[1]), FORMATS)
    assert layers[0].format == name
    assert not any(layer.undecoded for layer in layers)
    if isinstance(row[2], str):
        assert [layer.medium.form for layer in layers if layer.medium] == [row[2]]
    else:
        assert {leaf.path: leaf.value for layer in layers for leaf in layer.leaves} == row[2]


@pytest.mark.parametrize(("name", "content"), listed("INVALID"))
def test_format_declines_what_is_not_its_own(name, content):
    assert FORMATS[name].probe(content) < 0.5
    with suppress(DecodeError):
        FORMATS[name].open(content)


@pytest.mark.parametrize(("name", "content"), listed("MALFORMED"))
def test_format_says_that_its_own_is_malformed(name, content):
    assert FORMATS[name].probe(content) >= 0.5
    with pytest.raises(DecodeError, match=f"^{name}: "):
        FORMATS[name].open(content)


@pytest.mark.parametrize(("name", "content"), listed("ENCRYPTED"))
def test_format_says_that_its_own_is_encrypted(name, content):
    (layer,) = open_content(content, FORMATS)
    assert (layer.format, layer.undecoded, list(layer.leaves)) == (name, "encrypted", [])


def test_every_format_has_a_title_a_reference_and_a_table():
    assert set(TABLES) == set(FORMATS)
    for extension in FORMATS.values():
        assert extension.title
        assert extension.reference
        assert TABLES[extension.id]["CASES"] or TABLES[extension.id]["ENCRYPTED"]
        assert TABLES[extension.id]["INVALID"]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_damaged_rows_give_no_other_error(name):
    random_ = random.Random(name)
    start = time.perf_counter()
    for row in TABLES[name]["CASES"]:
        content = as_content(row[1])
        octets = content.octets
        for _ in range(60):
            at = random_.randrange(len(octets) + 1)
            end = min(len(octets), at + random_.randrange(16))
            damaged = octets[:at] + random_.randbytes(random_.randrange(16)) + octets[end:]
            broken = with_json(content._replace(octets=damaged, value=None))
            score = FORMATS[name].probe(broken)
            assert 0 <= score <= 1
            with suppress(DecodeError):
                FORMATS[name].open(broken)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(("name", "row"), rows("SUBJECTS"))
def test_format_says_whom_it_is_about(name, row):
    _, given, subject, identifiers = row[:4]
    opened = FORMATS[name].open(as_content(given))
    assert (opened.subject, dict(opened.identifiers)) == (subject, identifiers)
    assert {leaf.subject for leaf in opened.leaves} - {""} == set(row[4] if row[4:] else ())


@pytest.mark.parametrize(("name", "row"), rows("HINTS"))
def test_format_says_what_a_value_is_called(name, row):
    opened = FORMATS[name].open(as_content(row[1]))
    assert row[2].items() <= {leaf.path: leaf.hint for leaf in opened.leaves}.items()


@pytest.mark.parametrize(("name", "row"), rows("DECLARED"))
def test_format_says_what_the_device_declares(name, row):
    assert tuple(FORMATS[name].open(as_content(row[1])).declared) == row[2]


@pytest.mark.parametrize(("name", "row"), rows("TERMS"))
def test_format_says_what_later_messages_leave_out(name, row):
    assert FORMATS[name].open(as_content(row[1])).terms == row[2]


def test_what_unpacks_without_end_is_refused_and_counted():
    start = time.perf_counter()
    layers = open_content(Content(TABLES["compressed"]["BOMB"]), FORMATS)
    assert [(layer.format, layer.undecoded) for layer in layers] == [
        ("compressed", ""),
        ("compressed", "over_limit"),
    ]
    assert time.perf_counter() - start < 5
