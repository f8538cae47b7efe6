import pytest

from schouw_agent.recognition.looks import form_of, look

LOOKS = [
    ("52.3702,4.8952", "position", "a pair of degrees"),
    ("(52.3702; 4.8952)", "position", ""),
    ("52.3702, 4.8952, 12.5", "position", "and how high"),
    ("52°22'12\"N", "position", "degrees, minutes and seconds"),
    ("5222.1234,N", "position", "degrees and minutes, as NMEA writes them"),
    ("$GPRMC,225446,A,4916.45,N,12311.12,W", "position", "a sentence of NMEA 0183"),
    ("POINT(4.8952 52.3702)", "position", "WKT"),
    ("SRID=4326;LINESTRING (4.8 52.3, 4.9 52.4)", "position", "EWKT"),
    ("geo:52.37,4.89", "position", "RFC 5870"),
    ("97.1234,4.8952", "", "no latitude is beyond 90"),
    ("1.25,3.5", "", "two numbers with few digits"),
    ("N52", "", "the name of a road"),
    ("8d41", "", "hexadecimal digits"),
    ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "token", "RFC 7519"),
    ("eyJhbGciOiJub25lIn0", "", "one part of a token"),
    ("2001:db8::1", "address", "IPv6"),
    ("2001:db8::1::2", "", "not IPv6"),
    ("1:2:3", "", "a ratio"),
    ("ZZ-001-ZZ", "plate fr", "French"),
    ("1-ZZZ-001", "plate be", "Belgian"),
    ("B-ZZ 1234", "plate de", "German"),
    ("ZZ00 ZZZ", "plate uk", "British"),
    ("0000 ZZZ", "plate es", "Spanish"),
    ("ZZ00ZZZ", "plate other", "without its blank it may be any code"),
    ("204041234567890", "digits 15 imsi", "the country is one of the plan of numbers"),
    ("000991234567891", "digits 15", "no such country"),
    ("89314404000000000002", "digits 20", "the check digit is wrong"),
    ("89314404000000000001", "digits card", "the check digit is right"),
    (0x061A4B000001, "integer 48 local", "an address as one number"),
    (0x041A4B000001, "integer 48", "of a vendor"),
    ("AhpLAAAB", "slug 8", "six octets in base64, if the name says so"),
]


@pytest.mark.parametrize(("value", "expected", "why"), LOOKS)
def test_look(value, expected, why):
    seen = look(value)
    if expected:
        assert seen == expected, why
        assert str(value) not in form_of(value)
    else:
        assert seen not in {row[1] for row in LOOKS if row[1]}, why
