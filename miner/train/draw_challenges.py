"""Draws sentences to be labelled for challenges: what the rules are unsure of, and what they have never caught.

For each class a net of trigger words is cast over all sentences. What it catches falls into three strata: flagged (the
rules name the class), near (they do not, though a hindrance stands in the sentence) and topic (the trigger word alone).
Within a stratum the triggers take turns, so that rare ones are covered; where the rules flag, their less sure half
comes first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from miner.challenges import find_challenges
from miner.document import Document
from miner.train.drawn import Drawn, bodies, drawn_sentence, in_turns, rank, same_text
from miner.train.nets import Net, Nets

#: shares of a class's sentences: half flagged; of the others five eighths near misses, the rest hard negatives
STRATA = {"flagged": 0.5, "near": 0.3125, "topic": 0.1875}
#: sentences for a class of the seed article, for each clinical class, and without any net
PER_SEED, PER_CLINICAL, AT_RANDOM = 110, 36, 180
#: of one abstract
_PER_ABSTRACT = 3
#: a score of the rules below this comes of a topic word with a hindrance near it
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    position: int
    stratum: str
    name: str
    #: number of the trigger that caught it
    trigger: int
    core: bool
    #: flagged by the weaker rules
    unsure: bool = False


@dataclass(slots=True)
class Caught:
    """What the nets catch, and what was drawn of it."""

    candidates: dict[str, dict[str, list[_Candidate]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    in_scope: list[tuple[Document, int]] = field(default_factory=list)
    #: class -> stratum -> sentences caught, and drawn
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    drawn: Counter[tuple[str, str]] = field(default_factory=Counter)


def catch(documents: Iterable[Document], nets: Nets) -> Caught:
    """Cast every net over every sentence once."""
    caught = Caught()
    for document in documents:
        in_scope = nets.scope.search(document.text.lower()) is not None
        medical = nets.medicine.search(document.text.lower()) is not None
        title = document.title.lower()
        hits: dict[int, list[tuple[Net, int]]] = {}
        for position, sentence in bodies(document):
            if in_scope:
                caught.in_scope.append((document, position))
            lowered = sentence.lower()
            held = [(net, number) for net in nets.challenges if (number := net.trigger(lowered)) is not None]
            if not (nets.medicine.search(lowered) or nets.medicine.search(title)):
                # of a scarce class, an abstract that speaks of medicine anywhere is enough
                held = [(net, number) for net, number in held if number < net.core and medical]
            if held:
                hits[position] = held
        for candidate in _judged(document, hits, nets):
            caught.candidates[candidate.name][candidate.stratum].append(candidate)
            caught.found[candidate.name, candidate.stratum] += 1
    return caught


def _judged(document: Document, hits: dict[int, list[tuple[Net, int]]], nets: Nets) -> Iterator[_Candidate]:
    """The stratum of each hit; the rules read the sentences with no mention known, which costs them next to nothing."""
    kept = replace(document, sentences=tuple(document.sentences[position] for position in hits))
    flagged = {challenge.start: challenge for challenge in find_challenges(kept)[0]}
    for position, held in hits.items():
        sentence = document.sentences[position]
        challenge = flagged.get(sentence.start)
        near = nets.hindrance.search(document.sentence_text(sentence).lower()) is not None
        for net, number in held:
            kind = (net.name, number, number < net.core)
            if challenge is not None and net.name in challenge.classes:
                yield _Candidate(document, position, "flagged", *kind, unsure=challenge.score < _SURE)
            else:
                yield _Candidate(document, position, "near" if near else "topic", *kind)


@dataclass(slots=True)
class _Drawing:
    """What has been drawn so far."""

    seed: int
    sentences: list[Drawn] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    abstracts: Counter[str] = field(default_factory=Counter)

    def take(self, document: Document, position: int, group: str) -> bool:
        """Draw a sentence, unless it or enough of its abstract has been drawn."""
        drawn = drawn_sentence(document, position, group)
        key = same_text(drawn.sentence)
        if key in self.texts or self.abstracts[document.id] >= _PER_ABSTRACT:
            return False
        self.texts.add(key)
        self.abstracts[document.id] += 1
        self.sentences.append(drawn)
        return True


def draw_challenges(caught: Caught, nets: Nets, seed: int) -> list[Drawn]:
    """The sentences to label, in no useful order; scarce classes choose first."""
    drawing = _Drawing(seed)
    for net in sorted(nets.challenges, key=lambda n: (sum(map(len, caught.candidates[n.name].values())), n.name)):
        _draw_class(drawing, caught, net.name, PER_SEED if net.seed else PER_CLINICAL)
    left = AT_RANDOM
    for document, position in sorted(caught.in_scope, key=lambda s: rank(seed, "random", s[0].id, s[1])):
        if not left:
            break
        if drawing.take(document, position, "random"):
            caught.drawn["random", "random"] += 1
            left -= 1
    return drawing.sentences


def _draw_class(drawing: _Drawing, caught: Caught, name: str, wanted: int) -> None:
    """Fill each stratum's share, then give what a stratum lacks to the others, likely positives first."""
    caught_here = caught.candidates[name]
    queues = {stratum: _queue(caught_here[stratum], drawing.seed) for stratum in STRATA}
    shares = {stratum: round(wanted * share) for stratum, share in STRATA.items()}
    shares["topic"] = wanted - shares["flagged"] - shares["near"]
    for stratum, count in [*shares.items(), *dict.fromkeys(STRATA, wanted).items()]:
        count = min(count, wanted - sum(caught.drawn[name, s] for s in STRATA))
        while count > 0 and queues[stratum]:
            candidate = queues[stratum].pop()
            if drawing.take(candidate.document, candidate.position, name):
                caught.drawn[name, stratum] += 1
                count -= 1


def _queue(candidates: Sequence[_Candidate], seed: int) -> list[_Candidate]:
    """In the order to be drawn, the first one last: triggers take turns, within one the unsure and the sure do."""
    ordered = sorted(candidates, key=lambda c: rank(seed, c.name, c.document.id, c.position))
    core = in_turns((c for c in ordered if c.core), lambda c: (c.trigger, not c.unsure))
    rest = in_turns((c for c in ordered if not c.core), lambda c: (c.trigger, not c.unsure))
    return [*core, *rest][::-1]
