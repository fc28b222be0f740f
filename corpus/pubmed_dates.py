"""Dates of PubMed XML, with the precision they are printed in (pure)."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from corpus.records import DatePrecision, HistoryDate, PublicationDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_SEASON = re.compile(r"spring|summer|autumn|fall|winter|quarter|christmas|easter", re.IGNORECASE)
_SPAN = re.compile(r"[A-Za-z0-9]\s*[-/\u2013]\s*[A-Za-z0-9]")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})(?:\s+([A-Za-z]{3})[a-z]*)?(?:\s+(\d{1,2}))?")


def publication_date(element: Element | None) -> PublicationDate | None:
    """A PubDate, verbatim and read; None where the record has none."""
    if element is None:
        return None
    parts = {str(child.tag): (child.text or "").strip() for child in element}
    if parts.get("MedlineDate"):
        return medline_date(parts["MedlineDate"])
    verbatim = " ".join(parts[x] for x in ("Year", "Season", "Month", "Day") if parts.get(x))
    if not verbatim:
        return None
    found = _YEAR.search(parts.get("Year", ""))
    year = int(found[1]) if found else None
    month = month_number(parts.get("Month", ""))
    day = _day(parts.get("Day", "")) if month else None
    precision: DatePrecision = "day" if day else "month" if month else "season" if parts.get("Season") else "year"
    return PublicationDate(verbatim, year, precision, month, day)


def medline_date(text: str) -> PublicationDate:
    """A MedlineDate ("1979 Jul-Sep", "1998 Dec-1999 Jan", "2010 3rd Quarter"): verbatim, its first year, its kind."""
    found = _YEAR.search(text)
    year = int(found[1]) if found else None
    if _SPAN.search(text):
        return PublicationDate(text, year, "range")
    if _SEASON.search(text):
        return PublicationDate(text, year, "season")
    exact = _YEAR_MONTH_DAY.fullmatch(text)
    month = month_number(exact[2] or "") if exact else None
    day = _day(exact[3] or "") if exact and month else None
    return PublicationDate(text, year, "day" if day else "month" if month else "year", month, day)


def month_number(text: str) -> int | None:
    """1 to 12 for "Jun", "June", "06" or "6"; None for anything else ("Jul-Aug")."""
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    name = text[:3].lower()
    return _MONTHS.index(name) + 1 if text.isalpha() and name in _MONTHS else None


def iso_date(element: Element | None) -> str:
    """The known part of a Year, Month, Day group as YYYY[-MM[-DD]]; "" without a year."""
    if element is None:
        return ""
    return _iso(element.findtext("Year") or "", element.findtext("Month") or "", element.findtext("Day") or "")


def history(element: Element | None) -> tuple[HistoryDate, ...]:
    """Every PubMedPubDate in record order; a status may repeat."""
    if element is None:
        return ()
    return tuple(HistoryDate(x.get("PubStatus") or "", iso_date(x)) for x in element.findall("PubMedPubDate"))


def _day(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 31 else None


@lru_cache(maxsize=4096)
def _iso(year: str, month: str, day: str) -> str:
    """Cached: the six dates of a record are mostly those of the day's other records."""
    year = year.strip()
    if not (year.isascii() and year.isdigit()):
        return ""
    number = month_number(month.strip())
    date = _day(day.strip()) if number else None
    return year + (f"-{number:02d}" if number else "") + (f"-{date:02d}" if date else "")
