"""Rates with 95 % intervals, by drawing the documents again with replacement (percentile bootstrap, Efron 1979).

Documents are drawn and not mentions: the mentions of one abstract are right or wrong together, and drawing them singly
would make the intervals too narrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from miner.evaluation.scores import Score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

RESAMPLES = 1000
_SEED = 20261123
_PERCENTILES = (2.5, 97.5)

#: scoring ("strict") and name of a row
Key = tuple[str, str]
#: right, extracted and gold of one document
Counts = tuple[int, int, int]
#: lower and upper bound; None where most draws have nothing to count
Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score with the interval of each of its rates."""

    scoring: str
    score: Score
    precision: Interval
    recall: Interval
    f1: Interval

    def row(self) -> dict[str, object]:
        """The row that is printed."""
        bounds = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            "scoring": self.scoring,
            "what": self.score.name,
            "right": self.score.right,
            "extracted": self.score.extracted,
            "gold": self.score.gold,
            "precision": self.score.precision,
            "recall": self.score.recall,
            "f1": self.score.f1,
            **{f"{name}_95": f"{i[0]:.3f}-{i[1]:.3f}" if i else None for name, i in bounds.items()},
        }


def estimates(counts: Mapping[Key, Sequence[Counts]]) -> tuple[Estimate, ...]:
    """One estimate for each key, in the mapping's order; every key has one entry a document, in the same order."""
    import numpy as np

    table = np.array(list(counts.values()), dtype=np.float64)  # keys x documents x 3; whole numbers, so sums are exact
    if not table.size:
        return ()
    documents = table.shape[1]
    flat = table.transpose(1, 0, 2).reshape(documents, -1)
    draw = np.random.default_rng(_SEED)
    drawn = np.empty((RESAMPLES, len(counts), 3))
    for i in range(RESAMPLES):
        weights = np.bincount(draw.integers(0, documents, documents), minlength=documents).astype(np.float64)
        drawn[i] = (weights @ flat).reshape(len(counts), 3)
    right, extracted, gold = drawn[:, :, 0], drawn[:, :, 1], drawn[:, :, 2]
    bounds = [_intervals(right, extracted), _intervals(right, gold), _intervals(2 * right, extracted + gold)]
    totals = table.sum(axis=1).astype(int).tolist()
    return tuple(
        Estimate(scoring, Score(name, *totals[k]), *(bound[k] for bound in bounds))
        for k, (scoring, name) in enumerate(counts)
    )


def _intervals(top: "Draws", bottom: "Draws") -> list[Interval]:
    """The interval of top / bottom for each key."""
    import numpy as np

    rates = np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0)
    return [_interval(rates[:, k]) for k in range(rates.shape[1])]


def _interval(rates: "Draws") -> Interval:
    import numpy as np

    known = rates[~np.isnan(rates)]
    if 2 * len(known) < RESAMPLES:
        return None
    low, high = np.percentile(known, _PERCENTILES)
    return round(float(low), 3), round(float(high), 3)
