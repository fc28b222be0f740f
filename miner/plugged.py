"""A recogniser around a spaCy model of the user: the model finds genes, drugs and diseases, we link them.

Tests and variants stay with vocabulary and notation. A score is the model's own where it gives one (spancat does),
else UNSTATED, times that of the link; where the vocabulary names the same stretch and type without help, its own
measured score stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from miner.abbreviations import Abbreviation
from miner.concepts import ConceptTable, SurfaceEntry
from miner.errors import MinerInputError
from miner.findings import Drop, EntityType, Mention, digest
from miner.link import ABBREVIATION, Link, Linker
from miner.pipeline import Pipeline, source_digest
from miner.recognise import DictionaryRecogniser, Named, Recognised, not_read
from miner.sentences import Sentence
from miner.spacy_model import LabelledRange, SpacyModel, find_model

#: what a label stands for: a type, "any" type that the vocabulary names there, or nothing ("none")
Meaning = Literal["gene", "drug", "disease", "test", "any", "none"]
MEANINGS: tuple[str, ...] = get_args(Meaning)

#: labels of spaCy's and scispaCy's published models and of the corpora that people train on; compared without letter
#: case and punctuation. A drug here is any chemical (docs/definitions.md). DNA and RNA are JNLPBA's, mostly gene names.
LABELS: Mapping[str, Meaning] = {
    **dict.fromkeys(("GENE", "GENEORGENEPRODUCT", "GENEPROTEIN", "GENEPRODUCT", "PROTEIN", "GGP", "GP"), "gene"),
    **dict.fromkeys(("DNA", "RNA", "FAMILYNAME"), "gene"),
    **dict.fromkeys(("CHEMICAL", "SIMPLECHEMICAL", "CHEMICALENTITY", "CHEM", "CHEBI", "DRUG", "MEDICATION"), "drug"),
    **dict.fromkeys(("MEDICINE", "TREATMENT", "THERAPY", "COMPOUND"), "drug"),
    **dict.fromkeys(("DISEASE", "CANCER", "DISORDER", "DISEASEORPHENOTYPICFEATURE", "SPECIFICDISEASE"), "disease"),
    **dict.fromkeys(("DISEASECLASS", "DISEASEDISORDER", "COMPOSITEMENTION", "MEDICALCONDITION"), "disease"),
    **dict.fromkeys(("ENTITY", "PATHOLOGICALFORMATION", "AMINOACID", "PROBLEM", "TEST"), "any"),
}

#: score of a span whose model gives none: spaCy's transition-based recogniser has no probability to offer
UNSTATED = 0.5
#: what is left of a link's score where the name had to be freed of other words first
_TRIMMED = 0.9
_LEADING = re.compile(
    r"(?:the|an?|both|human|recombinant|wild[- ]type|endogenous|mutant|mutated|phosphorylated|activated)\s+",
    re.IGNORECASE,
)
_TRAILING = {
    "gene": re.compile(
        r"[\s-](?:genes?|proteins?|mRNAs?|loc(?:us|i)|alleles?|promoters?|transcripts?)\Z", re.IGNORECASE
    ),
    "drug": re.compile(r"[\s-](?:therapy|treatment|monotherapy|tablets?|injections?)\Z", re.IGNORECASE),
    "disease": re.compile(r"\s(?:patients?|cases?)\Z", re.IGNORECASE),
}
_EDGE = " \t\r\n.,;:()[]\"'"
_KINDS = {"gene": "gene", "drug": "substance"}


def label_key(label: str) -> str:
    """A label without letter case and punctuation."""
    return "".join(letter for letter in label.upper() if letter.isalnum())


def checked_labels(labels: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The user's word on labels, ready to be looked up; raises MinerInputError for an unknown meaning."""
    for label, meaning in labels:
        if meaning not in MEANINGS:
            raise MinerInputError(f"label {label}", f"{meaning!r} is unknown; known: {', '.join(MEANINGS)}")
    return tuple(sorted((label_key(label), meaning) for label, meaning in labels))


@dataclass(frozen=True, slots=True)
class PluggedPipeline:
    """The pipeline with a model of the user as recogniser; find_model raises MinerInputError where there is none."""

    cache_dir: Path
    extra: tuple[Path, ...]
    #: package name or folder
    model: str
    #: (label, meaning): the user's word on labels
    labels: tuple[tuple[str, str], ...] = ()

    def build(self) -> Pipeline:
        """A new pipeline."""
        from miner.concept_store import open_concepts

        model = SpacyModel(find_model(self.model))
        return Pipeline(PluggedRecogniser(open_concepts(self.cache_dir, self.extra), model, self.labels))


@dataclass(slots=True)
class _Reading:
    """One text while its spans are linked."""

    named: Named
    #: what the vocabulary names, by place
    placed: Mapping[tuple[int, int], Sequence[Mention]]
    hits: Mapping[tuple[int, int], tuple[SurfaceEntry, ...]]
    abbreviations: Mapping[str, Abbreviation]
    seen: frozenset[str]
    taken: bytearray
    mentions: list[Mention] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)

    def drop(self, gate: str, found: LabelledRange) -> None:
        self.drops.append(Drop("mention", gate, found.start, found.end, f"model {found.label}"))


class PluggedRecogniser:
    """Recognises what a spaCy model finds; tests, variants, links and denials are ours."""

    def __init__(self, concepts: ConceptTable, model: SpacyModel, labels: Sequence[tuple[str, str]] = ()) -> None:
        own = checked_labels(labels)
        self.digest = digest(
            "plugged", concepts.digest, model.digest, own, source_digest(("plugged.py", "spacy_model.py"))
        )
        self._meanings: dict[str, str] = {**LABELS, **dict(own)}
        self._model = model
        self._concepts = concepts
        self._dictionary = DictionaryRecogniser(concepts)
        self._linker = Linker(concepts)

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        """The entities of a text whose sentences are given."""
        reading = self._reading(self._dictionary.names(text, sentences))
        found = self._model.find(text, sentences)
        for span in sorted(found, key=lambda r: (-(r.score or UNSTATED), r.start - r.end, r.start, r.label)):
            self._take(reading, span)
        for mention in reading.named.mentions:
            if mention.type == "test" and reading.taken.find(1, mention.start, mention.end) < 0:
                reading.mentions.append(mention)
        reading.drops += _unread(reading)
        reading.drops.sort(key=lambda d: (d.start, d.end, d.gate, d.detail))
        return self._dictionary.complete(reading.named, sentences, reading.mentions, reading.drops)

    def _reading(self, named: Named) -> _Reading:
        hits = {(hit.start, hit.end): hit.entries for hit in self._concepts.matcher().find(named.text)}
        seen = frozenset(m.concept_id for m in named.mentions if m.concept_id and m.score >= UNSTATED)
        abbreviations = {a.short: a for a in reversed(named.abbreviations)}
        placed: dict[tuple[int, int], list[Mention]] = {}
        for mention in named.mentions:
            placed.setdefault((mention.start, mention.end), []).append(mention)
        return _Reading(named, placed, hits, abbreviations, seen, bytearray(len(named.text)))

    def _take(self, reading: _Reading, found: LabelledRange) -> None:
        """One span of the model as a mention, or the gate that stops it."""
        meaning = self._meanings.get(label_key(found.label), "none")
        if meaning == "none":
            reading.drop("label without a type", found)
            return
        start, end = _without_notation(reading.named, *_tight(reading.named.text, found.start, found.end))
        if start >= end:
            reading.drop("part of a variant", found)
        elif reading.taken.find(1, start, end) >= 0:
            reading.drop("inside another mention", found)
        else:
            mention = self._mention(reading, start, end, meaning, found.score or UNSTATED)
            if mention is None:
                reading.drop("not in the vocabulary", found)
                return
            reading.taken[start:end] = b"\x01" * (end - start)
            reading.mentions.append(mention)

    def _mention(self, reading: _Reading, start: int, end: int, meaning: str, score: float) -> Mention | None:
        """The linked or unlinked mention; None where the vocabulary had to give the type and names nothing."""
        standing = self._standing(reading, start, end, meaning)
        if standing is not None:
            return standing
        if meaning in ("any", "test"):
            return None
        type_: EntityType = meaning  # type: ignore[assignment]
        link, certainty = self._link(reading, start, end, type_)
        surface = reading.named.text[start:end]
        if link is None or link.concept_id is None:
            runners = link.runners_up if link else ()
            return Mention(start, end, surface, type_, _KINDS.get(type_, ""), None, surface, score, runners_up=runners)
        total = round(score * certainty * link.score, 3)
        return Mention(
            start, end, surface, type_, link.kind, link.concept_id, link.name, total, runners_up=link.runners_up
        )

    def _standing(self, reading: _Reading, start: int, end: int, meaning: str) -> Mention | None:
        """What the vocabulary itself names there, spread over the model's span."""
        types = ("gene", "drug", "disease", "test") if meaning == "any" else (meaning,)
        ranges = [(start, end), *(_inner(reading.named.text, start, end, t) for t in types)]
        for place in ranges:
            for mention in reading.placed.get(place, ()):
                if mention.type in types and mention.concept_id:
                    return replace(mention, start=start, end=end, text=reading.named.text[start:end])
        return None

    def _link(self, reading: _Reading, start: int, end: int, type_: EntityType) -> tuple[Link | None, float]:
        """The link of a range and how certain the way to it is: exact, by abbreviation, or freed of other words."""
        definition = reading.abbreviations.get(reading.named.text[start:end])
        if definition is not None:
            if start == definition.long_start:
                return None, 0.0
            long_form = (definition.long_start, definition.long_end)
            link, certainty = self._named(reading, *long_form, type_)
            return link, certainty * ABBREVIATION
        return self._named(reading, start, end, type_)

    def _named(self, reading: _Reading, start: int, end: int, type_: EntityType) -> tuple[Link | None, float]:
        text = reading.named.text
        for (begin, stop), certainty in (((start, end), 1.0), (_inner(text, start, end, type_), _TRIMMED)):
            entries = [e for e in reading.hits.get((begin, stop), ()) if e.type == type_]
            entries = entries or self._looked_up(text[begin:stop], type_)
            if entries:
                return self._linker.choose(entries, text, (begin, stop), reading.seen), certainty
        return None, 0.0

    def _looked_up(self, surface: str, type_: EntityType) -> list[SurfaceEntry]:
        """Readings of a name that only the folded look-up knows: another letter case, other punctuation."""
        found = self._concepts.find(surface, (type_,)) if len(surface) > 2 else []
        return [
            SurfaceEntry(c.id, c.type, c.kind, "folded", surface, 1.0 if _bears(c.name, c.symbol, surface) else 0.8)
            for c in found
        ]


def _unread(reading: _Reading) -> list[Drop]:
    """What the vocabulary names, or nearly named, where the model finds nothing."""
    named = reading.named
    found = [not_read(m) for m in named.mentions if m.type != "test"]
    return [d for d in (*found, *named.drops) if reading.taken.find(1, d.start, d.end) < 0]


def _bears(name: str, symbol: str, surface: str) -> bool:
    return label_key(surface) in (label_key(name), label_key(symbol))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space and punctuation at its edges; brackets that belong to a name stay paired."""
    while start < end and text[start] in _EDGE and not (text[start] in "([" and text[end - 1] not in _EDGE):
        start += 1
    while start < end and text[end - 1] in _EDGE and not (text[end - 1] in ")]" and _opened(text[start : end - 1])):
        end -= 1
    return start, end


def _opened(text: str) -> bool:
    return text.count("(") + text.count("[") > text.count(")") + text.count("]")


def _inner(text: str, start: int, end: int, type_: str) -> tuple[int, int]:
    """The range without words that name no concept: "the human EGFR gene"."""
    while (leading := _LEADING.match(text, start, end)) is not None:
        start = leading.end()
    pattern = _TRAILING.get(type_)
    trailing = pattern.search(text, start, end) if pattern else None
    return start, trailing.start() if trailing else end


def _without_notation(named: Named, start: int, end: int) -> tuple[int, int]:
    """The range without the variant notation that begins or ends it; empty where nothing else is left."""
    for notation in named.notations:
        if notation.symbol or notation.end <= start or end <= notation.start:
            continue
        if notation.start <= start and end <= notation.end:
            return start, start
        start, end = (notation.end, end) if notation.start <= start else (start, notation.start)
    return _tight(named.text, start, end)
