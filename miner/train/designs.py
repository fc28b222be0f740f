"""`python -m miner.train.designs TEXTS --data FOLDER --reader NAME`: make the weights of the design model anew.

First it learns from what the rules say of every open article of the PubMed files, which spreads what they know of
publication types, titles and phrases over all words; then from labelled articles how far to trust that. The labels are
in miner/train/labels/designs*.tsv; articles that are held out, in a development set, or kept unseen are left out.
"""

import argparse
import csv
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, cast

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from miner.challenge_features import Vector, grams, words_of
from miner.challenge_model import weighted_grams
from miner.design import LEAST_ABSTRACT, WORDS_SCORE, read_by_rules
from miner.design_model import FORMAT, OUTPUTS, WEIGHTS, kind_features
from miner.design_words import kinds, weigh
from miner.document import Document
from miner.train.draw import read_open
from miner.train.drawn import closed_pmids
from miner.weights import write_weights

_log = logging.getLogger(__name__)
_LABELS = Path(__file__).parent / "labels"
LABELS = (_LABELS / "designs_train.tsv", _LABELS / "designs.tsv")
UNSEEN = _LABELS / "designs_unseen.tsv"
#: articles a gram must stand in; inverse strengths of the first and the second regression, chosen by twenty folds
_SEEN, _FIRST_STRENGTH, _SECOND_STRENGTH = 25, 2.0, 1.0
#: an article whose label is unsure counts half, one that the rules name by more than words too
_HALF = 0.5
#: of these the rules know all that can be known
_LEFT_OUT = ("notice", "protocol", "guideline")
_FOLDS = 20


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles in the same order: their texts as counts of grams, features of phrases, design and weight."""

    counts: list[dict[str, int]]
    kinds: Vector
    designs: Any
    weights: Vector
    #: named by nothing but words of what was observed
    weak: Any


def main() -> None:
    """Train, log the scores of the folds, and write the weight file."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.designs", description=main.__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="PubMed XML files, the labelled articles among them")
    parser.add_argument("--data", type=Path, required=True, help="folder with held_out_pmids.txt and development sets")
    parser.add_argument("--reader", required=True, type=resolve_name, help="corpus.pubmed_xml:read_items")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    closed = closed_pmids(options.data)
    documents = [d for path in options.texts for d in read_open(path, options.reader, closed)]
    labels = {pmid: label for path in LABELS for pmid, label in _labels(path).items()}
    left_out = labels.keys() | _labels(UNSEEN).keys()
    long = [d for d in documents if len(d.text) - len(d.title) > LEAST_ABSTRACT]
    taught = _taught([d for d in long if d.id not in left_out])
    labelled = _labelled([d for d in documents if d.id in labels], labels)
    card, arrays = learn(taught, labelled)
    write_weights(options.out, card, arrays)


def _labels(path: Path) -> dict[str, tuple[str, bool]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["pmid"]: (row["design"], row["sure"] == "yes") for row in rows}


def _taught(documents: Sequence[Document]) -> Articles:
    read = [read_by_rules(document) for document in documents]
    kept = [at for at, (name, _, _) in enumerate(read) if name not in _LEFT_OUT]
    weak = np.array([read[at][2] <= WORDS_SCORE for at in kept])
    return Articles(
        [grams(words_of(documents[at].text)) for at in kept],
        np.zeros((len(kept), 0), dtype=np.float32),
        np.array([read[at][0] for at in kept]),
        np.where(weak, _HALF, 1.0),
        weak,
    )


def _labelled(documents: Sequence[Document], labels: dict[str, tuple[str, bool]]) -> Articles:
    weak = np.array([read_by_rules(document)[2] <= WORDS_SCORE for document in documents])
    sure = np.array([labels[document.id][1] for document in documents])
    return Articles(
        [grams(words_of(document.text)) for document in documents],
        np.array([kind_features(weigh(document)) for document in documents]),
        np.array([labels[document.id][0] for document in documents]),
        np.where(sure, 1.0, _HALF) * np.where(weak, 1.0, _HALF),
        weak,
    )


def learn(taught: Articles, labelled: Articles) -> tuple[dict[str, Any], dict[str, Vector]]:
    """Card and arrays of the model: both regressions are linear, so that their product is one."""
    known, rarity = _vocabulary(taught.counts)
    first, first_bias = _first(_matrix(taught.counts, known, rarity), taught)
    rows = _matrix(labelled.counts, known, rarity)
    features = np.hstack([rows @ first + first_bias, labelled.kinds])
    _log_folds(features, labelled)
    model = _second(features, labelled, np.arange(len(features)))
    columns = [list(model.classes_).index(name) for name in OUTPUTS]
    weights, width = model.coef_[columns].T, first.shape[1]
    card = {
        "format": FORMAT,
        "outputs": list(OUTPUTS),
        "kinds": list(kinds()),
        "grams": "\n".join(known),
        "articles": len(taught.counts),
        "labelled": len(labelled.counts),
    }
    arrays = {
        "rarity": rarity,
        "grams": first @ weights[:width],
        "kinds": weights[width:],
        "bias": model.intercept_[columns] + first_bias @ weights[:width],
    }
    return card, {name: np.asarray(array, dtype=np.float32) for name, array in arrays.items()}


def _vocabulary(counts: Sequence[dict[str, int]]) -> tuple[dict[str, int], Vector]:
    seen = Counter(gram for article in counts for gram in article)
    kept = sorted(gram for gram, number in seen.items() if number >= _SEEN)
    rarity = [np.log((1 + len(counts)) / (1 + seen[gram])) + 1 for gram in kept]
    return {gram: row for row, gram in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def _matrix(counts: Sequence[dict[str, int]], known: dict[str, int], rarity: Vector) -> csr_matrix:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for article in counts:
        rows, weights = weighted_grams(article, known, rarity)
        columns.extend(rows)
        values.extend(weights)
        ends.append(len(columns))
    return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=(len(counts), len(known)))


def _first(rows: csr_matrix, taught: Articles) -> tuple[Vector, Vector]:
    """One regression for each design that the rules name, against all others."""
    fitted = [
        LogisticRegression(C=_FIRST_STRENGTH, solver="liblinear", tol=1e-2, random_state=0).fit(
            rows, taught.designs == name, sample_weight=taught.weights
        )
        for name in sorted(set(taught.designs))
    ]
    return np.array([model.coef_[0] for model in fitted]).T, np.array([model.intercept_[0] for model in fitted])


def _second(features: Vector, labelled: Articles, chosen: Any) -> LogisticRegression:
    return LogisticRegression(C=_SECOND_STRENGTH, max_iter=3_000).fit(
        features[chosen], labelled.designs[chosen], sample_weight=labelled.weights[chosen]
    )


def _log_folds(features: Vector, labelled: Articles) -> None:
    """Accuracy on articles of which the rules know only words; the first regression never saw their labels."""
    right = np.zeros(len(features), dtype=bool)
    for train, test in KFold(_FOLDS, shuffle=True, random_state=0).split(features):
        model = _second(features, labelled, train)
        open_ = [at for at, name in enumerate(model.classes_) if name in OUTPUTS]
        found = model.classes_[open_][model.predict_proba(features[test])[:, open_].argmax(1)]
        right[test] = found == labelled.designs[test]
    weak = cast(Any, labelled.weak)
    _log.info("folds: %.3f of %d articles that only words tell", right[weak].mean(), weak.sum())


if __name__ == "__main__":
    main()
