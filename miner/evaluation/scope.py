"""Denials and doubts against BioScope: sentences that hold one, cues, and the words that a denial reaches.

Two sets of rules deny: those for entities ("no EGFR mutation", miner/negation.py) and those for what is said of them
("did not improve", miner/assertion.py); a sentence is taken to be denied where either has a cue. Doubts have no scope
of their own here: a finding is doubted with its sentence or clause. BioScope also counts "suggest", "indicate
that" and "appear to" as doubts; to this project they report a result, so the recall of doubts says how far the two
differ, not only what is missed.
"""

import gzip
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from miner.assertion import certainty, denials, doubts
from miner.errors import MinerInputError
from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.evaluation.pairing import pair
from miner.negation import Cue, absences
from miner.sentences import Sentence
from miner.tokens import tokenise

WHAT = ("negation", "speculation")


@dataclass(frozen=True, slots=True)
class GoldCue:
    """A cue of BioScope with its scope, which holds the cue (code points of the sentence, half-open)."""

    what: str
    start: int
    end: int
    scope: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScopeSentence:
    """A sentence with its cues."""

    document: str
    id: str
    text: str
    cues: tuple[GoldCue, ...]


@dataclass(frozen=True, slots=True)
class CueErrors:
    """How often a cue was missed, or taken for one where gold has none, and the first sentence."""

    kind: str
    what: str
    cue: str
    count: int
    #: how often the cue was right
    right: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ScopeReport:
    """Scores of sentences, cues and scope tokens; errors by cue, the commonest first."""

    sentences: int
    documents: int
    estimates: tuple[Estimate, ...]
    errors: tuple[CueErrors, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score."""
        return (estimate.row() for estimate in self.estimates)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each cue and way of being wrong."""
        for e in self.errors:
            yield {
                "error": e.kind,
                "what": e.what,
                "cue": e.cue,
                "count": e.count,
                "right": e.right,
                "sentence": e.sentence,
            }


def read_bioscope(path: Path) -> Iterator[ScopeSentence]:
    """The sentences of a BioScope file (XML, gzipped or not), in order.

    Raises:
        MinerInputError: the file is broken, or holds no sentence.
    """
    document, count = "", 0
    try:
        with gzip.open(path) if _packed(path) else path.open("rb") as stream:
            for _, element in ElementTree.iterparse(stream, events=("end",)):
                if element.tag == "DocID":
                    document = element.text or ""
                elif element.tag == "sentence":
                    count += 1
                    yield _sentence(document, element)
                elif element.tag == "Document":
                    element.clear()
    except (ElementTree.ParseError, EOFError, OSError) as error:
        raise MinerInputError(str(path), f"is broken XML ({error}); fetch the file again") from error
    if not count:
        raise MinerInputError(str(path), "holds no sentence; BioScope's XML is wanted")


def score_scope(sentences: Iterable[ScopeSentence]) -> ScopeReport:
    """Scores over the sentences; the documents are what is drawn for the intervals."""
    by_document: dict[str, Counter[tuple[Key, int]]] = {}
    errors = _Errors()
    read_sentences = 0
    for sentence in sentences:
        read_sentences += 1
        counts = by_document.setdefault(sentence.document, Counter())
        for what, read_cues in _READ.items():
            found = read_cues(sentence.text)
            gold = [cue for cue in sentence.cues if cue.what == what]
            errors.add(what, sentence.text, gold, found)
            for key, triple in _counts(what, sentence.text, gold, found):
                counts.update({(key, i): n for i, n in enumerate(triple)})
    keys = dict.fromkeys(key for counts in by_document.values() for key, _ in counts)
    table: dict[Key, list[Counts]] = {
        key: [(c[key, 0], c[key, 1], c[key, 2]) for c in by_document.values()] for key in sorted(keys)
    }
    return ScopeReport(read_sentences, len(by_document), estimates(table), errors.listed())


def _packed(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _denied(text: str) -> list[Cue]:
    """The cues of both sets of rules; those that overlap are one."""
    merged: list[Cue] = []
    for cue in sorted((*absences(text, Sentence(0, len(text))), *denials(text)), key=lambda c: c.start):
        if merged and cue.start < merged[-1].end:
            last = merged.pop()
            cue = Cue(last.start, max(last.end, cue.end), max(last.reach, cue.reach))
        merged.append(cue)
    return merged


def _doubted(text: str) -> list[Cue]:
    return list(doubts(text))


_READ: dict[str, Callable[[str], list[Cue]]] = {"negation": _denied, "speculation": _doubted}


def _counts(what: str, text: str, gold: Sequence[GoldCue], found: Sequence[Cue]) -> Iterator[tuple[Key, Counts]]:
    yield ("sentence", what), (bool(gold and found), bool(found), bool(gold))
    if what == "speculation":
        held = certainty(text) in ("speculative", "aim")
        yield ("sentence", "speculation or aim"), (bool(gold and held), held, bool(gold))
    ours, theirs = (sorted({(c.start, c.end) for c in cues}) for cues in (found, gold))
    met = pair(ours, theirs, lambda one, other: one[0] < other[1] and other[0] < one[1])
    yield ("cues", what), (len(met), len(ours), len(theirs))
    if what == "negation":
        tokens = tokenise(text)
        reached = _tokens(tokens, [(c.start, c.reach) for c in found])
        scope = _tokens(tokens, [c.scope for c in gold])
        yield ("scope tokens", what), (len(reached & scope), len(reached), len(scope))


def _tokens(tokens: Sequence[tuple[int, int]], ranges: Sequence[tuple[int, int]]) -> set[int]:
    return {i for i, (s, e) in enumerate(tokens) if any(s < end and start < e for start, end in ranges)}


class _Errors:
    """Adds up right and wrong cues, gold's and those found."""

    def __init__(self) -> None:
        #: (missed or extra, what, cue) -> right, wrong
        self._right: Counter[tuple[str, str, str]] = Counter()
        self._wrong: Counter[tuple[str, str, str]] = Counter()
        self._first: dict[tuple[str, str, str], str] = {}

    def add(self, what: str, text: str, gold: Sequence[GoldCue], found: Sequence[Cue]) -> None:
        theirs, ours = [(c.start, c.end) for c in gold], [(c.start, c.end) for c in found]
        for kind, places, others in (("missed", theirs, ours), ("extra", ours, theirs)):
            for start, end in dict.fromkeys(places):
                key = kind, what, " ".join(text[start:end].lower().split())
                if any(start < e and s < end for s, e in others):
                    self._right[key] += 1
                else:
                    self._wrong[key] += 1
                    self._first.setdefault(key, text)

    def listed(self) -> tuple[CueErrors, ...]:
        rows = (CueErrors(*key, count, self._right[key], self._first[key]) for key, count in self._wrong.items())
        return tuple(sorted(rows, key=lambda e: (-e.count, e.what, e.kind, e.cue)))


def _sentence(document: str, element: ElementTree.Element) -> ScopeSentence:
    parts: list[str] = []
    scopes: dict[str, tuple[int, int]] = {}
    cues: list[tuple[str, str, int, int]] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        end = sum(map(len, parts))
        if node.tag == "xcope":
            scopes[node.get("id", "")] = start, end
        elif node.tag == "cue" and node.get("type") in WHAT:
            cues.append((node.get("type", ""), node.get("ref", ""), start, end))

    walk(element)
    gold = tuple(GoldCue(what, start, end, scopes.get(ref, (start, end))) for what, ref, start, end in cues)
    return ScopeSentence(document, element.get("id", ""), "".join(parts), gold)
