"""Fits the calibration of the network's probabilities on documents that it never saw."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from miner.calibration import inputs
from miner.findings import EntityType
from miner.labels import TYPES
from miner.network import Network
from miner.recognise import DictionaryRecogniser
from miner.sentences import split_sentences
from miner.spans import agreement, text_spans
from miner.tagger import tag
from miner.train.corpora import Sample
from miner.train.prepare import gold_text


def fit_calibration(
    samples: Sequence[Sample], network: Network, recogniser: DictionaryRecogniser, words: Mapping[str, int]
) -> dict[EntityType, list[float]]:
    """The coefficients of each type: intercept, then one for each input of miner.calibration."""
    seen: dict[EntityType, list[tuple[tuple[float, float, float], bool]]] = {type_: [] for type_ in TYPES}
    for sample in samples:
        for type_, case, right in _cases(sample, network, recogniser, words):
            seen[type_].append((case, right))
    fitted: dict[EntityType, list[float]] = {}
    for type_, cases in seen.items():
        regression = LogisticRegression(C=1.0).fit(np.array([c for c, _ in cases]), [r for _, r in cases])
        fitted[type_] = [round(float(v), 4) for v in (regression.intercept_[0], *regression.coef_[0])]
    return fitted


def _cases(
    sample: Sample, network: Network, recogniser: DictionaryRecogniser, words: Mapping[str, int]
) -> Iterator[tuple[EntityType, tuple[float, float, float], bool]]:
    """What the regression sees of each span of a document, and whether gold has it."""
    document = gold_text(sample.document)
    named = recogniser.names(document.text, split_sentences(document.text, document.passages))
    gold = {(m.start, m.end, m.type) for m in sample.document.mentions}
    for span in text_spans(named, tag(network, words, named)):
        if span.type in sample.types:
            beside = [m for m in named.mentions if m.start < span.end and span.start < m.end]
            yield span.type, inputs(span.probability, agreement(span, beside)), (*span.place, span.type) in gold
