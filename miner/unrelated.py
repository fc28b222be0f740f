"""Therapies named in one sentence with a gene, variant or disease without a finding: which pair, and what was missing.

These pairs are what a gap map calls unread: they may be our miss. They are explained, bounded and cheap; nothing is
concluded from them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from miner.document import Document
from miner.findings import Drop, Finding, Mention, Participant
from miner.sentences import Sentence
from miner.therapies import is_therapy
from miner.wording import Wording

#: pairs told of one sentence, and of one document; in the bundled sample 14 of 439 such sentences name more, and 1 of
#: 354 documents
_OF_SENTENCE, _OF_DOCUMENT = 6, 40
#: code points; the same bound as that of the finding rules: longer is a list or a table without stops
_LONGEST = 4_000
_GENE = re.compile(r"(?:HGNC|NCBIGene|FPLX):[A-Za-z0-9_-]+")
#: stems of words that say what a therapy does: without one there is nothing to read
_EFFECT_WORD = Wording(
    r"\b(?:(?:hyper|chemo|radio|photo|un|in|non-?|de|co-?)?(?:sensiti[vsz]|resist|respon[ds]|effect|activ)"
    r"|surviv|remission|relaps|recurr|progress|regress|shr[aiu]nk|benefit|improv|prolong|effic|apopto|prolifer|viab"
    r"|inhibit|block|suppress|target|bind|antagoni|agoni|degrad|abrogat|revers|impact|impair|growth|kill|eradicat"
    r"|induc|caus|refractor|toleran|toxic|adverse|associat|correlat|predict|prognos"
    r"|risk|reduc|decreas|increas|enhanc|attenuat|overc[ao]m|treat|approv|indicat|recommend|cure|alleviat|ameliorat"
    r"|protect|prevent|superior|inferior|better|worse|fail|OS\b|PFS\b|ORR\b|HR\b|hazard|odds|mortality|death|die[ds]\b)"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Something a sentence names."""

    name: str
    #: its id, or its name where it has none; for a variant also the ids of its genes
    keys: frozenset[str]


def unrelated_pairs(document: Document, findings: Iterable[Finding], drops: Iterable[Drop]) -> Iterator[Drop]:
    """One drop a pair and sentence, of stage finding, in order of the sentences.

    A sentence in which a reading was stopped at a gate is explained by that gate, and left out here.
    """
    stopped = {drop.start for drop in drops}
    said: dict[int, list[Finding]] = {}
    for finding in findings:
        said.setdefault(finding.start, []).append(finding)
    left = _OF_DOCUMENT
    for sentence in document.sentences:
        if left <= 0 or sentence.start in stopped or sentence.end - sentence.start > _LONGEST:
            continue
        found = list(islice(_of_sentence(document, sentence, said.get(sentence.start, ())), left))
        left -= len(found)
        yield from found


def _of_sentence(document: Document, sentence: Sentence, findings: Sequence[Finding]) -> Iterator[Drop]:
    mentions = document.mentions_in(sentence)
    therapies = _distinct(m for m in mentions if m.type == "drug" and is_therapy(m.concept_id))
    if not therapies:
        return
    variants = _distinct(m for m in mentions if m.type == "variant")
    of_variants = {key for variant in variants for key in variant.keys}
    others = _distinct(m for m in mentions if m.type in ("gene", "disease"))
    others = variants + [other for other in others if not other.keys & of_variants]
    pairs = [(t, o) for t in therapies for o in others if not any(_told(f, t, o) for f in findings)]
    text = document.sentence_text(sentence)
    for therapy, other in pairs[:_OF_SENTENCE]:
        gate = _missing(sentence, text, therapy, findings)
        yield Drop("finding", gate, sentence.start, sentence.end, f"{therapy.name} and {other.name}")
    if len(pairs) > _OF_SENTENCE:
        more = f"{len(pairs) - _OF_SENTENCE} more pairs"
        yield Drop("finding", "no relation read", sentence.start, sentence.end, more)


def _distinct(mentions: Iterable[Mention]) -> list[_Named]:
    """What the mentions name, each once, in text order."""
    named: dict[str, _Named] = {}
    for mention in mentions:
        who = Participant(mention.concept_id, mention.name or mention.text)
        named.setdefault(who.key, _Named(who.name, frozenset((who.key, *mention.gene_ids))))
    return list(named.values())


def _told(finding: Finding, therapy: _Named, other: _Named) -> bool:
    """The finding is about both; a variant stands for its genes."""
    keys = {key for _, key in finding.participants}
    keys.update(gene for v in finding.variants if v.id for gene in _GENE.findall(v.id))
    return not (therapy.keys.isdisjoint(keys) or other.keys.isdisjoint(keys))


def _missing(sentence: Sentence, text: str, therapy: _Named, findings: Sequence[Finding]) -> str:
    """The gate: what kept the pair from being a finding."""
    if any(p.key in therapy.keys for f in findings for p in f.comparators):
        return "comparator only"
    if any(p.key in therapy.keys for f in findings for p in f.prior):
        return "prior therapy only"
    if text.rstrip().endswith("?"):
        return "question"
    if sentence.category == "METHODS":
        return "methods section"
    return "no relation read" if _EFFECT_WORD.search(text) else "no direction word"
