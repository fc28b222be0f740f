"""The days of NLM and NCBI: those of Bethesda, in which create, revision and office hours are meant (pure)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_BETHESDA = ZoneInfo("America/New_York")


def nlm_time(moment: float | str) -> datetime:
    """A moment in Bethesda; given as seconds since 1970, or as ISO time with its offset."""
    given = datetime.fromisoformat(moment) if isinstance(moment, str) else datetime.fromtimestamp(moment, UTC)
    return given.astimezone(_BETHESDA)


def nlm_day(moment: float | str) -> date:
    """The day of a moment in Bethesda."""
    return nlm_time(moment).date()
