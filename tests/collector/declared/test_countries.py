"""Files of countries: each form in which they come, and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.declared.countries import countries_of_recipients, country_name
from schouw_collector.declared.country_data import read_country_data
from schouw_collector.declared.transfers import adequacy, in_eea
from schouw_collector.errors import CountryDataError
from schouw_collector.spot_check import check

SQUARE = Path(__file__).parents[3] / "examples" / "havenplein"
REGISTRY = """\
# comment
2.3|ripencc|1763596799|4|19830705|20261119|+0100
ripencc|*|ipv4|*|2|summary
ripencc|NL|ipv4|192.0.2.0|256|20200101|allocated|a
ripencc|CH|ipv4|198.51.100.0|384|20200101|assigned|b
ripencc|FR|ipv6|2001:db8::|33|20200101|allocated|c
ripencc||ipv4|203.0.113.0|256||available
ripencc|EU|ipv4|203.0.113.128|128|20200101|assigned|d
ripencc|NL|asn|64496|1|20200101|allocated|a
"""
RANGES = """\
192.0.2.0,192.0.2.127,NL
192.0.2.128,192.0.2.255,BR
2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,JP
"""
HEADED = "start_ip,end_ip,country,name\n" + RANGES.replace("\n", ",x\n")
NETWORKS = "network,country_iso_code\n192.0.2.0/25,NL\n192.0.2.128/25,BR\n2001:db8::/32,JP\n"
BARE = NETWORKS.partition("\n")[2]
BLOCKS = """\
network,geoname_id,registered_country_geoname_id,represented_country_geoname_id
192.0.2.0/25,111,111,
192.0.2.128/25,,222,
2001:db8::/32,333,333,
"""
LOCATIONS = """\
geoname_id,locale_code,continent_code,continent_name,country_iso_code,country_name
111,en,EU,Europe,NL,Netherlands
222,en,SA,"South America",BR,Brazil
333,en,AS,Asia,JP,Japan
"""
OLD = (
    '"192.0.2.0","192.0.2.127","3221225984","3221226111","NL","Netherlands"\n'
    '"192.0.2.128","192.0.2.255","3221226112","3221226239","BR","Brazil"\n'
)


def read(*files):
    return read_country_data([(name, folder, text.encode()) for name, folder, text in files])


def one(text, name="ranges-2026-11-05.csv", folder=""):
    return read((name, folder, text))


@pytest.mark.parametrize("text", [RANGES, HEADED, NETWORKS, BARE], ids=list("abcd"))
def test_ranges_in_each_form(text):
    found = one("\ufeff" + text.replace("\n", "\r\n"))

    assert [found.of(a) for a in ("192.0.2.127", "192.0.2.128", "2001:db8::1")] == [
        "NL",
        "BR",
        "JP",
    ]
    assert [found.of(a) for a in ("192.0.1.255", "192.0.3.0", "2001:db9::", "x", "")] == [""] * 5
    assert found.dated == date(2026, 11, 5)
    assert not found.of_holder


def test_a_range_whose_country_is_not_known_has_none():
    assert one(NETWORKS.replace("NL", "-")).of("192.0.2.1") == ""


def test_the_statistics_of_a_registry():
    found = one(REGISTRY, "delegated-ripencc-extended-latest")

    assert found.of("192.0.2.255") == "NL"
    assert [found.of(a) for a in ("198.51.100.0", "198.51.101.127", "198.51.101.128")] == [
        "CH",
        "CH",
        "",
    ]
    assert [found.of(a) for a in ("2001:db8:7fff::1", "2001:db8:8000::")] == ["FR", ""]
    assert found.of("203.0.113.200") == ""
    assert found.dated == date(2026, 11, 19)
    assert found.of_holder


def test_blocks_and_locations_are_two_files():
    folder = "GeoLite2-Country-CSV_20261103"
    found = read(
        ("GeoLite2-Country-Blocks-IPv4.csv", folder, BLOCKS),
        ("GeoLite2-Country-Locations-en.csv", folder, LOCATIONS),
    )

    assert [found.of(a) for a in ("192.0.2.1", "192.0.2.200", "2001:db8::5")] == ["NL", "BR", "JP"]
    assert found.dated == date(2026, 11, 3)


def test_an_older_form_has_numbers_before_the_country():
    assert one(OLD).of("192.0.2.130") == "BR"


def test_of_several_files_the_oldest_date_counts():
    found = read(("v4-2026-11.csv", "", RANGES), ("v6-2026-08-02.csv", "", "2001:db8:1::/48,US\n"))

    assert found.dated == date(2026, 8, 2)
    assert found.of("2001:db8:1::2") == "US"


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (RANGES, "ranges.csv", "no date"),
        (RANGES, "ranges-2026-13.csv", "no date"),
        ("", "ranges-2026-11.csv", "no address in it"),
        ("hello\nworld\n", "ranges-2026-11.csv", "cannot be read"),
        (RANGES + "x,y,NL\n", "ranges-2026-11.csv", "1 of 4 rows cannot be read"),
        (NETWORKS.replace("NL", "\1\0"), "ranges-2026-11.csv", "1 of 3 rows cannot be read"),
        (NETWORKS.replace("NL", "Nederland"), "ranges-2026-11.csv", "1 of 3 rows cannot be read"),
        (RANGES + "x" * 200_000, "ranges-2026-11.csv", "no CSV"),
        (LOCATIONS + "x" * 200_000, "locations-2026-11.csv", "no CSV"),
        (LOCATIONS, "locations-2026-11.csv", "no address in it"),
        (BLOCKS, "blocks-2026-11.csv", "no address in it"),
    ],
)
def test_what_is_refused(text, name, reason):
    with pytest.raises(CountryDataError, match=reason):
        one(text, name)


@given(st.binary(max_size=400), st.integers(0, 3), st.integers(0, 400))
def test_damaged_files_are_refused_or_read(noise, which, at):
    text = [RANGES, NETWORKS, REGISTRY, LOCATIONS][which].encode()
    octets = text[:at] + noise + text[at + len(noise) :]
    try:
        found = read_country_data([("ranges-2026-11.csv", "", octets)])
    except CountryDataError:
        return
    assert len(found.of("192.0.2.1")) in {0, 2}


def test_a_country_has_a_name_in_both_languages():
    assert (country_name("CH").nl, country_name("CH").en) == ("Zwitserland", "Switzerland")
    assert country_name("Q?").nl == "Q?"


def test_the_economic_area_and_decisions_on_adequacy():
    today = date(2026, 11, 25)

    assert in_eea("NL")
    assert in_eea("IS")
    assert not in_eea("CH")
    assert not in_eea("GB")
    assert adequacy("BD", today) is None
    assert not adequacy("CH", today).partly
    assert adequacy("US", today).partly
    assert adequacy("GB", today)
    assert adequacy("GB", date(2031, 12, 28)) is None


def test_a_check_reads_the_file_and_notes_it(tmp_path):
    file = tmp_path / "ranges-2026-11.csv"
    file.write_text("203.0.113.0,203.0.113.255,BD\n192.0.2.0,192.0.2.255,NL\n")
    checked = check(
        [SQUARE / "havenplein-2026-05.pcapng"],
        register=SQUARE / "register.json",
        bindings=SQUARE / "bindings.yaml",
        order=SQUARE / "order.toml",
        country_data=[file],
    )
    data = checked.assessment.country_data
    asked = {f.recipient for f in checked.assessment.findings if f.rule_id == "D07"}

    assert {i.kind for i in checked.inputs} >= {"country data"}
    assert (data.files, data.dated) == (("ranges-2026-11.csv",), date(2026, 11, 1))
    assert {row.country for row in data.recipients} == {"BD", "NL"}
    assert countries_of_recipients(checked.assessment)["upload.telvision.example"] == "BD"
    assert "upload.telvision.example" in asked
    assert not [r for r in asked if r.startswith("192.0.2.") or "waterhaven" in r]
