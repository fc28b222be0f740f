"""Finds and links the entities of a text: vocabulary names, abbreviations the text defines, variants.

Order: the vocabulary's hits pass the gates, the longest of overlapping ones stay, each is linked, short forms take
the concept of their long form, variants are tied to their genes, and what a sentence denies is marked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from miner.abbreviations import Abbreviation, find_abbreviations, short_form_uses
from miner.concepts import ConceptTable, Hit, SurfaceEntry
from miner.document import Ranges
from miner.findings import Candidate, Drop, Mention
from miner.gates import closed_gate, holds_gene_state, names_gene, shares_words, short_lower_case
from miner.lexicon import lexicon
from miner.link import ABBREVIATION, BROADER, Linker
from miner.negation import mark_negated
from miner.notation import Notation, read_notations
from miner.senses import in_place
from miner.sentences import Sentence
from miner.species import part_other_species
from miner.variants import VariantReader, claimed

#: a sentence of which at least this share of the letters are capitals is printed in capitals
_SHOUTED = 0.7
_SHOUTED_WORDS = 5
_CAPITAL_WORD = re.compile(r"\b[A-Z]{2,}\b")
#: two words in small letters: not printed in capitals (a test ten times faster than counting)
_LOWER_CASE = re.compile(r"\b[a-z]{3,}\b.*?\b[a-z]{3,}\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Mentions sorted by start and end, and what almost became one."""

    mentions: tuple[Mention, ...]
    drops: tuple[Drop, ...] = ()


class Recogniser(Protocol):
    """Finds the entities of a text."""

    #: changes whenever its mentions could
    digest: str

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        """The entities of a text whose sentences are given."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the vocabularies name in a text: mentions in no order, without variants."""

    text: str
    mentions: tuple[Mention, ...]
    drops: tuple[Drop, ...]
    abbreviations: tuple[Abbreviation, ...]
    notations: tuple[Notation, ...]
    #: passed every gate and still gave way to another name of the vocabulary
    covered: tuple[Drop, ...] = ()


def not_read(mention: Mention) -> Drop:
    """A vocabulary hit that a model does not share."""
    return Drop("mention", "not read as an entity", mention.start, mention.end, f"{mention.type} {mention.concept_id}")


@dataclass(slots=True)
class _Reading:
    """One text while it is read."""

    text: str
    taken: bytearray
    drops: list[Drop] = field(default_factory=list)
    #: by start; none overlaps another
    mentions: dict[int, Mention] = field(default_factory=dict)
    covered: list[Drop] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def take(self, mention: Mention) -> None:
        self.taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        self.mentions[mention.start] = mention

    def standing(self, start: int, end: int) -> list[Mention]:
        """Mentions that overlap the range."""
        first = start
        while first > 0 and first not in self.mentions and self.taken[first]:
            first -= 1
        found = (self.mentions.get(position) for position in range(first, end))
        return [m for m in found if m is not None and m.end > start]

    def drop(self, gate: str, start: int, end: int, detail: str = "") -> None:
        self.drops.append(Drop("mention", gate, start, end, detail or self.text[start:end]))

    def cover(self, gate: str, start: int, end: int, detail: str) -> None:
        self.covered.append(Drop("mention", gate, start, end, detail))


#: a passed hit: where, and the readings that are left
_Passed = tuple[int, int, list[SurfaceEntry]]


class DictionaryRecogniser:
    """Recognises what the vocabularies name, and the variants of the genes they name."""

    def __init__(self, concepts: ConceptTable) -> None:
        self.digest = concepts.digest
        self._concepts = concepts
        self._linker = Linker(concepts)
        self._variants = VariantReader(concepts, self._linker)
        self._words = lexicon()

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        """The entities of a text whose sentences are given."""
        named = self.names(text, sentences)
        return self.complete(named, sentences, named.mentions, named.drops)

    def names(self, text: str, sentences: Sequence[Sentence]) -> Named:
        """What the vocabularies and the text's own abbreviations name, before variants are read."""
        abbreviations = find_abbreviations(text, sentences)
        notations = read_notations(text)
        reading = _Reading(text, bytearray(len(text)))
        for start, end in claimed(notations):
            reading.taken[start:end] = b"\x01" * (end - start)
        passed = self._passed(reading, sentences, {a.short: a for a in reversed(abbreviations)})
        self._link(reading, passed)
        self._propagate(reading, abbreviations)
        return Named(
            text,
            tuple(reading.mentions.values()),
            tuple(reading.drops),
            abbreviations,
            tuple(notations),
            tuple(reading.covered),
        )

    def complete(
        self, named: Named, sentences: Sequence[Sentence], mentions: Sequence[Mention], drops: Sequence[Drop]
    ) -> Recognised:
        """The chosen mentions with the variants of their genes, sorted, and with what a sentence denies marked."""
        mentions, meaningless = in_place(named.text, mentions, named.abbreviations, self._concepts)
        mentions = part_other_species(named.text, sentences, mentions)
        genes = self._variants.split_genes(named.text, mentions)
        found = genes + self._variants.read(named.text, sentences, genes, named.notations)
        found.sort(key=lambda m: (m.start, m.end, m.type, m.concept_id or ""))
        return Recognised(mark_negated(named.text, sentences, found), (*drops, *meaningless, *named.covered))

    def _passed(
        self, reading: _Reading, sentences: Sequence[Sentence], defined: dict[str, Abbreviation]
    ) -> list[_Passed]:
        """Hits with the readings that pass every gate."""
        text = reading.text
        shouted = Ranges((s.start, s.end) for s in sentences if _is_shouted(text[s.start : s.end]))
        hits = self._concepts.matcher().find(text)
        genes = {hit.start: hit.end for hit in reversed(hits) if any(e.type == "gene" for e in hit.entries)}
        passed: list[_Passed] = []
        for hit in hits:
            start, end = hit.start, hit.end
            definition = defined.get(text[start:end])
            loud = shouted.meet(start, start + 1)
            left: list[SurfaceEntry] = []
            for entry in hit.entries:
                gate = self._closed_gate(reading, hit, entry, definition, genes, shouted=loud)
                if gate is None:
                    left.append(entry)
                else:
                    reading.drop(gate, start, end, f"{entry.type} {entry.concept_id}")
            if left:
                passed.append((start, end, left))
            elif definition is not None and any(e.type == "gene" for e in hit.entries):
                self._keep_unlinked(reading, hit, definition)
        return passed

    def _keep_unlinked(self, reading: _Reading, hit: Hit, definition: Abbreviation) -> None:
        """A short form whose long form names a gene that no reading of it means: a gene without an id."""
        start, end = hit.start, hit.end
        long_form = reading.text[definition.long_start : definition.long_end]
        if names_gene(long_form, self._words) and reading.free(start, end):
            surface = reading.text[start:end]
            runners = tuple(Candidate(e.concept_id, round(e.prior / 2, 3)) for e in hit.entries if e.type == "gene")
            reading.take(Mention(start, end, surface, "gene", "gene", None, surface, 0.0, runners_up=runners[:3]))

    def _closed_gate(
        self,
        reading: _Reading,
        hit: Hit,
        entry: SurfaceEntry,
        definition: Abbreviation | None,
        genes: dict[int, int],
        *,
        shouted: bool,
    ) -> str | None:
        """Name of the gate that stops a reading; a short form that the text defines is judged by its long form."""
        text, start, end = reading.text, hit.start, hit.end
        if definition is not None:
            return self._defined_otherwise(text, definition, entry)
        if entry.type == "disease" and holds_gene_state(text, start, end, genes):
            return "state of a gene"
        if short_lower_case(text[start:end], entry, self._linker.name(entry.concept_id)):
            return "short lower-case alias"
        return closed_gate(text, start, end, entry, self._words, shouted=shouted)

    def _defined_otherwise(self, text: str, definition: Abbreviation, entry: SurfaceEntry) -> str | None:
        """Readings of a defined short form that its long form rules out; what the long form names comes later.

        An official symbol stays where the long form names a gene product in words the vocabulary lacks: deleting those
        cost 11 points of gene recall (BioRED training documents).
        """
        long_form = text[definition.long_start : definition.long_end]
        concept = self._linker.concept(entry.concept_id)
        names = " ".join((concept.name, *concept.synonyms)) if concept else entry.surface
        if shares_words(long_form, names):
            return None
        if entry.type == "gene" and entry.name_kind == "symbol" and names_gene(long_form, self._words):
            return None
        return "defined as something else"

    def _link(self, reading: _Reading, passed: list[_Passed]) -> None:
        """Longest hits first; a hit inside or across a longer one is left out."""
        own = ("name", "symbol", "nickname")
        sure = {e[0].concept_id for _, _, e in passed if len(e) == 1 and e[0].name_kind in own}
        for start, end, entries in sorted(passed, key=lambda p: (p[0] - p[1], p[0])):
            if not reading.free(start, end):
                reading.cover("inside a longer name", start, end, f"{entries[0].type} {entries[0].concept_id}")
                continue
            link = self._linker.choose(entries, reading.text, (start, end), sure)
            surface = reading.text[start:end]
            reading.take(
                Mention(
                    start,
                    end,
                    surface,
                    link.type,
                    link.kind,
                    link.concept_id,
                    link.name or surface,
                    link.score,
                    runners_up=link.runners_up,
                )
            )

    def _propagate(self, reading: _Reading, abbreviations: Sequence[Abbreviation]) -> None:
        """Short forms take the concept of their long form, wherever they stand."""
        by_end = {m.end: m for m in reading.mentions.values()}
        written: dict[str, tuple[Mention, float]] = {}
        for abbreviation in abbreviations:
            source = by_end.get(abbreviation.long_end)
            if source is None or source.start >= abbreviation.short_start:
                continue
            whole = source.start <= abbreviation.long_start
            if not whole and (source.type != "disease" or not _keeps_head(abbreviation, source)):
                continue
            score = round(source.score * (ABBREVIATION if whole else BROADER), 3)
            if _means_the_same(written.get(abbreviation.short), source, score):
                continue
            written[abbreviation.short] = source, score
            for start, end in short_form_uses(reading.text, abbreviation):
                self._put(reading, source, start, end, score)

    def _put(self, reading: _Reading, source: Mention, start: int, end: int, score: float) -> None:
        """Writes the long form's concept over whatever short reading stands there; a longer mention stays."""
        standing = reading.standing(start, end)
        if any(m.end - m.start > end - start for m in standing):
            return
        if not standing and not reading.free(start, end):
            return
        for mention in standing:
            del reading.mentions[mention.start]
            if mention.concept_id != source.concept_id:
                detail = f"{mention.type} {mention.concept_id}"
                reading.cover("defined as something else", mention.start, mention.end, detail)
        surface = reading.text[start:end]
        name = source.name if source.concept_id else surface
        reading.take(
            Mention(
                start,
                end,
                surface,
                source.type,
                source.kind,
                source.concept_id,
                name,
                score,
                runners_up=source.runners_up,
            )
        )


def _means_the_same(before: tuple[Mention, float] | None, source: Mention, score: float) -> bool:
    """A short form that is defined again as it was has been written already."""
    if before is None or before[1] != score:
        return False
    return (before[0].type, before[0].concept_id, before[0].name) == (source.type, source.concept_id, source.name)


def _keeps_head(abbreviation: Abbreviation, source: Mention) -> bool:
    """The name found covers half of the long form: "prostate cancer" of "castration-resistant prostate cancer"."""
    return 2 * (source.end - source.start) >= abbreviation.long_end - abbreviation.long_start - 12


def _is_shouted(sentence: str) -> bool:
    """Printed in capitals, where a word that is a gene symbol proves nothing."""
    if _LOWER_CASE.search(sentence) or len(_CAPITAL_WORD.findall(sentence)) < _SHOUTED_WORDS:
        return False
    letters = [c for c in sentence if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _SHOUTED * len(letters)
