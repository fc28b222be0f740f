"""Draws sentences to be labelled for findings: equal groups chosen by cue words, each with a drug or gene mention.

Only documents whose turn comes are given to the recogniser, so that the drawing takes minutes and not the hour that
reading a whole file would.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from miner.document import Document
from miner.recognise import Recogniser
from miner.therapies import is_therapy
from miner.train.drawn import Drawn, bodies, drawn_sentence, in_turns, rank, same_text
from miner.train.nets import Net, Nets

#: sentences of a group; safety and prognostic make one group together
SHARES = {
    "resistance": 110,
    "comparison": 110,
    "negative": 110,
    "safety": 55,
    "prognostic": 55,
    "benefit": 110,
    "background": 110,
}
#: share of cancer and targeted therapies
PREFERRED = 2 / 3
_PER_ABSTRACT = 2


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    position: int
    trigger: int


#: (group, whether preferred) -> sentences with its cue words
Cued = dict[tuple[str, bool], list[_Candidate]]


def find_cues(documents: Iterable[Document], nets: Nets) -> Cued:
    """The sentences with cue words, by group."""
    cued: Cued = defaultdict(list)
    for document in documents:
        about = nets.preferred.search(document.title.lower()) is not None
        for position, sentence in bodies(document):
            lowered = sentence.lower()
            preferred = about or nets.preferred.search(lowered) is not None
            for net in nets.findings:
                if (trigger := net.trigger(lowered)) is not None:
                    cued[net.name, preferred].append(_Candidate(document, position, trigger))
    return cued


@dataclass(slots=True)
class FindingDrawing:
    """Draws group after group, and counts what it looked at."""

    recogniser: Recogniser
    seed: int
    sentences: list[Drawn] = field(default_factory=list)
    #: group -> sentences whose mentions were looked at, and those that had one
    looked: Counter[str] = field(default_factory=Counter)
    fitting: Counter[str] = field(default_factory=Counter)
    _texts: set[str] = field(default_factory=set)
    _abstracts: Counter[str] = field(default_factory=Counter)
    _read: dict[str, Document] = field(default_factory=dict)

    def draw(self, cued: Cued, nets: Nets) -> list[Drawn]:
        """The sentences to label, in no useful order."""
        by_name = {net.name: net for net in nets.findings}
        for name, count in SHARES.items():
            first = round(count * PREFERRED)
            got = self._take(by_name[name], self._queue(cued, name, preferred=True), first)
            self._take(by_name[name], self._queue(cued, name, preferred=False), count - got)
        return self.sentences

    def _queue(self, cued: Cued, name: str, *, preferred: bool) -> Iterator[_Candidate]:
        candidates = cued[name, preferred]
        ordered = sorted(candidates, key=lambda c: rank(self.seed, name, c.document.id, c.position))
        return iter(in_turns(ordered, lambda c: c.trigger))

    def _take(self, net: Net, queue: Iterator[_Candidate], count: int) -> int:
        taken = 0
        while taken < count and (candidate := next(queue, None)) is not None:
            drawn = drawn_sentence(candidate.document, candidate.position, net.name)
            key = same_text(drawn.sentence)
            if key in self._texts or self._abstracts[candidate.document.id] >= _PER_ABSTRACT:
                continue
            self.looked[net.name] += 1
            if not self._holds(candidate, net.needs):
                continue
            self.fitting[net.name] += 1
            self._texts.add(key)
            self._abstracts[candidate.document.id] += 1
            self.sentences.append(drawn)
            taken += 1
        return taken

    def _holds(self, candidate: _Candidate, type_: str) -> bool:
        """Whether a gene, or a drug that may be a therapy, is mentioned in the sentence."""
        document = candidate.document
        if document.id not in self._read:
            found = self.recogniser.recognise(document.text, document.sentences)
            self._read[document.id] = replace(document, mentions=found.mentions)
        mentions = self._read[document.id].mentions_in(document.sentences[candidate.position])
        return any(m.type == type_ and (type_ != "drug" or is_therapy(m.concept_id)) for m in mentions)
