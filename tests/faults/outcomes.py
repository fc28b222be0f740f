"""What became of a case: measured on the store and on what the command said, never assumed."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.cases import NIGHTS, Case
from tests.faults.world import Said, World, harvest_only, news, without_waiting, world

#: what every case ends in; the article store is compared by its digest
HEALED = "whole"
UNCHANGED = "nothing changed"
_WIDEST = 150


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table."""

    stage: str
    fault: str
    lasts: str
    exit: int
    that_night: str
    next_exit: int
    next_night: str
    said: str

    def row(self) -> str:
        """As the table has it."""
        said = self.said.replace("|", "\\|")
        cells = (self.stage, self.fault, self.lasts, self.exit, self.that_night, self.next_exit, self.next_night, said)
        return "| " + " | ".join(str(cell) for cell in cells) + " |"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Homes before the night with news, and what it makes of them undisturbed; by the command of the night."""

    homes: dict[tuple[str, ...], Path]
    before: dict[tuple[str, ...], str]
    whole: dict[tuple[str, ...], str]
    #: digest of every record in it
    records: dict[tuple[str, ...], dict[int, str]]


def prepare(folder: Path) -> Prepared:
    """Two homes, one that follows a search and one that follows the daily files."""
    made = Prepared({}, {}, {}, {})
    first = {
        ("refresh", "--no-updates"): [("harvest", "search", "lung[tiab]", "--save", "lung"), ("refresh",)],
        ("harvest", "updates"): [("harvest", "updates")],
    }
    with pytest.MonkeyPatch.context() as patch:
        without_waiting(patch)
        harvest_only(patch)
        for number, (night, commands) in enumerate(first.items()):
            with world(Path("none"), folder / str(number), patch) as place:
                for command in commands:
                    assert place.command(*command).code == 0
                made.homes[night], made.before[night] = place.home, place.digest()
            with world(place.home, folder / f"{number}-whole", patch) as place:
                news(place.service)
                assert place.command(*night).code == 0
                made.whole[night], made.records[night] = place.digest(), place.records()
    return made


def outcome(case: Case, prepared: Prepared, folder: Path) -> Outcome:
    """The night with the fault, and the next one without it."""
    night = NIGHTS[case.stage]
    with pytest.MonkeyPatch.context() as patch:
        without_waiting(patch)
        harvest_only(patch)
        with world(prepared.homes[night], folder, patch) as place:
            news(place.service)
            case.strike(place)
            said = place.command(*night)
            became = _became(place, prepared, night, said)
            assert {1, 3} <= place.records().keys(), "what was held and not deleted is gone"
            place.service.faults.clear()
            case.mend(place)
            again = place.command(*night)
            return Outcome(
                case.stage,
                case.fault,
                case.lasts,
                said.code,
                became,
                again.code,
                _became(place, prepared, night, again),
                first_words(said),
            )


def _became(place: World, prepared: Prepared, night: tuple[str, ...], said: Said) -> str:
    digest, records, whole = place.digest(), place.records(), prepared.records[night]
    if digest == prepared.whole[night]:
        return HEALED
    if digest == prepared.before[night]:
        return UNCHANGED
    lacking = [pmid for pmid in whole if records.get(pmid) != whole[pmid]]
    if said.code and all(f"PMID {pmid}" in said.text for pmid in lacking):
        return "whole but for " + ", ".join(f"PMID {pmid}" for pmid in lacking)
    newer = [f"PMID {pmid} as last revised" for pmid in lacking if pmid in records]
    return "whole, with " + ", ".join([*newer, *(f"PMID {pmid}" for pmid in records.keys() - whole.keys())])


def first_words(said: Said) -> str:
    """The first thing that is to be tried again, else the first note."""
    lines = said.text.splitlines()
    sign = "error: " if said.code else "note: "
    if (heading := "## To try again (the same command does)" if said.code else "## Notes") in lines:
        found = lines[lines.index(heading) + 2]
    else:
        found = next((line for line in lines if line.startswith(sign)), "")
    words = found.removeprefix("- ").removeprefix(sign)
    return words if len(words) <= _WIDEST else f"{words[:_WIDEST].rstrip()} ..."
