"""Fields of untrusted records: what each reader takes, and what it refuses by the field's name."""

from datetime import date, datetime

import pytest

from schouw_collector.registers.record_values import (
    FieldError,
    address,
    box,
    day,
    label,
    number,
    organisation,
    part,
    persons,
    records,
    text,
    texts,
)

TAKEN = [
    (text, "a", "a"),
    (text, 7, "7"),
    (text, None, ""),
    (text, " bel 06-12345678 ", "bel […]"),
    (label, "x" * 500, "x" * 300),
    (organisation, "Gemeente Voorbeeldstad", "Gemeente Voorbeeldstad"),
    (organisation, "Mevr. van der Kade", ""),
    (box, True, True),
    (box, "Nee ", False),
    (box, "", None),
    (box, None, None),
    (number, 4, 4.0),
    (number, "52,01", 52.01),
    (number, "", None),
    (day, "2028-12-31T10:00:00Z", date(2028, 12, 31)),
    (day, "31-12-2028", date(2028, 12, 31)),
    (day, datetime(2028, 12, 31, 10, 0), date(2028, 12, 31)),
    (day, date(2028, 12, 31), date(2028, 12, 31)),
    (day, "", None),
    (texts, ["a", 2, ""], ["a", "2"]),
    (texts, "a", ["a"]),
    (texts, None, []),
    (records, [{"a": 1}], [{"a": 1}]),
    (records, {"a": 1}, [{"a": 1}]),
    (records, None, []),
    (part, [{"a": 1}, {}], {"a": 1}),
    (part, None, {}),
    (address, " https://voorbeeld.example/a ", "https://voorbeeld.example/a"),
    (address, "https://user:pw@voorbeeld.example/", ""),
    (address, "javascript:alert(1)", ""),
    (address, ["https://voorbeeld.example"], ""),
]


@pytest.mark.parametrize(("read", "value", "found"), TAKEN)
def test_what_a_field_holds(read, value, found):
    assert read({"f": value}, "f") == found


REFUSED = [
    (text, True, "must be a text"),
    (text, ["a"], "must be a text"),
    (text, 10**400, "a number of more than 18 digits"),
    (text, "x" * 4001, "longer than 4000 characters"),
    (box, "misschien", "must be yes or no"),
    (box, 2, "must be yes or no"),
    (box, [], "must be yes or no"),
    (number, "vier", "must be a number"),
    (number, True, "must be a number"),
    (number, float("inf"), "must be a number of usual size"),
    (number, float("nan"), "must be a number of usual size"),
    (number, -(10**400), "must be a number of usual size"),
    (day, "31 december", "must be a date such as 2028-12-31"),
    (day, 20281231, "must be a date such as 2028-12-31"),
    (texts, ["a"] * 1001, "more than 1000 values"),
    (texts, [{"a": 1}], "must be a text"),
    (records, [1], "must be a list of records"),
    (records, "a", "must be a list of records"),
    (records, [{}] * 1001, "more than 1000 records"),
]


@pytest.mark.parametrize(("read", "value", "reason"), REFUSED)
def test_what_a_field_may_not_hold(read, value, reason):
    with pytest.raises(FieldError) as refused:
        read({"f": value}, "f")

    assert str(refused.value) == f"field f: {reason}"


def test_the_first_field_that_is_filled_in_counts():
    record = {"a": None, "b": "", "c": "x"}

    assert text(record, "a", "b", "c") == "x"
    assert box({"a": "", "b": "ja"}, "a", "b") is True


def test_names_of_persons_are_gathered_once():
    rows = [{"name": "Ilse van der Kade"}, {"naam": " Ilse van der Kade "}, {"name": "Jo"}, {}]

    assert persons(rows) == ["Ilse van der Kade"]
