"""Spans as BILUO labels of tokens, and the best spans that label probabilities allow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miner.findings import EntityType

#: types the statistical recogniser predicts; tests and variants stay with vocabulary and notation
TYPES: tuple[EntityType, ...] = ("gene", "drug", "disease")
OUTSIDE = 0
#: label numbers: 0 outside, then B I L U for each type
LABELS = 1 + 4 * len(TYPES)
_B, _I, _L, _U = 1, 2, 3, 4
#: a token of at least this probability outside parts the spans around it
_SURELY_OUTSIDE = 0.999
#: a span of at least the first probability lends its type to the same words elsewhere, down to the second
_SURE, _DOUBTED = 0.8, 0.1
#: tokens of the longest span that is looked for elsewhere
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span of tokens, half-open, with the probability that its labels are right."""

    start: int
    end: int
    type: EntityType
    probability: float


def encode(
    tokens: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int, EntityType]]
) -> tuple[NDArray[np.int64], int]:
    """Label of each token, and the number of spans that no run of whole tokens is; of overlapping spans the longer."""
    labels = np.zeros(len(tokens), dtype=np.int64)
    starts = {start: index for index, (start, _) in enumerate(tokens)}
    ends = {end: index + 1 for index, (_, end) in enumerate(tokens)}
    lost = 0
    for start, end, type_ in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or labels[first:last].any():
            lost += 1
            continue
        base = 4 * TYPES.index(type_)
        if last - first == 1:
            labels[first] = base + _U
        else:
            labels[first] = base + _B
            labels[first + 1 : last - 1] = base + _I
            labels[last - 1] = base + _L
    return labels, lost


def _transitions() -> NDArray[np.bool_]:
    """allowed[a, b]: label b may follow label a."""
    allowed = np.zeros((LABELS, LABELS), dtype=bool)
    begins = [OUTSIDE] + [4 * t + k for t in range(len(TYPES)) for k in (_B, _U)]
    closed = [OUTSIDE] + [4 * t + k for t in range(len(TYPES)) for k in (_L, _U)]
    for label in closed:
        allowed[label, begins] = True
    for t in range(len(TYPES)):
        for label in (4 * t + _B, 4 * t + _I):
            allowed[label, [4 * t + _I, 4 * t + _L]] = True
    return allowed


_PENALTY = np.where(_transitions(), 0.0, -1e9)
_FIRST = np.array([0.0 if b in {0} or (b - 1) % 4 in (0, 3) else -1e9 for b in range(LABELS)])
_LAST = np.array([0.0 if a in {0} or (a - 1) % 4 in (2, 3) else -1e9 for a in range(LABELS)])


def decode(probabilities: NDArray[np.float32]) -> list[LabelledSpan]:
    """The spans of the best allowed sequence of labels, in order."""
    unsure = np.flatnonzero(probabilities[:, OUTSIDE] < _SURELY_OUTSIDE)
    if not len(unsure):
        return []
    logs = np.log(np.maximum(probabilities[unsure], 1e-9))
    path = logs.argmax(axis=1)
    firsts = np.concatenate(([True], np.diff(unsure) > 1))
    lasts = np.append(firsts[1:], True)
    # the likeliest label of each token where their sequence is allowed, which is common; else Viterbi
    forbidden = firsts & (_FIRST[path] < 0) | lasts & (_LAST[path] < 0)
    forbidden[1:] |= ~firsts[1:] & (_PENALTY[path[:-1], path[1:]] < 0)
    if forbidden.any():
        starts, ends = np.flatnonzero(firsts), np.flatnonzero(lasts) + 1
        for run in np.unique(np.searchsorted(ends, np.flatnonzero(forbidden), side="right")):
            path[starts[run] : ends[run]] = _best(logs[starts[run] : ends[run]])
    return _spans(path, logs[np.arange(len(path)), path], unsure)


def _best(logs: NDArray[np.float32]) -> NDArray[np.int64]:
    """The best allowed labels of a run of tokens."""
    score = logs[0] + _FIRST
    back = np.zeros((len(logs), LABELS), dtype=np.int64)
    for index in range(1, len(logs)):
        table = score[:, None] + _PENALTY
        back[index] = table.argmax(axis=0)
        score = table[back[index], np.arange(LABELS)] + logs[index]
    path = np.zeros(len(logs), dtype=np.int64)
    path[-1] = int((score + _LAST).argmax())
    for index in range(len(logs) - 1, 0, -1):
        path[index - 1] = back[index, path[index]]
    return path


def _spans(path: NDArray[np.int64], logs: NDArray[np.float32], places: NDArray[np.intp]) -> list[LabelledSpan]:
    """Spans of a path; the probability is the geometric mean of the labels', which does not fall with length."""
    spans, start = [], 0
    inside = np.flatnonzero(path)
    for index, label, place in zip(inside.tolist(), path[inside].tolist(), places[inside].tolist(), strict=True):
        kind = (label - 1) % 4 + 1
        if kind in (_B, _U):
            start = index
        if kind in (_L, _U):
            mean = logs[start : index + 1].mean() if start < index else logs[index]
            type_ = TYPES[(label - 1) // 4]
            spans.append(LabelledSpan(place - (index - start), place + 1, type_, float(np.exp(mean))))
    return spans


def agreeing(
    words: Sequence[str], spans: Sequence[LabelledSpan], probabilities: NDArray[np.float32]
) -> list[LabelledSpan]:
    """The spans, and the other places where the same words stand that the model was sure of once and doubted here.

    On the development sets this moved micro F1 by +0.2 (BioRED) and +0.1 (BC5CDR).
    """
    sure: dict[tuple[str, ...], EntityType] = {}
    taken = bytearray(len(words))
    for span in spans:
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        key = tuple(words[span.start : span.end])
        if span.probability >= _SURE and len(key) <= _LONGEST and (len(key) > 1 or len(key[0]) > 2):
            sure.setdefault(key, span.type)
    if not sure:
        return list(spans)
    places: dict[str, list[int]] = {key[0]: [] for key in sure}
    for index, word in enumerate(words):
        if word in places:
            places[word].append(index)
    found = list(spans)
    for key, type_ in sorted(sure.items(), key=lambda item: (-len(item[0]), item[0])):
        for start in places[key[0]]:
            end = start + len(key)
            if taken.find(1, start, end) >= 0 or tuple(words[start:end]) != key:
                continue
            inside = float(1 - probabilities[start:end, OUTSIDE].max())
            if inside >= _DOUBTED:
                taken[start:end] = b"\x01" * len(key)
                found.append(LabelledSpan(start, end, type_, inside))
    return sorted(found, key=lambda span: span.start)
