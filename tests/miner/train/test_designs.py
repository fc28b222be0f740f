"""Training of the design model on invented articles."""

from pathlib import Path

import numpy as np

from miner.challenge_features import grams, words_of
from miner.design_model import OUTPUTS, DesignModel
from miner.design_words import Weighed, kinds
from miner.train.designs import LABELS, UNSEEN, Articles, learn
from miner.weights import read_weights, write_weights


def _articles(width: int) -> Articles:
    """Thirty articles of each design, told by a word of their own."""
    designs = np.array([name for name in OUTPUTS for _ in range(30)])
    counts = [grams(words_of(f"the study {name.replace(' ', '-')} ended")) for name in designs]
    features = np.zeros((len(designs), width), dtype=np.float32)
    return Articles(
        counts, features, designs, np.ones(len(designs), dtype=np.float32), np.ones(len(designs), dtype=bool)
    )


def test_telling_words_are_learnt(tmp_path: Path) -> None:
    card, arrays = learn(_articles(0), _articles(len(kinds())))
    write_weights(tmp_path / "designs.bin", card, arrays)
    model = DesignModel(read_weights(tmp_path / "designs.bin"))
    said = model.read("A case-control study", {kind: Weighed() for kind in kinds()})
    assert said.design == "case-control"
    assert "case-control" in said.words


def test_nothing_unseen_is_learnt() -> None:
    pmids = [{line.split("\t")[0] for line in path.read_text("utf-8").splitlines()[1:]} for path in (*LABELS, UNSEEN)]
    assert sum(map(len, pmids)) == len(set().union(*pmids)) == 800
