import pytest

from schouw_agent.recognition.looks import form_of, look

LOOKS = [
    ("2026-11-23T18:07:57Z", "time"),
    ("12:30", "time"),
    ("PT15M", "time"),
    (1763900000000, "time"),
    ("21.5", "number"),
    ("21,5 °C", "number °C"),
    ("21 parsec", "text short"),
    ("02:1a:4b:00:00:01", "mac local"),
    ("00-00-5E-00-53-01", "mac global"),
    ("0000.5e00.5301", "mac global"),
    ("01:00:5e:00:00:fb", "mac group"),
    ("021a4b000001", "hex 12 local"),
    ("123456789e1234", "hex 14"),
    ("02:1a:4b:00:00", "slug long"),
    ("9f" * 32, "hex 64"),
    ("9f" * 30 + "a", "hex 61"),
    ("123e4567-e89b-12d3-a456-426614174000", "uuid"),
    ("ZZ-001-Z", "plate nl dashed"),
    ("ZZ001Z", "plate nl"),
    ("ZZ-00-ZZZ", "plate other"),
    ("jan@example.org", "email"),
    ("+31 6 00000000", "phone"),
    ("NL91ABNA0417164300", "iban"),
    ("NL92ABNA0417164300", "slug long"),
    ("999990019", "digits 9 eleven"),
    (999990019, "digits 9 eleven"),
    ("999990018", "digits 9"),
    ("490154203237518", "digits 15 luhn"),
    ("https://c.example.org/a.jpg?x=1", "url media"),
    ("https://c.example.org/a", "url"),
    ("192.0.2.1", "address"),
    ("person", "word person"),
    ("AAN", "word flag"),
    ("********", "masked"),
    ("drie woorden lang", "text"),
    ("x" * 600, "base64 long"),
    ('{"a": "een tekst in een tekst"}', "nested"),
    ("", ""),
    (True, ""),
    (None, ""),
    (21.5, ""),
    (300, ""),
    (2**47, "integer 48"),
    (2**60, "integer 64"),
]


@pytest.mark.parametrize(("value", "expected"), LOOKS)
def test_look(value, expected):
    assert look(value) == expected
    assert look(value) == expected, "the same when it is remembered"


@pytest.mark.parametrize("value", [v for v, _ in LOOKS if isinstance(v, str) and len(v) > 5])
def test_a_form_never_holds_the_value(value):
    assert value not in form_of(value)
