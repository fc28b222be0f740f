"""Variants of a text as mentions: notations and gene states, tied to their genes, with their ids.

Ids are those of docs/definitions.md: TGV:<gene>:<form>, TGV:<gene>:<state>, TGV:<gene>+<gene>:fusion, TGV:rs704,
TGV:HLA-B*57:01, TGV:MSI-H.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from miner.concepts import Concept, ConceptTable
from miner.conjunctions import further_numbers, stem
from miner.document import Ranges
from miner.findings import Mention
from miner.gene_states import read_states
from miner.lexicon import lexicon
from miner.link import Linker
from miner.notation import Notation
from miner.sentences import Sentence

_DASH = "[-\u2010-\u2015\u2212]"
#: scores by how a variant got its gene
_ADJACENT, _HOTSPOT, _ONLY_GENE, _NEAREST, _FROM_TITLE = 0.97, 0.95, 0.9, 0.75, 0.7
_UNTIED = 0.5

_GAP_BEFORE = re.compile(
    r"[\s(:,/\u2010-\u2015-]*(?:(?:genes?|protein|kinase|receptor|exon\s\d+|codon|activating|resistance|acquired|secondary|"
    r"gatekeeper|mutations?|mutant|mutated|variants?|polymorphisms?|somatic|germline|with|of|the|[a-z-]+\s\d+)[\s(:,-]*){0,4}"
)
_GAP_BEHIND = re.compile(
    r"[\s)]*(?:(?:mutations?|variants?|polymorphisms?|substitutions?|alleles?|mutant|mutated|missense|hotspot|deletions?)\s)?"
    r"(?:(?:in|of|on|within|at|from)\s(?:the\s)?(?:gene\s|exon\s\d+\sof\s(?:the\s)?|kinase\sdomain\sof\s(?:the\s)?)?)?"
)
_SIBLING_GAP = re.compile(r"[\s,;/(]*(?:and|or|and/or|plus|&|\+|as well as)?[\s(]*")
_FUSION_GAP = re.compile(r"\s?(?:::|/|[-\u2010-\u2015\u2212])\s?")
_FUSION_WORD = re.compile(
    r"[\s-]*(?:\d\s)?(?:gene\s|oncogenic\s|kinase\s)?(?:fusions?|rearrange\w+|translocat\w+|transcripts?)\b"
)
_LEVEL = re.compile(
    rf"[\s(]*(?:(?:tumou?r\sproportion\sscore|combined\spositive\sscore|expression(?:\slevels?)?|TPS|CPS|IC|TC|of|a|score|{_DASH}|\()\s?[\s(]*){{0,4}}"
    r"(?P<level>(?P<sign>[\u2265>\u2264<=]+|at\sleast|less\sthan)\s?(?P<value>\d{1,3})\s?%?)"
)


class _Genes:
    """Linked genes in text order, as the notations among them look for them."""

    def __init__(self, genes: Sequence[Mention]) -> None:
        self._genes = genes
        self._starts = [g.start for g in genes]
        self.first = genes[0] if genes else None
        #: the last of each id, ids in text order
        self.by_id = {g.concept_id: g for g in genes}
        #: the first of each name
        self.by_name = {g.name: g for g in reversed(genes)}

    def inside(self, start: int, end: int) -> "_Genes":
        """Those that begin in the range."""
        return _Genes(self._genes[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def before(self, position: int) -> Mention | None:
        """The last that ends at the position or before it."""
        below = range(bisect_left(self._starts, position) - 1, -1, -1)
        return next((self._genes[i] for i in below if self._genes[i].end <= position), None)

    def behind(self, position: int) -> Mention | None:
        """The first that begins at the position or behind it."""
        first = bisect_left(self._starts, position)
        return self._genes[first] if first < len(self._genes) else None


class VariantReader:
    """Reads the variants of texts; knows the genes of the vocabulary."""

    def __init__(self, concepts: ConceptTable, linker: Linker) -> None:
        self._concepts = concepts
        self._linker = linker
        self._by_symbol: dict[str, Concept | None] = {}

    def gene(self, symbol: str) -> Concept | None:
        """The gene or family whose official symbol this is, looked up once."""
        if symbol not in self._by_symbol:
            found = self._concepts.find(symbol, ("gene",))
            self._by_symbol[symbol] = next((c for c in found if c.symbol == symbol), None)
        return self._by_symbol[symbol]

    def split_genes(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions and, for "BRCA1/2" and "MEK1 and 2", the genes that a number alone names."""
        found = list(mentions)
        taken = {m.start for m in mentions}
        for mention in mentions:
            if mention.type != "gene" or mention.concept_id is None:
                continue
            for start, end in further_numbers(text, mention.start, mention.end):
                gene = self._numbered(mention, text[start:end])
                if gene is None or start in taken:
                    break
                found.append(
                    Mention(start, end, text[start:end], "gene", gene.kind, gene.id, gene.symbol, mention.score)
                )
        return sorted(found, key=lambda m: (m.start, m.end))

    def _numbered(self, mention: Mention, number: str) -> Concept | None:
        """The gene of the same symbol, or else of the same name, with another number."""
        by_symbol = self.gene(stem(mention.name) + number) if stem(mention.name) else None
        if by_symbol is not None:
            return by_symbol
        found = self._concepts.find(stem(mention.text) + number, ("gene",))
        return found[0] if found and found[0].symbol else None

    def read(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], notations: Sequence[Notation]
    ) -> list[Mention]:
        """The variants of a text, given its other mentions (sorted by start)."""
        genes = [m for m in mentions if m.type == "gene"]
        starts = [n.start for n in notations]
        title_end = max((s.end for s in sentences if s.is_title), default=0)
        known = _Genes([g for g in genes if g.concept_id])
        meant = _Genes([g for m in mentions for g in self._aimed_at(m)])
        titled = _Genes([g for g in genes if g.concept_id and g.end <= title_end])
        found: list[Mention] = []
        for sentence in sentences:
            here = notations[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if here:
                local = known.inside(sentence.start, sentence.end)
                local = local if local.first else meant.inside(sentence.start, sentence.end)
                found.extend(self._tie_all(text, here, local, known, titled))
        blocked = {m.start for m in found}
        notated = {n.end for n in notations}
        fusions, levels = self._fusions(text, genes), self._levels(text, genes)
        found.extend(fusions + levels)
        covered, fused = Ranges((m.start, m.end) for m in found), Ranges((m.start, m.end) for m in fusions)
        measured = _before(levels, genes)
        for state in read_states(text, sentences, genes):
            if state.start in blocked or covered.meet(state.start, state.end):
                continue
            if state.state == "rearrangement" and any(fused.hold(g.start, g.end) for g in state.genes):
                continue
            if state.start in notated or (state.start - 1 in notated and text[state.start - 1] == " "):
                continue
            if state.state == "expression" and state.genes[-1].start in measured:
                continue
            for gene in state.genes:
                if gene.concept_id is not None:
                    found.append(_state_mention(text, state.start, state.end, state.state, gene))
        return _distinct(found)

    def _tie_all(
        self, text: str, notations: Sequence[Notation], local: _Genes, genes: _Genes, titled: _Genes
    ) -> list[Mention]:
        found: list[Mention] = []
        previous: tuple[int, Mention] | None = None
        for notation in notations:
            gene, score = self._gene_of(text, notation, local, genes, titled, previous)
            if gene is not None:
                previous = (notation.end, gene)
            found.append(_notation_mention(text, notation, gene, score))
        return found

    def _gene_of(
        self,
        text: str,
        notation: Notation,
        local: _Genes,
        genes: _Genes,
        titled: _Genes,
        previous: tuple[int, Mention] | None,
    ) -> tuple[Mention | None, float]:
        """The gene of a notation and how sure that is; None where nothing ties one."""
        if notation.symbol:
            gene = self.gene(notation.symbol)
            return (_gene_mention(notation, gene), _ADJACENT) if gene else (None, _UNTIED)
        if not notation.needs_gene and not notation.form.startswith("rs"):
            return None, _ADJACENT
        adjacent = _adjacent(text, notation, local)
        if adjacent is not None:
            return adjacent, _ADJACENT
        if previous is not None and _SIBLING_GAP.fullmatch(text, previous[0], max(previous[0], notation.start)):
            return previous[1], _ADJACENT
        hotspot = lexicon().hotspots.get(notation.form.removeprefix("p."))
        if hotspot:
            named = genes.by_name.get(hotspot) or local.by_name.get(hotspot)
            return (named, _HOTSPOT) if named else (None, _UNTIED)
        nearest = local.before(notation.start) or local.first
        if nearest is not None:
            return (local.first, _ONLY_GENE) if len(local.by_id) == 1 else (nearest, _NEAREST)
        if len(titled.by_id) == 1:
            return next(iter(titled.by_id.values())), _FROM_TITLE
        return None, _UNTIED

    def _aimed_at(self, mention: Mention) -> Iterator[Mention]:
        """The one gene that the name of a therapy class holds ("EGFR TKI")."""
        concept = self._concepts.get(mention.concept_id) if mention.kind == "class" and mention.concept_id else None
        if concept is None or len({target.gene_id for target in concept.targets}) != 1:
            return
        gene = self._concepts.get(concept.targets[0].gene_id)
        if gene is not None and gene.symbol in mention.text:
            at, name = (mention.start, mention.end), gene.symbol
            yield Mention(*at, name, "gene", gene.kind, gene.id, name, mention.score)

    def _fusions(self, text: str, genes: Sequence[Mention]) -> list[Mention]:
        """Two genes joined by a hyphen, slash or "::" that are called a fusion, or are a well-known one."""
        found: list[Mention] = []
        for left, right in itertools.pairwise(genes):
            gap = text[left.end : right.start] if 0 < right.start - left.end <= 4 else ""
            if not gap or not left.concept_id or not right.concept_id or not _FUSION_GAP.fullmatch(gap):
                continue
            named = f"{left.name}-{right.name}" in lexicon().fusions
            if "::" not in gap and not named and ("/" in gap or not _FUSION_WORD.match(text, right.end)):
                continue
            ids = tuple(sorted((left.concept_id, right.concept_id)))
            found.append(
                Mention(
                    left.start,
                    right.end,
                    text[left.start : right.end],
                    "variant",
                    "",
                    f"TGV:{'+'.join(ids)}:fusion",
                    f"{left.name}-{right.name} fusion",
                    _ADJACENT,
                    gene_ids=ids,
                )
            )
        return found

    def _levels(self, text: str, genes: Sequence[Mention]) -> list[Mention]:
        """ "PD-L1 TPS >= 50%": at least 50 is high, at least 1 is expressed, below 1 is low."""
        found: list[Mention] = []
        for gene in genes:
            match = _LEVEL.match(text, gene.end) if gene.name == "CD274" else None
            if match is None:
                continue
            value, below = int(match["value"]), match["sign"][0] in "<\u2264l"
            state = "low-expression" if below else "overexpression" if value >= 50 else "expression"
            found.append(_state_mention(text, match.start("level"), match.end("level"), state, gene))
        return found


def _before(levels: Sequence[Mention], genes: Sequence[Mention]) -> set[int]:
    """Starts of the genes that a level stands at most 64 code points behind."""
    by_end = sorted((g.end, g.start) for g in genes)
    return {
        start
        for level in levels
        for _, start in by_end[bisect_left(by_end, (level.start - 63,)) : bisect_left(by_end, (level.start + 1,))]
    }


def claimed(notations: Sequence[Notation]) -> list[tuple[int, int]]:
    """Ranges that belong to a variant, so that no vocabulary name may stand inside them."""
    return [(n.start, n.end) for n in notations if not n.symbol]


def _adjacent(text: str, notation: Notation, local: _Genes) -> Mention | None:
    before = local.before(notation.start)
    if before is not None and _GAP_BEFORE.fullmatch(text, before.end, notation.start):
        return before
    behind = local.behind(notation.end)
    if behind is not None and _GAP_BEHIND.fullmatch(text, notation.end, behind.start):
        return behind
    return None


def _gene_mention(notation: Notation, gene: Concept) -> Mention:
    return Mention(notation.start, notation.end, "", "gene", gene.kind, gene.id, gene.symbol or gene.name, _ADJACENT)


def _notation_mention(text: str, notation: Notation, gene: Mention | None, score: float) -> Mention:
    gene_ids = (gene.concept_id,) if gene is not None and gene.concept_id else ()
    if not notation.needs_gene:
        concept_id: str | None = f"TGV:{notation.form}"
        name = notation.label
    else:
        concept_id = f"TGV:{gene_ids[0]}:{notation.form}" if gene_ids else None
        name = f"{gene.name} {notation.label}" if gene is not None else notation.label
    name = name.replace(" *", "*")
    surface = text[notation.start : notation.end]
    return Mention(notation.start, notation.end, surface, "variant", "", concept_id, name, score, gene_ids=gene_ids)


_STATE_NAMES = {
    "activating-mutation": "activating mutation",
    "copy-gain": "copy gain",
    "low-expression": "low expression",
}


def _state_mention(text: str, start: int, end: int, state: str, gene: Mention) -> Mention:
    gene_id = gene.concept_id or ""
    name = f"{gene.name} {_STATE_NAMES.get(state, state)}"
    score = round(gene.score * _ADJACENT, 3)
    return Mention(
        start, end, text[start:end], "variant", "", f"TGV:{gene_id}:{state}", name, score, gene_ids=(gene_id,)
    )


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention a span and variant."""
    return list({(m.start, m.end, m.concept_id or m.name): m for m in mentions}.values())
