from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pubmed_dates import iso_date, medline_date, month_number, publication_date


@pytest.mark.parametrize(
    ("inner", "verbatim", "precision", "iso"),
    [
        ("<Year>2021</Year><Month>Jun</Month><Day>7</Day>", "2021 Jun 7", "day", "2021-06-07"),
        ("<Year>2021</Year><Month>06</Month>", "2021 06", "month", "2021-06"),
        ("<Year>2021</Year>", "2021", "year", "2021"),
        ("<Year>2021</Year><Season>Winter</Season>", "2021 Winter", "season", "2021"),
        ("<Year>2021</Year><Month>Jul-Aug</Month>", "2021 Jul-Aug", "year", "2021"),
        ("<MedlineDate>1979 Jul-Sep</MedlineDate>", "1979 Jul-Sep", "range", "1979"),
    ],
)
def test_publication_dates_keep_their_precision(inner: str, verbatim: str, precision: str, iso: str) -> None:
    date = publication_date(fromstring(f"<PubDate>{inner}</PubDate>"))
    assert date is not None
    assert (date.verbatim, date.precision, date.iso) == (verbatim, precision, iso)


@pytest.mark.parametrize(
    ("text", "year", "precision"),
    [
        ("1998 Dec-1999 Jan", 1998, "range"),
        ("1979-1980", 1979, "range"),
        ("2010 3rd Quarter", 2010, "season"),
        ("1999 Spring", 1999, "season"),
        ("2000 Spring-Summer", 2000, "range"),
        ("2011 May 4", 2011, "day"),
        ("2011 May", 2011, "month"),
        ("n.d.", None, "year"),
    ],
)
def test_medline_dates(text: str, year: int | None, precision: str) -> None:
    date = medline_date(text)
    assert (date.verbatim, date.year, date.precision) == (text, year, precision)


def test_an_empty_date_is_none() -> None:
    assert publication_date(fromstring("<PubDate/>")) is None
    assert iso_date(fromstring("<D><Month>5</Month></D>")) == ""


@given(st.text(max_size=8))
def test_months_are_months(text: str) -> None:
    number = month_number(text)
    assert number is None or 1 <= number <= 12


@given(st.text(max_size=30))
def test_any_medline_date_can_be_read(text: str) -> None:
    assert medline_date(text).verbatim == text
