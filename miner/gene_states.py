"""Reads the states of genes: mutation, amplification, rearrangement, overexpression, silencing, wild type and so on.

A state is the word that says it ("mutations"), tied to the genes beside it: "EGFR and KRAS mutations", "mutations in
the EGFR gene", "mutant KRAS", "knockdown of PTEN". A state word with no gene beside it is none.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from miner.findings import Mention
from miner.lexicon import lexicon
from miner.sentences import Sentence


@dataclass(frozen=True, slots=True)
class GeneState:
    """A state word and the genes it holds for; code points into the text."""

    start: int
    end: int
    #: one of the states of the definitions
    state: str
    genes: tuple[Mention, ...]


_DASH = "[-\u2010-\u2015\u2212]"
_FILE = Path(__file__).with_name("gene_states.toml")
#: words that may stand between a gene and its state ("EGFR gene exon 19 mutations")
_FILLER = (
    r"(?:[\s,]*(?:genes?|proteins?|mRNA|kinase(?:\sdomain)?|receptors?|somatic|germline|pathogenic|oncogenic|driver|point|"
    r"hotspot|tumou?r|cell|status|missense|truncating|common|rare|uncommon|resistance|acquired|secondary|primary|biallelic|"
    r"homozygous|heterozygous|exon\s\d+(?:[-\u2013/]\d+)?|codon\s\d+|promoter|locus|signal+ing|pathway|levels?))*"
)
#: words that may stand between "of" and the gene
_ARTICLES = (
    r"(?:\s(?:the|a|an|both|either|endogenous|human|tumou?r|somatic|germline|genes?|proteins?|"
    r"exons?\s[\d,\sand-]+of(?:\sthe)?))*"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of gene_states.toml; group s3 is the state names[3]."""

    names: tuple[str, ...]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    direct: re.Pattern[str]

    def state(self, match: re.Match[str]) -> str:
        """The state that a match of one of the patterns says."""
        return self.names[int((match.lastgroup or "s0")[1:])]


@cache
def _rules() -> _Rules:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    named = {"{dash}": _DASH, "{high}": "|".join(table["high"]), "{low}": "|".join(table["low"])}

    def alternatives(side: str) -> str:
        found = []
        for index, state in enumerate(table["state"]):
            words = "|".join(state[side])
            for mark, pattern in named.items():
                words = words.replace(mark, pattern)
            if words:
                found.append(rf"(?P<s{index}>{words})")
        return "|".join(found)

    behind = rf"{_FILLER}[\s/]*(?:{_DASH}\s?)?(?:{alternatives('behind')})(?!\w)"
    before = rf"(?<!\w)(?:{alternatives('before')}){_ARTICLES}\s\Z"
    direct = rf"(?<!\w)(?:{alternatives('direct')})(?:\s|{_DASH})\Z"
    names = tuple(state["name"] for state in table["state"])
    return _Rules(names, *(re.compile(pattern, re.IGNORECASE) for pattern in (behind, before, direct)))


_POSITIVE = re.compile(
    rf"[\s]*(?:{_DASH}\s?)?(?:gene\s|receptor\s|mutation{_DASH})?(?P<state>positiv(?:e|ity)|\+(?=[\s,/)]))",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"(?:\s(?:gene|protein|mRNA))?\s(?:was|were|is|are)\s(?:(?:significantly|highly|frequently|commonly|often|also|markedly|strongly)\s)?"
    r"(?P<state>(?P<o>over-?expressed|up-?regulated|elevated)|(?P<l>down-?regulated|under-?expressed)|(?P<m>mutated)|(?P<a>amplified)|"
    r"(?P<s>silenced|knocked\sdown|depleted|(?:hyper-?)?methylated)|(?P<d>deleted)|(?P<r>rearranged)|(?P<w>wild[\s-]type))\b",
    re.IGNORECASE,
)
_PREDICATE_STATES = {
    "o": "overexpression", "l": "low-expression", "m": "mutation", "a": "amplification", "s": "silencing",
    "d": "deletion", "r": "rearrangement", "w": "wild-type",
}  # fmt: skip
_LIST_GAP = re.compile(
    r"\s?(?:,|/|and|or|,\sand|,\sor|and/or|as\swell\sas|&|\+)\s?(?:the\s)?(?:(?:wild[\s-]type|mutant|mutated)\s)?",
    re.IGNORECASE,
)
#: how far behind or before the gene a state word may stand, in code points
_REACH = 64
_TRIMMED = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212 "
_ACTIVATING = re.compile(r"\b(?:activating|sensiti[sz]ing)\s\Z", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:in|of|within|at|on|for|involving|against)\Z", re.IGNORECASE)


def read_states(text: str, sentences: Sequence[Sentence], genes: Sequence[Mention]) -> Iterator[GeneState]:
    """The states of the given gene mentions (sorted by start), each with every gene of its list."""
    starts = [g.start for g in genes]
    for sentence in sentences:
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end, lo=first)
        for group in _groups(text, genes[first:last]):
            found = _behind_group(text, sentence, group) or _before_group(text, sentence, group)
            if found is not None:
                yield found


def _groups(text: str, genes: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Runs of genes that only commas and conjunctions part ("EGFR, KRAS and BRAF")."""
    run: list[Mention] = []
    for gene in genes:
        if run and not (gene.start >= run[-1].end and _LIST_GAP.fullmatch(text, run[-1].end, gene.start)):
            yield tuple(run)
            run = []
        run.append(gene)
    if run:
        yield tuple(run)


def _behind_group(text: str, sentence: Sentence, group: tuple[Mention, ...]) -> GeneState | None:
    end = group[-1].end
    limit = min(sentence.end, end + _REACH)
    match = _rules().behind.match(text, end, limit)
    if match is not None and match.lastgroup:
        return _state_behind(text, sentence, group, match)
    match = _PREDICATE.match(text, end, limit)
    if match is not None:
        named = next(key for key in _PREDICATE_STATES if match[key])
        return GeneState(*match.span("state"), _PREDICATE_STATES[named], group)
    match = _POSITIVE.match(text, end, limit)
    if match is None:
        return None
    known = lexicon().positive.get(group[-1].name)
    if "mutation" in match[0].lower():
        known = "mutation"
    if known is None and match["state"] == "+":
        return None
    return GeneState(*match.span("state"), known or "expression", group)


def _state_behind(text: str, sentence: Sentence, group: tuple[Mention, ...], match: re.Match[str]) -> GeneState | None:
    start, end = match.span(match.lastgroup or 0)
    while text[start] in _TRIMMED:
        start += 1
    before = text[max(sentence.start, group[0].start - 14) : group[0].start]
    state = _rules().state(match)
    if state == "expression" and (degree := _rules().direct.search(before)):
        state = _rules().state(degree)
    if state == "mutation" and _ACTIVATING.search(before):
        state = "activating-mutation"
    if text[max(0, start - 4) : start].lower().endswith(("non-", "non")):
        return None
    if state == "rearrangement" and not _can_be_translocated(text[start:end], group):
        return None
    return GeneState(start, end, state, group)


def _before_group(text: str, sentence: Sentence, group: tuple[Mention, ...]) -> GeneState | None:
    begin = max(sentence.start, group[0].start - _REACH)
    window = text[begin : group[0].start]
    match = _rules().before.search(window) or _rules().direct.search(window)
    if match is None or not match.lastgroup:
        return None
    start, end = match.span(match.lastgroup)
    words = _PREPOSITION.sub("", window[start:end])
    if not _can_be_translocated(words, group):
        return None
    return GeneState(begin + start, begin + start + len(words), _rules().state(match), group)


def _can_be_translocated(words: str, group: tuple[Mention, ...]) -> bool:
    """A translocation of most proteins is into the nucleus; that of a few genes is a rearrangement."""
    return not words.lower().startswith("translocat") or all(g.name in lexicon().translocated for g in group)
