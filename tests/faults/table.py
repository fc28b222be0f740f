"""docs/faults.md: the outcomes as a document."""

from collections.abc import Iterable
from pathlib import Path

from tests.faults.outcomes import Outcome

PATH = Path(__file__).parent.parent.parent / "docs" / "faults.md"
_HEAD = """# Faults of the night

Made by a test run: `python -m tests.faults` writes this page, and `make test` fails where a night ends otherwise.

Every row is one night with news on a small corpus: a record is new, one is revised, one is deleted. An emulated PubMed
fails in one way at one stage, for one request or all night long. Then the same command runs again with the fault gone.
Stages `esearch` and `efetch` belong to `theragraph refresh` with a saved search, the others to `harvest updates`.

*whole* means that the article store has the digest of a night without any fault, *nothing changed* that it has the
digest of the evening before. Exit codes: 0 complete, 1 incomplete, 2 nothing usable came in, 3 a service is
unavailable, 5 disk or store. No row may lose a record that was held and not deleted.

| stage | fault | lasts | exit | that night | next exit | next night | what is said first |
|---|---|---|---|---|---|---|---|
"""


def document(outcomes: Iterable[Outcome]) -> str:
    """The page."""
    return _HEAD + "".join(f"{outcome.row()}\n" for outcome in outcomes)


def rows(text: str) -> dict[tuple[str, str, str], str]:
    """Rows of the page by stage, fault and how long it lasts."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split(" | ")]
        if len(cells) == 8 and cells[0] != "| stage":
            found[(cells[0].removeprefix("| "), cells[1], cells[2])] = line
    return found
