"""Names are hidden from a network that learns: whole names, some of them, and nothing else."""

import numpy as np

from miner.features import COLUMNS
from miner.network import Features
from miner.train.conceal import conceal

NORM, PASSED = list(COLUMNS).index("norm"), list(COLUMNS).index("passed")
OTHERS = [list(COLUMNS).index(name) for name in ("prefix", "suffix", "shape", "long form")]


def document(names: int) -> Features:
    """Names of two hinted tokens, with a token without a hint between them."""
    rows: Features = np.arange(1, 3 * names * (len(COLUMNS) + 1) + 1, dtype=np.uint64).reshape(3 * names, -1)
    rows[2::3, PASSED] = rows[2::3, list(COLUMNS).index("stopped")] = 0
    return rows


def test_whole_names_lose_their_hints_and_half_of_them_their_words() -> None:
    rows = document(2_000)
    seen = conceal(rows, np.random.default_rng(0))
    hidden = seen[:, PASSED] != rows[:, PASSED]
    unseen = seen[:, NORM] != rows[:, NORM]
    assert (hidden[0::3] == hidden[1::3]).all()
    assert not hidden[2::3].any()
    assert 0.17 < hidden[0::3].mean() < 0.23
    assert 0.07 < unseen[0::3].mean() < 0.13
    assert (unseen <= hidden).all()
    assert (seen[unseen, -1] == 0).all()
    assert (seen[~unseen, -1] == rows[~unseen, -1]).all()
    assert (seen[:, OTHERS] == rows[:, OTHERS]).all()


def test_the_document_itself_is_left_alone() -> None:
    rows = document(50)
    before = rows.copy()
    conceal(rows, np.random.default_rng(1))
    assert (rows == before).all()
