"""What a report of scores is made of: counts with their rates, errors, and the rows that are printed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from miner.findings import MinedArticle

#: (document id, title, text that follows the title) -> what mining makes of it
Annotate = Callable[[str, str, str], MinedArticle]
#: rows that add up others; they come first
_TOTALS = ("all", "any challenge", "all classes")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one row of a report; rates are None where nothing was there to count."""

    name: str
    right: int
    extracted: int
    gold: int

    @property
    def precision(self) -> float | None:
        return round(self.right / self.extracted, 3) if self.extracted else None

    @property
    def recall(self) -> float | None:
        return round(self.right / self.gold, 3) if self.gold else None

    @property
    def f1(self) -> float | None:
        total = self.extracted + self.gold
        return round(2 * self.right / total, 3) if total else None


@dataclass(frozen=True, slots=True)
class ScoredError:
    """One thing extracted that gold does not have ("extra"), or the reverse ("missed")."""

    id: str
    kind: str
    what: str
    sentence: str


def scores_of(counts: Mapping[str, Counter[str]]) -> tuple[Score, ...]:
    """Scores from counters of "right", "extracted" and "gold": totals first, then by name."""
    totals = [name for name in counts if name in _TOTALS]
    names = totals + sorted(set(counts) - set(totals))
    return tuple(Score(n, counts[n]["right"], counts[n]["extracted"], counts[n]["gold"]) for n in names)


def score_rows(scores: Sequence[Score]) -> Iterator[dict[str, object]]:
    """One row a score, with its rates."""
    for score in scores:
        yield {
            **score_row(score.name, score.right, score.extracted, score.gold),
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
        }


def score_row(name: str, right: int, extracted: int | None, gold: int) -> dict[str, object]:
    """A row where only the share of gold that is right says something."""
    share = round(right / gold, 3) if gold else None
    return {
        "what": name,
        "right": right,
        "extracted": extracted,
        "gold": gold,
        "precision": None,
        "recall": share,
        "f1": None,
    }
