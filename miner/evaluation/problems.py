"""Any challenge against sentences of Lahav et al. 2022, a table of which the columns text and problem count.

"problem" is 1.0 where a sentence states a difficulty, a limit or a gap in knowledge: wider than the challenges of this
project, which hinder a therapy or test, and about COVID-19. The score is a report of how far the two meet; no
threshold was chosen on it. Sentences before and behind are not read.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.errors import MinerInputError
from miner.evaluation.intervals import Counts, Estimate, estimates
from miner.evaluation.scores import Annotate, ScoredError

_COLUMNS = ("sentence_id", "text", "problem")
_VALUES = {"1.0": True, "1": True, "0.0": False, "0": False}


@dataclass(frozen=True, slots=True)
class ProblemsReport:
    """The score of sentences, and every error with the classes that were read."""

    sentences: int
    estimates: tuple[Estimate, ...]
    errors: tuple[ScoredError, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score."""
        return (estimate.row() for estimate in self.estimates)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        return ({"id": e.id, "error": e.kind, "class": e.what, "sentence": e.sentence} for e in self.errors)


def holds_problems(path: Path) -> bool:
    """Whether the header line of a file is that of such a table."""
    with path.open(encoding="utf-8", newline="") as lines:
        header: list[str] = next(csv.reader(lines), [])
        return set(_COLUMNS) <= set(header)


def score_problems(path: Path, annotate: Annotate) -> ProblemsReport:
    """Scores of "any challenge"; each sentence is read by itself and without a title.

    Raises:
        MinerInputError: a row does not say whether it states a problem.
    """
    counts: list[Counts] = []
    errors: list[ScoredError] = []
    for id_, text, wanted in _rows(path):
        found = annotate(id_, "", text).challenges
        counts.append((bool(found) and wanted, bool(found), wanted))
        if bool(found) != wanted:
            classes = ", ".join(sorted({name for challenge in found for name in challenge.classes}))
            errors.append(ScoredError(id_, "extra" if found else "missed", classes, text))
    return ProblemsReport(len(counts), estimates({("sentence", "any challenge"): counts}), tuple(errors))


def _rows(path: Path) -> Iterator[tuple[str, str, bool]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            if row["problem"] not in _VALUES:
                raise MinerInputError(f"{path} row {number}", f"problem is {row['problem']!r}; 1.0 or 0.0 is wanted")
            yield row["sentence_id"], row["text"], _VALUES[row["problem"]]
