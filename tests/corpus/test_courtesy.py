from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from corpus.courtesy import courtesy_note


def there(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York")).timestamp()


@pytest.mark.parametrize("now", ["2026-11-24T05:00", "2026-11-24T20:59", "2026-07-01T12:00"])
def test_a_large_job_in_office_hours_is_told(now: str) -> None:
    assert "US Eastern" in courtesy_note(100, there(now))


@pytest.mark.parametrize("now", ["2026-11-24T04:59", "2026-11-24T21:00", "2026-11-28T12:00", "2026-11-29T12:00"])
def test_nights_and_weekends_are_welcome(now: str) -> None:
    assert courtesy_note(5000, there(now)) == ""


def test_a_small_job_is_welcome_at_any_time() -> None:
    assert courtesy_note(99, there("2026-11-24T12:00")) == ""
