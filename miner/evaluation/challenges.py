"""Scores of challenges against sentences that readers labelled: classes as sets, then the stance."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.errors import MinerInputError
from miner.evaluation.mentions import Judged
from miner.evaluation.scores import Annotate, Score, ScoredError, score_row, score_rows, scores_of


@dataclass(frozen=True, slots=True)
class ChallengesReport:
    """Scores of challenges: any, all classes together, each class; stance where both sides see a challenge."""

    sentences: int
    scores: tuple[Score, ...]
    stance_right: int
    stance_judged: int
    errors: tuple[ScoredError, ...]
    #: score and truth of each sentence said to state a challenge
    judged: tuple[Judged, ...] = ()

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score, then the stance."""
        yield from score_rows(self.scores)
        yield score_row("stance", self.stance_right, self.stance_judged, self.stance_judged)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        return ({"id": e.id, "error": e.kind, "class": e.what, "sentence": e.sentence} for e in self.errors)


def score_challenges(gold: Path, annotate: Annotate) -> ChallengesReport:
    """Scores of a tab-separated file with the columns id, classes, polarity, title and sentence.

    Raises:
        MinerInputError: a column is missing.
    """
    counts: dict[str, Counter[str]] = {"any challenge": Counter(), "all classes": Counter()}
    errors: list[ScoredError] = []
    judged_scores: list[Judged] = []
    sentences = right = judged = 0
    for row in _gold_table(gold):
        sentences += 1
        wanted = set() if row["classes"] == "-" else set(row["classes"].split(","))
        title = row["title"].strip("[]")
        offset = len(title) + 1 if title else 0
        mined = annotate(row["id"], title, row["sentence"])
        found = [c for c in mined.challenges if c.start >= offset]
        classes = {name for challenge in found for name in challenge.classes}
        _count(counts, "any challenge", bool(classes and wanted), bool(classes), bool(wanted))
        for name in sorted(classes | wanted):
            for line in ("all classes", name):
                _count(counts, line, name in classes and name in wanted, name in classes, name in wanted)
            if name not in wanted or name not in classes:
                kind = "extra" if name in classes else "missed"
                errors.append(ScoredError(row["id"], kind, name, row["sentence"]))
        if found:
            judged_scores.append(Judged("challenge", max(c.score for c in found), bool(wanted)))
        if classes and wanted:
            judged += 1
            right += found[0].polarity == row["polarity"]
    return ChallengesReport(sentences, scores_of(counts), right, judged, tuple(errors), tuple(judged_scores))


def _gold_table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"id", "classes", "polarity", "title", "sentence"} - set(rows.fieldnames or ())
        if missing:
            raise MinerInputError(
                str(path), f"the columns {', '.join(sorted(missing))} are missing from the header line"
            )
        yield from rows


def _count(counts: dict[str, Counter[str]], name: str, right: bool, extracted: bool, gold: bool) -> None:
    counter = counts.setdefault(name, Counter())
    counter["right"] += right
    counter["extracted"] += extracted
    counter["gold"] += gold
