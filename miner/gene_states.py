"""Reads the states of genes: mutation, amplification, rearrangement, overexpression, silencing, wild type and so on.

A state is the word that says it ("mutations"), tied to the genes beside it: "EGFR and KRAS mutations", "mutations in
the EGFR gene", "mutant KRAS", "knockdown of PTEN". A state word with no gene beside it is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
_MUTATION = r"mutations?|mutants?|mutated|mutation-positive|variants?|mut(?=[\s,;)+])"
_LOW = r"low(?:er)?|reduced|decreased|weak|diminished|downregulated|absent"
_HIGH = r"high(?:er)?|elevated|increased|strong|enhanced|upregulated|aberrant"
#: state, words behind the gene, words before it (followed by "of", "in" ... the gene, or by the gene itself)
_STATES: tuple[tuple[str, str, str, str], ...] = (
    ("activating-mutation", r"(?:gain-of-function|activating|sensiti[sz]ing|activation)(?:\sdriver)?[\s-](?:mutations?|variants?)",
     r"(?:gain-of-function|activating|sensiti[sz]ing)\s(?:mutations?|variants?)\s(?:in|of|within)", r""),
    ("wild-type", r"wild[\s-]?types?|WT\b|wt\b", r"wild[\s-]?type\s(?:for|of)", r"wild[\s-]?type|WT|wt"),
    ("loss", r"loss-of-function(?:\s(?:mutations?|variants?))?|loss(?:\sof\s(?:heterozygosity|function))?|deficien(?:cy|t)|null|inactivation|inactivated|haploinsufficiency|knock-?out",
     r"(?:loss-of-function\s(?:mutations?|variants?)\s(?:in|of)|(?:loss|deficiency|inactivation|haploinsufficiency|knock-?out)\s(?:of|in))", r"inactivated"),
    ("overexpression", rf"over-?express(?:ion|ed|ing)|up-?regulat(?:ion|ed)|(?:{_HIGH})\s(?:mRNA\s|protein\s)?expression|{_DASH}high\b|high\b",
     rf"(?:over-?expression|up-?regulation|(?:{_HIGH})\s(?:mRNA\s|protein\s)?(?:expression|levels?))\s(?:levels?\s)?of", rf"over-?expressed|upregulated|(?:{_HIGH})"),
    ("low-expression", rf"under-?express(?:ion|ed)|down-?regulat(?:ion|ed)|(?:{_LOW})\s(?:mRNA\s|protein\s)?expression|{_DASH}low\b|low\b",
     rf"(?:under-?expression|down-?regulation|loss\sof\sexpression|(?:{_LOW})\s(?:mRNA\s|protein\s)?(?:expression|levels?))\s(?:levels?\s)?of", rf"downregulated|(?:{_LOW})"),
    ("amplification", r"amplifications?|amplified|amp\b", r"amplifications?\s(?:of|in)", r"amplified"),
    ("copy-gain", r"(?:copy[\s-]number\s)?gains?|copy[\s-]number\s(?:gains?|increases?)|high\s(?:gene\s)?copy\snumber|polysomy|duplications?",
     r"(?:copy[\s-]number\s)?(?:gains?|increases?)\sof", r""),
    ("deletion", r"(?:homozygous\s|heterozygous\s|codeletions?|deletions?|deleted)", r"(?:deletions?)\s(?:of|in)", r"deleted"),
    ("rearrangement", r"rearrange(?:ments?|d)|translocations?|translocated|fusions?(?:-positive)?|gene\sfusions?",
     r"(?:rearrangements?|translocations?|fusions?)\s(?:of|in|involving)", r"rearranged"),
    ("silencing", r"silenc(?:ing|ed)|knock-?downs?|knocked\sdown|depletion|depleted|siRNAs?|shRNAs?|(?:promoter\s)?(?:hyper)?methylation|(?:hyper)?methylated",
     r"(?:silencing|knock-?down|knocking\sdown|depletion|siRNA\sagainst|shRNA\sagainst|(?:promoter\s)?(?:hyper)?methylation)\s?(?:of|in)?", r"silenced"),
    ("mutation", _MUTATION, rf"(?:{_MUTATION})\s(?:in|of|within|at|on)", r"mutated|mutant"),
    ("altered", r"alterations?|altered|aberrations?|abnormalit(?:y|ies)|polymorphisms?|genotypes?", r"(?:alterations?|aberrations?|abnormalities|polymorphisms?|genotypes?)\s(?:in|of|at)", r"altered"),
    ("expression", r"express(?:ion|ed|ing)", r"(?:expression|levels)\s(?:levels?\s)?of|expressing", r""),
)  # fmt: skip
_FILLER = (
    r"(?:[\s,]*(?:genes?|proteins?|mRNA|kinase(?:\sdomain)?|receptors?|somatic|germline|pathogenic|oncogenic|driver|point|"
    r"hotspot|tumou?r|cell|status|missense|truncating|common|rare|uncommon|resistance|acquired|secondary|primary|biallelic|"
    r"homozygous|heterozygous|exon\s\d+(?:[-\u2013/]\d+)?|codon\s\d+|promoter|locus|signal+ing|pathway|levels?))*"
)


_ANY_BEHIND = re.compile(
    rf"{_FILLER}[\s/]*(?:{_DASH}\s?)?(?P<state>"
    + "|".join(rf"(?P<s{i}>{words})" for i, (_, words, _, _) in enumerate(_STATES))
    + r")(?!\w)",
    re.IGNORECASE,
)
_ANY_BEFORE = re.compile(
    r"(?<!\w)(?P<state>"
    + "|".join(rf"(?P<s{i}>(?:{before}))" for i, (_, _, before, _) in enumerate(_STATES))
    + r")(?:\s(?:the|a|an|both|either|endogenous|human|tumou?r|somatic|germline|genes?|proteins?|exons?\s[\d,\sand-]+of(?:\sthe)?))*\s\Z",
    re.IGNORECASE,
)
_DIRECT_BEFORE = re.compile(
    r"(?<!\w)(?P<state>"
    + "|".join(rf"(?P<s{i}>(?:{direct}))" for i, (_, _, _, direct) in enumerate(_STATES) if direct)
    + rf")(?:\s|{_DASH})\Z",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    rf"[\s]*(?:{_DASH}\s?)?(?:gene\s|receptor\s|mutation{_DASH})?(?P<state>positiv(?:e|ity)|\+(?=[\s,/)]))",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"(?:\s(?:gene|protein|mRNA))?\s(?:was|were|is|are)\s(?:(?:significantly|highly|frequently|commonly|often|also|markedly|strongly)\s)?"
    r"(?P<state>(?P<o>over-?expressed|up-?regulated|elevated)|(?P<l>down-?regulated|under-?expressed)|(?P<m>mutated)|(?P<a>amplified)|"
    r"(?P<s>silenced|knocked\sdown|depleted)|(?P<d>deleted)|(?P<r>rearranged)|(?P<w>wild[\s-]type))\b",
    re.IGNORECASE,
)
_PREDICATE_STATES = {
    "o": "overexpression", "l": "low-expression", "m": "mutation", "a": "amplification", "s": "silencing", "d": "deletion",
    "r": "rearrangement", "w": "wild-type",
}  # fmt: skip
_LIST_GAP = re.compile(
    r"\s?(?:,|/|and|or|,\sand|,\sor|and/or|as\swell\sas|&|\+)\s?(?:the\s)?(?:(?:wild[\s-]type|mutant|mutated)\s)?",
    re.IGNORECASE,
)
#: how far behind or before the gene a state word may stand, in code points
_REACH = 64


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
    match = _ANY_BEHIND.match(text, end, limit)
    if match is not None:
        state = _state_of(match)
        start = match.start("state")
        while text[start] in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212 ":
            start += 1
        if state == "mutation" and re.search(
            r"\b(?:activating|sensiti[sz]ing)\s\Z", text[max(sentence.start, group[0].start - 14) : group[0].start]
        ):
            state = "activating-mutation"
        if state == "rearrangement" and re.search(r"\bnon-?\Z", text[max(0, start - 4) : start]):
            return None
        return GeneState(start, match.end("state"), state, group)
    match = _PREDICATE.match(text, end, limit)
    if match is not None:
        named = next(key for key in _PREDICATE_STATES if match[key])
        return GeneState(match.start("state"), match.end("state"), _PREDICATE_STATES[named], group)
    match = _POSITIVE.match(text, end, limit)
    if match is not None:
        gene = group[-1]
        state = lexicon().positive.get(gene.name, "expression")
        if "mutation" in match[0].lower():
            state = "mutation"
        return GeneState(match.start("state"), match.end("state"), state, group)
    return None


def _before_group(text: str, sentence: Sentence, group: tuple[Mention, ...]) -> GeneState | None:
    begin = max(sentence.start, group[0].start - _REACH)
    window = text[begin : group[0].start]
    match = _ANY_BEFORE.search(window) or _DIRECT_BEFORE.search(window)
    if match is None:
        return None
    start = begin + match.start("state")
    words = re.sub(r"\s(?:in|of|within|at|on|for|involving)\Z", "", match["state"], flags=re.IGNORECASE)
    return GeneState(start, start + len(words), _state_of(match), group)


def _state_of(match: re.Match[str]) -> str:
    return next(state for i, (state, _, _, _) in enumerate(_STATES) if match.groupdict().get(f"s{i}"))
