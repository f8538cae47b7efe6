"""The canary file: read in its two forms, and refused without a word of what is in it."""

import stat
from pathlib import Path

import pytest

from schouw_agent.errors import ConfigError
from schouw_agent.privacy.canaries import read_canaries
from schouw_agent.privacy.canary_file import MOST_SEARCHED, parse_canaries

LINES = b"""# walked past on Thursday
my-phone = 02:00:5e:10:53:01
car = QO-971-Q
letters = walker@example.org
mobile = +31 6 98765432
sentence = zevenentwintig paarse kanaries

[name]
"me too" = "Kwik Testpersoon" # invented
[bluetooth]
beacon = 02005E105302
[salt]
vendor = pepper
other = "hex:00ff"
"""

# What a file says, and what of the error the user reads.
INVALID = [
    (b"", "no canary in it"),
    (b"[fingerprint]\n", "line 1: not a heading"),
    (b"[mac]\nhalf\n", "line 2: not `label = value`"),
    (b'[name]\na = "half\n', "line 2: the quotation marks"),
    (b"[text]\na = \n", "line 2: no value"),
    (b"[mac]\na = 02:00:5e:10:53\n", "line 2: not an address"),
    (b"[mac]\na = ff:ff:ff:ff:ff:ff\n", "line 2: too regular"),
    (b"[plate]\na = AB-12\n", "line 2: too short"),
    (b"[plate]\na = ABCDEF\n", "line 2: not a plate"),
    (b"[plate]\na = A1A1A1\n", "line 2: too regular"),
    (b"[phone]\na = 12345678\n", "line 2: too short"),
    (b"[phone]\na = number 0612345678\n", "line 2: not a telephone number"),
    (b"[name]\na = Jan\n", "line 2: too short"),
    (b"[email]\na = nobody at all\n", "line 2: not an e-mail address"),
    (b"[text]\na = kanariegeel\n", "line 2: too short"),
    (b"[text]\na = temperature sensor\n", "line 2: too common"),
    (b"[mac]\na = 02:00:5e:10:53:01\na = 02:00:5e:10:53:02\n", "line 3: a label that stands"),
    (b"[salt]\na = hex:0\n", "line 2: a salt"),
    (b"[plate]\nmy QO971Q = 12-XYZ-3\n", "line 2: not `label = value`"),
    (b"[name]\nKwik-Testpersoon = Kwik Testpersoon\n", "a label holds a value"),
    (b"\xff\xfe", "not UTF-8"),
    (b"#" * 70_000, "more than 64 KiB"),
]


def test_lines_and_headings_say_what_is_planted() -> None:
    file = parse_canaries("walk.toml", LINES)

    assert {c.label: (c.kind, c.value) for c in file.canaries} == {
        "my-phone": ("mac", "02:00:5e:10:53:01"),
        "car": ("plate", "QO-971-Q"),
        "letters": ("email", "walker@example.org"),
        "mobile": ("phone", "+31 6 98765432"),
        "sentence": ("text", "zevenentwintig paarse kanaries"),
        "me too": ("name", "Kwik Testpersoon"),
        "beacon": ("bluetooth", "02005E105302"),
    }
    assert file.salts == {"vendor": b"pepper", "other": b"\0\xff"}


@pytest.mark.parametrize(("octets", "reason"), INVALID, ids=[row[1] for row in INVALID])
def test_an_unsafe_file_is_refused_with_place_and_reason_and_no_value(
    octets: bytes, reason: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_canaries("walk.toml", octets)

    said = refused.value.diagnostics()
    assert said.startswith("walk.toml")
    assert reason in said
    assert not any(part in said for part in ("Testpersoon", "QO971Q", "nobody", "5e:10", "half"))


def test_so_many_that_they_could_not_be_searched_for_are_refused() -> None:
    rows = [f"[mac]\nrow-{chr(97 + i // 26)}{chr(97 + i % 26)} = 02:00:5e:10:53:{i:02x}\n"
            for i in range(MOST_SEARCHED)]  # fmt: skip
    assert len(parse_canaries("x", "".join(rows).encode()).canaries) == MOST_SEARCHED
    with pytest.raises(ConfigError, match="too much to search for"):
        parse_canaries("x", "".join([*rows, "[salt]\nx = y\n"]).encode())


def test_nothing_shows_a_value_or_a_salt(tmp_path: Path) -> None:
    file = parse_canaries("walk.toml", LINES)
    path = tmp_path / "walk.toml"
    path.write_bytes(LINES)
    shown = repr(file) + repr(read_canaries(path, print)) + repr(file.canaries[0])

    for secret in (
        "02:00",
        "02005",
        "QO-971",
        "walker",
        "98765",
        "paarse",
        "Testpersoon",
        "pepper",
    ):
        assert secret not in shown


def test_who_lets_others_read_the_file_is_warned(tmp_path: Path) -> None:
    path = tmp_path / "walk.toml"
    path.write_bytes(LINES)
    said: list[str] = []
    path.chmod(stat.S_IRUSR | stat.S_IROTH)
    read_canaries(path, said.append)
    assert len(said) == 1
    assert said[0].startswith("walk.toml: others")
    path.chmod(stat.S_IRUSR)
    read_canaries(path, said.append)
    assert len(said) == 1


def test_a_file_that_is_not_there_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        read_canaries(tmp_path / "none.toml", print)
