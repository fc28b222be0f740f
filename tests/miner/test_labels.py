"""Spans as labels and back."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from miner.labels import LABELS, OUTSIDE, TYPES, LabelledSpan, agreeing, decode, encode

SPANS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(1, 4), st.sampled_from(TYPES)),
    max_size=6,
)


def one_hot(
    labels: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    return np.eye(LABELS, dtype=np.float32)[labels]


@given(SPANS)
def test_decode_gives_back_the_spans_that_were_encoded(spans: list) -> None:
    tokens = [(2 * i, 2 * i + 1) for i in range(16)]
    wanted = [(2 * start, 2 * (start + length) - 1, type_) for start, length, type_ in spans]
    labels, lost = encode(tokens, wanted)
    found = {(2 * s.start, 2 * s.end - 1, s.type) for s in decode(one_hot(labels))}
    assert len(found) + lost == len(wanted)
    assert found <= set(wanted)


def test_a_span_that_cuts_a_token_is_counted_as_lost() -> None:
    labels, lost = encode([(0, 4), (5, 9)], [(0, 3, "gene")])
    assert lost == 1
    assert not labels.any()


@given(st.integers(0, 2**32 - 1))
def test_no_decoded_span_overlaps_another_or_leaves_the_text(seed: int) -> None:
    scores = np.random.default_rng(seed).dirichlet([0.3] * LABELS, size=12).astype(np.float32)
    spans = decode(scores)
    assert all(0 <= s.start < s.end <= 12 and 0 < s.probability <= 1 for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_the_best_sequence_is_taken_where_the_best_labels_contradict_each_other() -> None:
    """Begin of a gene, then end of a drug: one of both must give way, the less likely one."""
    scores = np.full((2, LABELS), 0.001, dtype=np.float32)
    scores[0, 1], scores[0, 5] = 0.9, 0.08
    scores[1, 7], scores[1, 3] = 0.5, 0.45
    assert [(s.start, s.end, s.type) for s in decode(scores)] == [(0, 2, "gene")]


def test_the_same_words_elsewhere_get_the_type_they_surely_had_once() -> None:
    words = ["serotonin", "and", "serotonin"]
    scores = np.zeros((3, LABELS), dtype=np.float32)
    scores[:, OUTSIDE] = (0.02, 1.0, 0.7)
    first = LabelledSpan(0, 1, "drug", 0.98)
    assert [(s.start, s.type) for s in agreeing(words, [first], scores)] == [(0, "drug"), (2, "drug")]
    scores[2, OUTSIDE] = 0.95
    assert agreeing(words, [first], scores) == [first]
