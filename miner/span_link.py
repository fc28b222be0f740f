"""Links a span that a model or a person marked, whether or not the vocabulary holds it as it stands.

Stages, first hit wins: a name learned from annotated corpora, the name as the vocabulary writes it, with spelling and
number levelled, with its words in any order, an adjective's noun, without modifiers, and by its head. What none of them
finds is not linked: nearest neighbours by character n-grams were right for 31 to 55 of 100.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from miner.concepts import Concept, ConceptTable, Named
from miner.findings import Candidate, EntityType
from miner.folding import look_up_key
from miner.gates import names_gene, shares_words
from miner.lexicon import Lexicon, lexicon
from miner.link import Link, scheme_rank, word_behind
from miner.span_names import EXACT, LEARNED, LEVELLED, SORTED, level, levelled_key, sorted_key

#: share of gold mentions that a stage links right, where one concept bears the name and where several do; gold mentions
#: of the training documents (18,283 of diseases and drugs, 12,145 of human genes), learned names by the other documents
_RIGHT: dict[str, dict[str, tuple[float, float]]] = {
    "learned": {"gene": (0.9, 0.9), "drug": (0.97, 0.97), "disease": (0.93, 0.93)},
    "exact": {"gene": (0.98, 0.75), "drug": (0.98, 0.85), "disease": (0.97, 0.9)},
    "levelled": {"gene": (0.92, 0.5), "drug": (0.6, 0.6), "disease": (0.89, 0.8)},
    "sorted": {"gene": (0.82, 0.67), "drug": (0.9, 0.6), "disease": (0.82, 0.67)},
    "adjective": {"gene": (0.5, 0.4), "drug": (0.5, 0.5), "disease": (0.95, 0.9)},
    "modifier": {"gene": (0.55, 0.48), "drug": (0.8, 0.6), "disease": (0.69, 0.69)},
    "head": {"gene": (0.4, 0.4), "drug": (0.4, 0.4), "disease": (0.52, 0.52)},
}
#: below this a stage does not link: a wrong id costs a document's score as much as a right one brings
NO_LINK = 0.5
_MOST_RUNNERS_UP = 3
#: up to this many characters, letter case tells a gene from something else
_SYMBOL = 6
#: and, of a substance, a symbol or formula
_FORMULA = 5
_KIND = re.compile(r"receptor|kinase|channel")
_DISEASE_BEFORE = re.compile(
    r"\b(?:develop(?:s|ed|ing)?|caus(?:es?|ed|ing)|diagnosed with|patients? with|(?:risk|diagnosis|history) of|"
    r"familial|sporadic|(?:early|late)-onset)\s\Z",
    re.IGNORECASE,
)
#: "hTERT", "hMLH1"
_HUMAN_PREFIX = re.compile(r"h[A-Z]")
_ADJECTIVES = tuple(
    (re.compile(pattern), noun)
    for pattern, noun in (
        (r"(?<=em)ic\Z", "ia"),
        (r"(?<=pen)ic\Z", "ia"),
        (r"(?<=tox)ic(?:ity)?\Z", "icity"),
        (r"(?<=path)ic\Z", "y"),
        (r"(?<=kine)tic\Z", "sia"),
        (r"(?<=pleg)ic\Z", "ia"),
        (r"(?<=alg)ic\Z", "ia"),
        (r"(?<=ten)sive\Z", "sion"),
        (r"(?<=o)tic\Z", "sis"),
        (r"(?<=i)tic\Z", "tis"),
        (r"(?<=ur)ic\Z", "ia"),
        (r"(?<=lep)tic\Z", "sy"),
        (r"(?<=rhythm)ic\Z", "ia"),
        (r"(?<=card)ic\Z", "ia"),
        (r"(?<=therm)ic\Z", "ia"),
        (r"(?<=ton)ic\Z", "ia"),
    )
)


@dataclass(frozen=True, slots=True)
class _Found:
    """Concepts of one stage, best first."""

    stage: str
    named: tuple[Named, ...] = ()


class SpanLinker:
    """Links spans of a known type; one a process, it remembers what it has looked up."""

    def __init__(self, concepts: ConceptTable) -> None:
        self._concepts = concepts
        self._concept = lru_cache(maxsize=50_000)(concepts.get)
        self._find = lru_cache(maxsize=50_000)(self._search)
        self._words = lexicon()

    def link_span(
        self,
        text: str,
        start: int,
        end: int,
        type: EntityType,
        *,
        long_form: str = "",
        seen: Collection[str] = (),
    ) -> Link:
        """The concept that text[start:end] means, given its type.

        long_form is what the text defines the span as; seen are concepts that the text names without doubt. A span that
        nothing fits has concept_id None and may have runners-up.
        """
        surface = text[start:end]
        found = self._find(long_form, type) if long_form else _Found("")
        defined = bool(found.named) and _RIGHT[found.stage][type][0] >= NO_LINK
        if not defined:
            by_itself = self._find(surface, type)
            found = by_itself if by_itself.named or not found.named else found
        if not found.named:
            return Link(type, _default_kind(type), None, "", 0.0)
        link = self._choose(found, type, seen)
        if link.concept_id is None or defined:
            return link
        if long_form:
            fits = self._fits(surface, link, long_form)
        else:
            fits = self._stands_alone(surface, link, seen) or (type == "disease" and _of_disease(text, start, end))
        same = bool(long_form) and not surface.isascii()
        return link if fits and (same or self._written_so(surface, link)) else _not_linked(link)

    def _fits(self, surface: str, link: Link, long_form: str) -> bool:
        """The long form shares words with the concept: MI is no infarction where it is a "marker index".

        Genes go by names that the vocabulary lacks; a symbol with a figure stays, and one whose long form is of a gene.
        """
        if link.type == "gene" and (not surface.isascii() or not surface.isalpha() or _of_gene(long_form, self._words)):
            return True
        concept = self._sure(link.concept_id or "")
        return shares_words(long_form, " ".join((concept.name, *concept.synonyms)))

    def _stands_alone(self, surface: str, link: Link, seen: Collection[str]) -> bool:
        """Two letters that the text does not define name what the text also spells out, or a symbol of chemistry."""
        if link.type == "gene" or len(surface) > 2 or not surface.isalpha() or link.concept_id in seen:
            return True
        return link.type == "drug" and len(surface) == 2 and surface in self._sure(link.concept_id or "").synonyms

    def _choose(self, found: _Found, type_: EntityType, seen: Collection[str]) -> Link:
        """The concept with the best claim to the name: named elsewhere in the text, then by name and vocabulary."""
        ordered = sorted(found.named, key=lambda n: self._claim(n, found.named, seen))
        best = self._sure(ordered[0].concept_id)
        score = _RIGHT[found.stage][type_][len(ordered) > 1]
        runners = [Candidate(n.concept_id, round(score / 2, 3)) for n in ordered[1:]]
        if score < NO_LINK:
            runners.insert(0, Candidate(best.id, round(score, 3)))
            return Link(type_, best.kind, None, "", 0.0, tuple(runners[:_MOST_RUNNERS_UP]))
        name = best.symbol or best.name
        return Link(type_, best.kind, best.id, name, round(score, 3), tuple(runners[:_MOST_RUNNERS_UP]))

    def _written_so(self, surface: str, link: Link) -> bool:
        """A short symbol must be written as one of the concept's names is: eGFR is no EGFR, Co2+ no CO2, KCL no KCl."""
        if link.type == "disease" or link.concept_id is None or len(surface) > _SYMBOL or " " in surface:
            return True
        concept = self._sure(link.concept_id)
        names = (concept.name, concept.symbol, *concept.synonyms)
        if link.type == "gene":
            human = _HUMAN_PREFIX.match(surface) is not None and surface[1:] in names
            return human or surface in names or (surface[-1:] == "s" and surface[:-1] in names)
        key = look_up_key(surface)
        cased = {letters for n in names if look_up_key(n) == key and _has_case(letters := _letters(n))}
        written = _letters(surface)
        title = len(written) > 2 and written.isalpha() and written.istitle()
        return len(key) > _FORMULA or not cased or written in cased or (title and written.upper() in cased)

    def _claim(
        self, named: Named, others: Sequence[Named], seen: Collection[str]
    ) -> tuple[bool, float, int, bool, str]:
        """Sorts the better claim first."""
        ids = {n.concept_id for n in others}
        near = named.concept_id in seen or any(a in seen for a in self._concepts.ancestors(named.concept_id)[1:3])
        broader = any(named.concept_id in self._concepts.ancestors(other)[1:] for other in ids - {named.concept_id})
        return not near, named.rank, scheme_rank(named.concept_id), not broader, named.concept_id

    def _sure(self, concept_id: str) -> Concept:
        concept = self._concept(concept_id)
        if concept is None:
            raise LookupError(f"the vocabulary names {concept_id} but does not hold it; delete its cache")
        return concept

    def _search(self, surface: str, type_: EntityType) -> _Found:
        """The first stage that finds concepts of the type."""
        for stage, key, form in self._keys(surface, type_):
            named = tuple(n for n in self._concepts.named(key, form) if self._sure(n.concept_id).type == type_)
            if named and stage == "modifier" and type_ == "gene":
                named = tuple(n for n in named if self._is_kind_of(n.concept_id, surface))
            if named:
                return _Found(stage, named)
        if type_ == "gene" and _HUMAN_PREFIX.match(surface):
            found = self._search(surface[1:], type_)
            return _Found("modifier" if found.named else "", found.named)
        return _Found("")

    def _is_kind_of(self, concept_id: str, surface: str) -> bool:
        """A gene called a receptor or kinase behind its name is one: an IL-6 receptor is not IL-6."""
        kinds = set(_KIND.findall(surface.lower()))
        held = (self._sure(id_) for id_ in self._concepts.descendants(concept_id)) if kinds else ()
        names = " ".join(name for concept in held for name in (concept.name, *concept.synonyms)).lower()
        return all(kind in names for kind in kinds)

    def _keys(self, surface: str, type_: str) -> Iterator[tuple[str, str, int]]:
        """(stage, key, which key) in the order of the stages."""
        exact = look_up_key(surface)
        if not exact:
            return
        yield "learned", exact, LEARNED
        yield "exact", exact, EXACT
        words = level(surface)
        yield from _whole("levelled", words)
        ordered = sorted_key(words)
        if ordered:
            yield "sorted", ordered, SORTED
        nouns = self._nouns(words)
        if nouns != words:
            yield from _whole("adjective", nouns)
        bare = self._bare(nouns, type_)
        if bare and bare != nouns:
            yield from _whole("modifier", bare)
            if ordered := sorted_key(bare):
                yield "modifier", ordered, SORTED
        yield from self._heads(bare or nouns, type_)

    def _nouns(self, words: list[str]) -> list[str]:
        """The last word as a noun ("hypotensive" is hypotension), others as they are."""
        last = words[-1] if words else ""
        noun = self._words.adjectives.get(last, "")
        if not noun:
            noun = next((p.sub(n, last) for p, n in _ADJECTIVES if p.search(last)), last)
        return [*words[:-1], *level(noun)]

    def _bare(self, words: list[str], type_: str) -> list[str]:
        """Without words that change nothing, in front and behind."""
        front, behind = self._words.modifiers[type_], self._words.trailing[type_]
        start, end = 0, len(words)
        while start < end - 1 and words[start] in front:
            start += 1
        while end > start + 1 and words[end - 1] in behind:
            end -= 1
        return words[start:end]

    def _heads(self, words: list[str], type_: str) -> Iterator[tuple[str, str, int]]:
        """Shorter and shorter ends of a disease's name, at least one long word."""
        if type_ != "disease":
            return
        for start in range(1, len(words)):
            key = levelled_key(words[start:])
            if len(key) >= 5:
                yield "head", key, LEVELLED
                yield "head", key, EXACT


def _whole(stage: str, words: list[str]) -> Iterator[tuple[str, str, int]]:
    key = levelled_key(words)
    if key:
        yield stage, key, LEVELLED
        yield stage, key, EXACT


def _of_disease(text: str, start: int, end: int) -> bool:
    """Words beside an abbreviation that only a disease has ("develop AD", "AD patients")."""
    return word_behind(text, end, "disease") or _DISEASE_BEFORE.search(text, max(0, start - 24), start) is not None


def _of_gene(long_form: str, words: Lexicon) -> bool:
    """The long form says that it is a gene product, an enzyme included ("gamma-glutamyl transpeptidase")."""
    return names_gene(long_form, words) or long_form.lower().rstrip("s").endswith("ase")


def _letters(name: str) -> str:
    """A name without its signs, in its own letter case."""
    return "".join(filter(str.isalnum, name))


def _has_case(letters: str) -> bool:
    """Capitals that say how a symbol is written ("Ca", "KCl"), not the one of a name at its head ("Zinc")."""
    return not letters.islower() and (len(letters) <= 2 or any(c.isupper() for c in letters[1:]))


def _not_linked(link: Link) -> Link:
    """The concept of the link as its first runner-up."""
    runners = (Candidate(link.concept_id or "", round(link.score / 2, 3)), *link.runners_up)
    return Link(link.type, link.kind, None, "", 0.0, runners[:_MOST_RUNNERS_UP])


def _default_kind(type_: str) -> str:
    return {"gene": "gene", "drug": "substance"}.get(type_, "")
