"""Hides names from a network that learns, so that it also reads what no vocabulary lists.

Nearly every drug, gene and disease of the training corpora carries a hint, and a network that never misses one learns
to trust hints alone. At each reading some runs of hinted tokens lose their hints, and some of those their words, as a
new name has neither.
"""

import numpy as np

from miner.features import COLUMNS
from miner.network import Features

#: share of the runs of hinted tokens that lose their hints, and of those the share that lose their words too
_UNHINTED = 0.2
_UNSEEN = 0.5
_NORM, _PASSED, _STOPPED = (list(COLUMNS).index(name) for name in ("norm", "passed", "stopped"))
_VECTOR = len(COLUMNS)


def conceal(rows: Features, random: np.random.Generator) -> Features:
    """A copy of a document's features in which some names are unknown; prefixes, suffixes and shapes stay."""
    hinted = (rows[:, _PASSED] != 0) | (rows[:, _STOPPED] != 0)
    begins = hinted & ~np.concatenate(([False], hinted[:-1]))
    drawn = random.random(len(rows) + 1)[np.cumsum(begins)]
    hidden = hinted & (drawn < _UNHINTED)
    unseen = hinted & (drawn < _UNHINTED * _UNSEEN)
    copy = rows.copy()
    copy[hidden, _PASSED] = copy[hidden, _STOPPED] = 0
    copy[unseen, _NORM] = random.integers(1, 2**63, size=int(unseen.sum()), dtype=np.uint64)
    copy[unseen, _VECTOR] = 0
    return copy
