"""NCBI's request to large jobs: at night or on weekends, in the time of its computers (pure)."""

from corpus.nlm_clock import nlm_time

#: requests from which a job counts as large; NCBI names no number
_LARGE = 100
#: "weekends or between 9:00 PM and 5:00 AM Eastern time during weekdays" (ncbi.nlm.nih.gov/books/NBK25497)
_EVENING, _MORNING, _SATURDAY = 21, 5, 5


def courtesy_note(requests: int, now: float) -> str:
    """What to say before so many requests at this time (seconds since 1970); "" where nothing is to be said."""
    there = nlm_time(now)
    busy = there.weekday() < _SATURDAY and _MORNING <= there.hour < _EVENING
    if requests < _LARGE or not busy:
        return ""
    return (
        f"{requests:,} requests: NCBI asks for jobs of this size on weekends or between 9 pm and 5 am US Eastern time, "
        f"where it is {there:%A %H:%M} now, and may block who does not; the run can be stopped and goes on later"
    )
