"""Scores of links against a gold corpus: the concepts of each document as a set, and the id at each gold mention.

Corpora and this project use different vocabularies. Two ids agree when the gold id is the concept's own, one of its
cross-references, or a retired id of it. In a document each concept answers for one gold id, and each gold id for one
concept. Of a mention that gold gives several ids, one must be right. Mentions that gold links to nothing are left out.

Genes come twice: "human" leaves out gold ids that no human gene carries and what was linked to no human gene, "all"
keeps everything. A concept without any id of the gold's vocabularies cannot be right; it counts as wrong, and such
concepts are counted in the column "outside".
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from miner.concepts import ConceptTable
from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.evaluation.mentions import Judged, Read
from miner.evaluation.pairing import pair
from miner.findings import EntityType, Mention
from miner.gold import GoldDocument, GoldMention

#: types whose gold ids come from a vocabulary; ids of variants are made from the text
_TYPES: tuple[EntityType, ...] = ("gene", "drug", "disease")
_HUMAN = "gene human"
_NAMES = {"gene": (_HUMAN, "gene all")}
_SCORINGS = ("document", "mention")
#: in the "human" row only what is linked to a gene of this vocabulary counts as found
_HUMAN_GENE = "HGNC:"


@dataclass(frozen=True, slots=True)
class LinkError:
    """A concept that gold does not name in the document ("extra"), or a gold id that was not found ("missed")."""

    id: str
    kind: str
    type: str
    concept: str
    name: str
    #: how the text writes it, sorted
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinksReport:
    """Scores of links: documents before mentions."""

    documents: int
    #: gold mentions that do not stand where the file says, and are left out
    passed_over: int
    estimates: tuple[Estimate, ...]
    #: by row: concepts of documents without any id of the gold's vocabularies
    outside: Counter[str]
    errors: tuple[LinkError, ...]
    #: linked mentions at the place of a linked gold mention
    judged: tuple[Judged, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """One row a score; of mentions the recall is the share of gold mentions that carry the right id."""
        for estimate in self.estimates:
            row = estimate.row()
            by_document = estimate.scoring == "document"
            row["outside"] = self.outside[estimate.score.name] if by_document else None
            yield row if by_document else row | {"f1": None, "f1_95": None}

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row a concept or gold id of a document."""
        for e in self.errors:
            written = "; ".join(e.written)
            yield {"id": e.id, "error": e.kind, "type": e.type, "concept": e.concept, "name": e.name, "text": written}


class Vocabulary:
    """What the concept table says about the gold's ids."""

    def __init__(self, concepts: ConceptTable) -> None:
        self._concepts = concepts
        self._carried: dict[str, frozenset[str]] = {}
        self._current: dict[str, str] = {}
        self._human: dict[str, bool] = {}

    def agree(self, concept_id: str, gold_id: str) -> bool:
        """Whether the two ids mean the same."""
        carried = self.carried(concept_id)
        return gold_id in carried or self._today(gold_id) in carried

    def carried(self, concept_id: str) -> frozenset[str]:
        """The ids of a concept: the one given, today's, and its cross-references."""
        if concept_id not in self._carried:
            concept = self._concepts.get(concept_id)
            others = (concept.id, *concept.xrefs) if concept else ()
            self._carried[concept_id] = frozenset((concept_id, *others))
        return self._carried[concept_id]

    def right(self, found: Mention, gold: GoldMention) -> bool:
        """Whether the mention carries one of the gold mention's ids."""
        return any(self.agree(found.concept_id or "", id_) for id_ in gold.ids)

    def in_schemes(self, concept_id: str, schemes: Collection[str]) -> bool:
        """Whether the concept has an id of these vocabularies."""
        return any(id_.partition(":")[0] in schemes for id_ in self.carried(concept_id))

    def human(self, gold_id: str) -> bool:
        """Whether a human gene carries the id."""
        if gold_id not in self._human:
            genes = self._concepts.find(gold_id, ("gene",))
            self._human[gold_id] = any(g.id.startswith(_HUMAN_GENE) and gold_id in (g.id, *g.xrefs) for g in genes)
        return self._human[gold_id]

    def name(self, concept_id: str) -> str:
        """How people call the concept, "" where the table does not know it."""
        concept = self._concepts.get(concept_id)
        return (concept.symbol or concept.name) if concept else ""

    def _today(self, gold_id: str) -> str:
        if gold_id not in self._current:
            concept = self._concepts.get(gold_id)
            self._current[gold_id] = concept.id if concept else gold_id
        return self._current[gold_id]


def score_links(documents: Sequence[GoldDocument], read: Read, concepts: ConceptTable) -> LinksReport:
    """Scores over the types that the documents link anywhere."""
    vocabulary = Vocabulary(concepts)
    schemes: dict[str, set[str]] = {}
    for mention in (m for document in documents for m in document.mentions if m.type in _TYPES):
        schemes.setdefault(mention.type, set()).update(id_.partition(":")[0] for id_ in mention.ids)
    names = [name for type_ in _TYPES if schemes.get(type_) for name in _NAMES.get(type_, (type_,))]
    counts: dict[Key, list[Counts]] = {key: [] for key in product(_SCORINGS, ["all", *names] if names else [])}
    outside: Counter[str] = Counter()
    errors: list[LinkError] = []
    judged: list[Judged] = []
    for document in documents:
        mentions = read(document.id, document.title, document.body)
        views = {name: _view(name, document, mentions, vocabulary) for name in names}
        found = {("document", name): _by_document(view, vocabulary) for name, view in views.items()}
        found |= {("mention", name): _by_mention(view, vocabulary) for name, view in views.items()}
        for scoring, name in counts:
            parts = [n for n in names if n != _HUMAN] if name == "all" else [name]
            right, extracted, wanted = zip(*(found[scoring, part] for part in parts), strict=True)
            counts[scoring, name].append((sum(right), sum(extracted), sum(wanted)))
        for name, view in views.items():
            apart = [c for c in view.concepts if not vocabulary.in_schemes(c, schemes[view.type])]
            outside.update({name: len(apart), "all": 0 if name == _HUMAN else len(apart)})
        for view in (view for name, view in views.items() if name != _HUMAN):
            errors += _errors(document, view, vocabulary)
            judged += _judged(view, vocabulary)
    return LinksReport(
        len(documents), sum(d.passed_over for d in documents), estimates(counts), outside, tuple(errors), tuple(judged)
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What one row compares in one document: linked gold mentions, and mentions of the type with a concept."""

    type: str
    gold: tuple[GoldMention, ...]
    found: tuple[Mention, ...]

    @property
    def gold_ids(self) -> list[str]:
        return sorted({id_ for mention in self.gold for id_ in mention.ids})

    @property
    def concepts(self) -> list[str]:
        return sorted({mention.concept_id for mention in self.found if mention.concept_id})

    def at(self, place: GoldMention | Mention) -> Iterator[tuple[GoldMention, Mention]]:
        """Pairs that overlap, of which the given mention is one."""
        for gold, found in product(self.gold, self.found):
            if (place is gold or place is found) and gold.start < found.end and found.start < gold.end:
                yield gold, found


def _view(name: str, document: GoldDocument, mentions: Sequence[Mention], vocabulary: Vocabulary) -> _View:
    type_ = name.partition(" ")[0]
    gold = [m for m in document.mentions if m.type == type_ and m.ids]
    found = [m for m in mentions if m.type == type_ and m.concept_id]
    if name == _HUMAN:
        gold = [replace(m, ids=ids) for m in gold if (ids := tuple(filter(vocabulary.human, m.ids)))]
        found = [m for m in found if (m.concept_id or "").startswith(_HUMAN_GENE)]
    return _View(type_, tuple(gold), tuple(found))


def _by_document(view: _View, vocabulary: Vocabulary) -> Counts:
    concepts, gold = view.concepts, view.gold_ids
    return len(pair(concepts, gold, vocabulary.agree)), len(concepts), len(gold)


def _by_mention(view: _View, vocabulary: Vocabulary) -> Counts:
    """Gold mentions with the right id on them, with any id on them, and all."""
    pairs = [list(view.at(mention)) for mention in view.gold]
    right = sum(any(vocabulary.right(found, gold) for gold, found in at) for at in pairs)
    return right, sum(bool(at) for at in pairs), len(pairs)


def _judged(view: _View, vocabulary: Vocabulary) -> Iterator[Judged]:
    for mention in view.found:
        pairs = list(view.at(mention))
        if pairs:
            yield Judged(view.type, mention.score, any(vocabulary.right(mention, gold) for gold, _ in pairs))


def _errors(document: GoldDocument, view: _View, vocabulary: Vocabulary) -> Iterator[LinkError]:
    concepts, gold = view.concepts, view.gold_ids
    paired = pair(concepts, gold, vocabulary.agree)
    for concept in (c for i, c in enumerate(concepts) if all(i != one for one, _ in paired)):
        written = sorted({m.text for m in view.found if m.concept_id == concept})
        yield LinkError(document.id, "extra", view.type, concept, vocabulary.name(concept), tuple(written))
    for id_ in (g for j, g in enumerate(gold) if all(j != other for _, other in paired)):
        written = sorted({document.text[m.start : m.end] for m in view.gold if id_ in m.ids})
        yield LinkError(document.id, "missed", view.type, id_, vocabulary.name(id_), tuple(written))
