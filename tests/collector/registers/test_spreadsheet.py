"""Workbooks and delimited text: what is read, what is refused, and what is written."""

import io
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.errors import RegisterError
from schouw_collector.registers.delimited import read_delimited, write_delimited
from schouw_collector.registers.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Refused,
    Sheet,
    bounded,
    column_letters,
)
from schouw_collector.registers.spreadsheet import first_rows, read_sheets
from schouw_collector.registers.workbook import write_workbook


def workbook(*rows, name="Blad1"):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(octets, change=lambda _name, body: body, extra=()):
    """Return a workbook with its parts changed, and with others besides."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(octets)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, body in extra:
            new.writestr(name, body)
    return out.getvalue()


def in_sheet(pattern, replacement):
    def change(name, body):
        return re.sub(pattern, replacement, body) if name == "xl/worksheets/sheet1.xml" else body

    return repacked(workbook(["a", "b"], [1, 2]), change)


def test_a_workbook_is_read_as_values():
    octets = workbook(["a", "b ", None], [1, 2.5], [], [True, datetime(2027, 12, 31, 10), "é", ""])
    (sheet,) = read_sheets(octets)

    assert sheet.name == "Blad1"
    assert sheet.rows == (("a", "b"), (1, 2.5), (), (True, date(2027, 12, 31), "é"))
    assert [number for number, _ in sheet.filled(2)] == [2, 4]


def test_formulas_and_errors_are_refused_where_they_stand():
    ((_, row),) = read_sheets(workbook(["a", "b", "c"], ["=1+1", "#REF!", 3]))[0].filled(2)

    assert isinstance(row[0], Refused)
    assert "formula" in row[0].reason
    assert isinstance(row[1], Refused)
    assert row[2] == 3


REFUSED = [
    ("macros", repacked(workbook([1]), extra=[("xl/vbaProject.bin", b"x")]), "macros"),
    ("macros in capitals", repacked(workbook([1]), extra=[("XL/VBAPROJECT.BIN", b"x")]), "macros"),
    (
        "links to other files",
        repacked(workbook([1]), extra=[("xl/externalLinks/externalLink1.xml", b"x")]),
        "links to other files",
    ),
    ("connections", repacked(workbook([1]), extra=[("xl/connections.xml", b"x")]), "elsewhere"),
    ("objects", repacked(workbook([1]), extra=[("xl/embeddings/o.bin", b"x")]), "embedded"),
    (
        "a bomb by ratio",
        repacked(workbook([1]), extra=[("xl/worksheets/sheet9.xml", bytes(8 << 20))]),
        "packed by more than",
    ),
    (
        "a bomb by size",
        repacked(
            workbook([1]),
            extra=[(f"xl/worksheets/s{n}.xml", b"ab" * (20 << 19)) for n in range(5)],
        ),
        "unpacked|packed by more than",
    ),
    (
        "a bomb by number",
        repacked(workbook([1]), extra=[(f"xl/media/{n}", b"") for n in range(2_001)]),
        "more than 2000 parts",
    ),
    (
        "styles without end",
        repacked(workbook([1]), extra=[("xl/other.xml", bytes(range(256)) * (36 << 10))]),
        "beside the cells|packed by more than",
    ),
    ("no workbook", repacked(workbook([1]))[:200], "not a whole workbook"),
    (
        "another archive",
        repacked(workbook([1]), lambda *_: b"")[:0] or b"PK\x03\x04",
        "not a whole",
    ),
    ("of before 2007", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx"),
    (
        "entities",
        in_sheet(
            rb"^(<\?xml[^>]*\?>)?",
            rb'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        ),
        "entities",
    ),
    ("half a sheet", in_sheet(rb"</sheetData>.*", b""), "not a whole workbook"),
    (
        "rows without end",
        in_sheet(rb'<row r="2"', b'<row r="999999999999"'),
        "more than 110000 rows",
    ),
    (
        "a row of no number",
        in_sheet(rb'<row r="2"', b'<row r="' + b"9" * 5000 + b'"'),
        "not a whole",
    ),
    ("a column without end", in_sheet(rb'r="B2"', b'r="XFD2"'), ""),
    ("a column of no letters", in_sheet(rb'r="B2"', b'r="AAAAAAAAAAAA2"'), ""),
]


@pytest.mark.parametrize(("what", "octets", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_may_do_harm_is_refused_with_the_reason(what, octets, reason):
    if not reason:
        # Out of the sheet: openpyxl may drop the cell or refuse the book, but not fill memory.
        try:
            (sheet,) = read_sheets(octets)
        except RegisterError:
            return
        assert sum(map(len, sheet.rows)) < 10
        return
    with pytest.raises(RegisterError, match=reason):
        read_sheets(octets)


def test_a_cell_that_is_no_date_is_refused_and_not_quoted(recwarn):
    octets = workbook(["a"], [datetime(2027, 12, 31)])
    octets = repacked(
        octets, lambda _name, body: re.sub(rb"<v>46\d+</v>", b"<v>99999999</v>", body)
    )
    ((_, row),) = read_sheets(octets)[0].filled(2)

    assert isinstance(row[0], Refused)
    assert not recwarn.list


def test_what_a_sheet_says_of_its_size_is_not_believed():
    octets = in_sheet(rb"<dimension[^>]*>", b'<dimension ref="A1:XFD1048576"/>')

    assert read_sheets(octets)[0].rows == (("a", "b"), (1, 2))


def test_xml_of_a_workbook_is_parsed_by_defusedxml():
    assert openpyxl.DEFUSEDXML
    assert not openpyxl.LXML


@pytest.mark.parametrize(
    ("octets", "rows"),
    [
        (b"a;b\r\n1;2\r\n", (("a", "b"), ("1", "2"))),
        (b"a,b\n1,2\n", (("a", "b"), ("1", "2"))),
        (b"a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
        (b"a|b\n1|2\n", (("a", "b"), ("1", "2"))),
        (b"sep=,\r\na,b\r\n1;2,3\r\n", (("a", "b"), ("1;2", "3"))),
        (b'a;b\n"x;y";"1\n2"\n', (("a", "b"), ("x;y", "1\n2"))),
        (b'a;b\n"x ""y""";2', (("a", "b"), ('x "y"', "2"))),
        ("\ufeffé;b\n1;2".encode(), (("é", "b"), ("1", "2"))),
        ("é;b\n1;2".encode("cp1252"), (("é", "b"), ("1", "2"))),
        ("é;b\n1;2".encode("utf-16"), (("é", "b"), ("1", "2"))),
        (
            b"naam;maat\nA, B en C;1,5\nD, E;2,5\n",
            (("naam", "maat"), ("A, B en C", "1,5"), ("D, E", "2,5")),
        ),
        (b"a;b\n;\n1;2\n\n", (("a", "b"), (), ("1", "2"))),
        (b"=1+1;@a\n'=1+1;'b", (("=1+1", "@a"), ("=1+1", "'b"))),
        (b"", ()),
    ],
)
def test_delimiter_encoding_and_quotes_are_found(octets, rows):
    assert read_delimited(octets) == rows


def test_the_beginning_of_a_text_may_end_within_a_character():
    octets = b"a;b\n" + "é".encode()[:1]

    assert read_delimited(octets) == (("a", "b"),)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"\0\0\0\0", "not text"),
        (b"a;" * 600, "more than 512 columns"),
        (b"a\n" * (MAX_ROWS + 1), "rows"),
    ],
)
def test_what_is_no_table_is_refused(octets, reason):
    with pytest.raises(RegisterError, match=reason):
        read_delimited(octets)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", " =1", "＝1", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_written_as_text(text):
    (row,) = write_delimited([["x", text]]).decode("utf-8-sig").splitlines()
    assert row.partition(";")[2].strip('"').startswith("'")

    book = openpyxl.load_workbook(io.BytesIO(write_workbook([("a", [["x"], [text]])])))
    assert book["a"]["A2"].data_type == "s"


def test_numbers_and_dates_are_written_as_such():
    octets = write_workbook([("a", [["x"], [-4.2], [date(2027, 12, 31)], [True], [Refused("f")]])])
    (sheet,) = read_sheets(octets)

    assert sheet.rows == (("x",), (-4.2,), (date(2027, 12, 31),), (True,))
    assert (
        write_delimited([[-4.2, None, True, date(2027, 12, 31), Refused("f")]]).decode("utf-8-sig")
        == "-4.2;;true;2027-12-31;\r\n"
    )


_TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=20
)


@given(st.lists(st.lists(_TEXT, min_size=2, max_size=4), min_size=1, max_size=5))
def test_text_survives_both_ways_of_writing(rows):
    width = max(map(len, rows))
    head = [f"column {n}" for n in range(width)]
    table = (tuple(head), *map(tuple, rows))

    assert read_delimited(write_delimited(table)) == table
    read = read_sheets(write_workbook([("a", table)]))[0].rows
    # Of a workbook an error value is not a text.
    assert read == table or any(isinstance(cell, Refused) for row in read for cell in row)


def test_rows_are_bounded():
    with pytest.raises(RegisterError, match=f"row 1: more than {MAX_COLUMNS} columns"):
        bounded(iter([["x"] * (MAX_COLUMNS + 1)]))
    with pytest.raises(RegisterError, match="cells"):
        bounded(["x"] * 100 for _ in range(50_000))


def test_places_are_named_as_a_spreadsheet_shows_them():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert Sheet("Lijst", ()).place(7, 3, "latitude") == "sheet Lijst, row 7, column D (latitude)"
    assert Sheet("", ()).place(7, -1, "latitude") == "row 7 (latitude)"


@pytest.mark.parametrize("octets", [b"{}", b" [1]", b"<a/>", b"", b"PK\x03\x04", b"\0"])
def test_what_is_no_table_has_no_first_rows(octets):
    assert first_rows(octets) == ()
