"""Documents as the network reads them: features of every token, and what is known of its labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from miner.document import Document
from miner.features import features
from miner.findings import EntityType
from miner.gold import GoldDocument
from miner.hints import hints
from miner.labels import LABELS, OUTSIDE, TYPES, encode
from miner.network import Features, Scores
from miner.recognise import DictionaryRecogniser
from miner.sentences import split_sentences
from miner.tokens import tokenise
from miner.train.corpora import Sample


@dataclass(frozen=True, slots=True)
class Example:
    """One document to learn from.

    labels holds the gold label of each token; open marks the labels that gold says nothing about, because its
    annotators did not look for their types. silver holds probabilities of other networks where there are any.
    """

    features: Features
    labels: NDArray[np.int64]
    open: NDArray[np.bool_]
    silver: Scores | None = None

    def target(self, predicted: Scores) -> Scores:
        """What the network should have said: gold; where gold is silent, the silver labels, or its own opinion."""
        wanted = np.eye(LABELS, dtype=np.float32)[self.labels]
        if self.open.any():
            silent = self.labels == OUTSIDE
            opinion = (predicted if self.silver is None else self.silver)[silent] * (self.open | _OUTSIDE)
            wanted[silent] = opinion / opinion.sum(axis=1, keepdims=True).clip(1e-9)
        return wanted

    def taught(self, silver: Scores) -> "Example":
        return replace(self, silver=silver)


_OUTSIDE = np.arange(LABELS) == OUTSIDE


def read_features(recogniser: DictionaryRecogniser, document: Document, words: Mapping[str, int]) -> Features:
    """The features of a text with the hints of the vocabularies."""
    text = document.text
    named = recogniser.names(text, split_sentences(text, document.passages))
    tokens = tokenise(text)
    return features(text, tokens, hints(text, tokens, named.mentions, named.drops, named.abbreviations), words)


def gold_example(recogniser: DictionaryRecogniser, sample: Sample, words: Mapping[str, int]) -> Example:
    """A training document with its gold labels."""
    document = gold_text(sample.document)
    spans = [(m.start, m.end, m.type) for m in sample.document.mentions if m.type in sample.types]
    labels, _ = encode(tokenise(document.text), spans)
    return Example(read_features(recogniser, document, words), labels, open_labels(sample.types))


def silver_example(recogniser: DictionaryRecogniser, document: Document, words: Mapping[str, int]) -> Example:
    """A document that nobody annotated."""
    rows = read_features(recogniser, document, words)
    return Example(rows, np.zeros(len(rows), dtype=np.int64), open_labels(frozenset()))


def gold_text(document: GoldDocument) -> Document:
    """The document as the pipeline gets it."""
    from miner.annotate_input import make_document

    if not document.title:
        return make_document(document.id, "", document.text)
    return make_document(document.id, document.title, document.text[len(document.title) + 1 :])


def open_labels(known: Iterable[EntityType]) -> NDArray[np.bool_]:
    """Marks the labels of the types that annotators did not look for."""
    marks = np.zeros(LABELS, dtype=bool)
    for index, type_ in enumerate(TYPES):
        if type_ not in known:
            marks[1 + 4 * index : 5 + 4 * index] = True
    return marks
