"""The table: one row a finding, and no cell that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.reports.findings_csv import COLUMNS, render, safe_cell

CELLS = [
    ("Geluidsensor", "Geluidsensor"),
    ("", ""),
    ("a=1", "a=1"),
    ("=1+1", "'=1+1"),
    ("+31", "'+31"),
    ("-2", "'-2"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "' =1"),
    ("\r=1", "' =1"),
    ("\n=1", "' =1"),
    ("  =1", "'  =1"),
    ("\u200b=1", "'=1"),
    ("＝1", "'＝1"),
    ("a\nb", "a b"),
    ('=HYPERLINK("http://x.example")', '\'=HYPERLINK("http://x.example")'),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_no_cell_is_a_formula(text, expected):
    assert safe_cell(text) == expected


@given(st.text())
def test_whatever_the_text_no_cell_begins_as_a_formula(text):
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in cell


def _rows(octets):
    assert octets.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig"), newline="")))


def test_one_row_a_finding_the_most_serious_first(make_full, make_report):
    rows = _rows(render(make_full(), make_report(), ""))
    assert [(row["kind"], row["severity"]) for row in rows] == [
        ("finding", "high"),
        ("question", "low"),
        ("question", "info"),
    ]
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["entry_name"] == "Geluidsensor HP-04"
    assert rows[0]["difference_nl"] == "Sound clips are not declared (nl)"
    assert rows[0]["norms"] == "GDPR art. 5(1)(c) (en) [EU]"
    assert rows[0]["messages"] == "20"
    assert rows[1]["devices"] == "02:00:5e:00:53:02"


def test_a_hostile_name_stays_one_cell(make_full, make_report):
    base = make_full()
    entries = tuple(e.model_copy(update={"name": '=cmd|"/c"\r\n,x'}) for e in base.entries)
    rows = _rows(render(base.model_copy(update={"entries": entries}), make_report(), ""))
    assert len(rows) == 3
    assert rows[0]["entry_name"] == '\'=cmd|"/c"  ,x'
