"""`python -m miner.train.confidence`: make the weights of the confidence of findings anew.

It learns from the readings of labels/confidence_cases.tsv that are to be fitted on. Ten folds by abstract give the
scores that are logged; the weights come from all of them.
"""

import argparse
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from miner.confidence import FORMAT, WEIGHTS
from miner.train.confidence_cases import CASES, FITTED, Case, read_cases
from miner.weights import write_weights

_log = logging.getLogger(__name__)
#: findings that a feature must be seen in, and the strength of the regression (of .003 to 1, the lowest log loss over
#: folds: .382, against .417 of the mere share of right ones)
_SEEN, _STRENGTH = 8, 0.2
_FOLDS = 10


def main() -> None:
    """Train, log the scores of the folds, and write the weight file."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.confidence", description=main.__doc__)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    card, arrays = learn([case for case in read_cases(options.cases) if case.set in FITTED])
    write_weights(options.out, card, arrays)


def learn(cases: Sequence[Case]) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Card and arrays of the model."""
    seen = Counter(name for case in cases for name in case.found)
    names = sorted(name for name, count in seen.items() if count >= _SEEN)
    rows = np.array([[case.found.get(name, 0.0) for name in names] for case in cases])
    right = np.array([case.right for case in cases])
    apart = np.zeros(len(cases))
    for train, test in GroupKFold(_FOLDS).split(rows, groups=[case.pmid for case in cases]):
        apart[test] = _fitted(rows[train], right[train]).predict_proba(rows[test])[:, 1]
    _log.info("%d findings, %d right; over folds log loss %.3f (share of right ones alone %.3f), area %.3f", len(cases),
              right.sum(), log_loss(right, apart), log_loss(right, np.full(len(cases), right.mean())),
              roc_auc_score(right, apart))  # fmt: skip
    model = _fitted(rows, right)
    card = {"format": FORMAT, "features": names, "findings": len(cases), "right": int(right.sum())}
    return card, {"weights": model.coef_[0].astype(np.float32), "bias": model.intercept_.astype(np.float32)}


def _fitted(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=2_000).fit(rows, right)


if __name__ == "__main__":
    main()
