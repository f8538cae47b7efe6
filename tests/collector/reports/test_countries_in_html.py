"""The countries of recipients on the page: by whose file and of which day, if one was given."""

import html
import re
from datetime import date

import pytest

from schouw_collector.records import CountryData, RecipientCountry


def data(of_holder=True):
    return CountryData(
        files=("ranges.csv",),
        dated=date(2026, 11, 5),
        of_holder=of_holder,
        recipients=(RecipientCountry(address="203.0.113.80", country="CH"),),
    )


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize(
    ("language", "country", "source"),
    [
        ("nl", "Zwitserland", "ingeschreven, volgens ranges.csv van 5 november 2026."),
        ("en", "Switzerland", "registered, by ranges.csv of 5 November 2026."),
    ],
)
def test_a_recipient_has_its_country_and_the_page_its_source(make_page, language, country, source):
    page = words(make_page(language, country_data=data()))

    assert f"203.0.113.80 , 443 {country}" in page
    assert source in page


def test_an_estimate_is_called_one(make_page):
    assert "This is an estimate." in words(make_page("en", country_data=data(of_holder=False)))


def test_without_a_file_no_country_is_told(make_page):
    assert "Countries of recipients" not in words(make_page("en"))
