"""How people write yes and no, dates, numbers and places."""

from datetime import date

import pytest

from schouw_collector.registers.field_values import (
    Notation,
    ValueMalformedError,
    as_address,
    as_box,
    as_date,
    as_duration,
    as_list,
    as_number,
    as_pair,
    as_text,
)
from schouw_collector.registers.sheet import Refused

COMMA = Notation(decimal_comma=True)
POINT = Notation()
CASES = [
    (as_box("Ja"), True),
    (as_box("nee"), False),
    (as_box(True), True),
    (as_box(0), False),
    (as_box("n.v.t."), None),
    (as_box(None), None),
    (as_number("52.37", POINT), 52.37),
    (as_number("52,37", COMMA), 52.37),
    (as_number("52.37", COMMA), 52.37),
    (as_number("1.234,5", COMMA), 1234.5),
    (as_number("-4.2e1", POINT), -42.0),
    (as_number(7, POINT), 7.0),
    (as_number("", POINT), None),
    (as_date("31-12-2027", POINT), date(2027, 12, 31)),
    (as_date("2027-12-31T10:00:00Z", POINT), date(2027, 12, 31)),
    (as_date("31-12-2027 10:00", POINT), date(2027, 12, 31)),
    (as_date(date(2027, 12, 31), POINT), date(2027, 12, 31)),
    (as_date("onbekend", POINT), None),
    (as_list("a; b;;c", POINT), ["a", "b", "c"]),
    (as_list("a;b", Notation(separator="|")), ["a;b"]),
    (as_text(7079.0), "7079"),
    (as_text(0.5), "0.5"),
    (as_text(date(2027, 12, 31)), "2027-12-31"),
    (
        as_address(" https://voorbeeldstad.example/privacy "),
        "https://voorbeeldstad.example/privacy",
    ),
    (as_address("zie website"), ""),
    (as_address("https://naam@voorbeeldstad.example/"), ""),
    (as_duration("28 dagen"), "P28D"),
    (as_duration("maximaal 6 maanden"), "P6M"),
    (as_duration("72 uur"), "PT72H"),
    (as_duration("1 year"), "P1Y"),
    (as_duration("P1Y6M"), "P1Y6M"),
    (as_pair("52.37, 4.89"), (52.37, 4.89)),
    (as_pair("52.37 4.89"), (52.37, 4.89)),
    (as_pair("POINT (4.89 52.37)"), (52.37, 4.89)),
]


@pytest.mark.parametrize(("found", "expected"), CASES)
def test_what_is_written_is_understood(found, expected):
    assert found == expected
    assert type(found) is type(expected)


INVALID = [
    (as_box, ("misschien",), "must be Ja or Nee"),
    (as_number, ("52,37", POINT), "must be a number"),
    (as_number, ("1e999", POINT), "must be a number"),
    (as_number, ("9" * 40, POINT), "must be a number"),
    (as_number, (True, POINT), "must be a number"),
    (as_date, ("13-13-2027", POINT), "must be a date such as 2027-12-31"),
    (as_date, ("12/31/2027", Notation(date_formats=("%d-%m-%Y",))), "such as 31-12-2027"),
    (as_duration, ("lang",), "must be a time"),
    (as_duration, ("P",), "must be a time"),
    (as_pair, ("ergens",), "must be two numbers"),
    (as_text, ("x" * 4001,), "longer than 4000 characters"),
    (as_text, (Refused("a formula"),), "a formula"),
    (as_box, (Refused("a formula"),), "a formula"),
]


@pytest.mark.parametrize(("reader", "arguments", "reason"), INVALID)
def test_what_is_not_is_refused_with_the_reason(reader, arguments, reason):
    with pytest.raises(ValueMalformedError, match=reason):
        reader(*arguments)
