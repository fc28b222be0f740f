"""What the confidence of a finding is judged by: the reading itself, its participants and the words around them."""

import math
import re
from collections.abc import Iterator, Sequence

from miner.document import Document
from miner.findings import Finding, Mention, Participant
from miner.sentences import Sentence

#: feature name -> value; those that name a kind, a pattern or a section are 1
Features = dict[str, float]

#: code points: a name as ambiguous as "MET", and a sentence of usual length
_SHORT, _USUAL = 3, 150
_WORDS = {
    "negation": re.compile(r"\b(?:not?|nor|neither|without|fail\w*|lack\w*|absence|unable)\b", re.IGNORECASE),
    "hedge": re.compile(
        r"\b(?:may|might|could|can|possibl\w+|potential\w*|suggest\w*|appear\w*|seem\w*|likely|hypothes\w+|putative\w*"
        r"|promising|expected)\b",
        re.IGNORECASE,
    ),
    "contrast": re.compile(r"\b(?:but|although|though|however|whereas|while|despite|unlike|except)\b", re.IGNORECASE),
    "comparison": re.compile(r"\b(?:than|versus|vs\.?|compared|comparison|superior|inferior|relative to)\b", re.I),
    "combination": re.compile(r"\b(?:combin\w+|plus|together|added|addition|adjuvant|co-?treat\w+|synerg\w+)\b", re.I),
    "number": re.compile(r"\d[.%]?\d*\s*%|\b[Pp]\s*[<=>]|\b(?:HR|OR|RR|CI)\b"),
    "review": re.compile(
        r"\b(?:known|established|previous\w*|reported|used|approved|standard|recent\w*|emerg\w+|class of|such as)\b",
        re.I,
    ),
    "people": re.compile(r"\b(?:patients?|participants?|women|men|children|subjects|trial)\b", re.IGNORECASE),
    "laboratory": re.compile(r"\b(?:cells?|lines?|mice|mouse|rats?|in vitro|in vivo|xenograft\w*|model)\b", re.I),
}


def features(document: Document, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Features]]:
    """Each finding of a document with its features that differ from zero, sentence by sentence."""
    sentences = {sentence.start: sentence for sentence in document.sentences} if findings else {}
    by_sentence: dict[int, list[Finding]] = {}
    for finding in findings:
        by_sentence.setdefault(finding.start, []).append(finding)
    for start, beside in by_sentence.items():
        sentence = sentences[start]
        around = dict(_sentence(document, sentence))
        mentions = document.mentions_in(sentence)
        for finding in beside:
            found = {**around, **dict(_reading(finding, beside)), **dict(_people(mentions, finding))}
            yield finding, {name: value for name, value in found.items() if value}


def _reading(finding: Finding, beside: Sequence[Finding]) -> Iterator[tuple[str, float]]:
    yield f"kind {finding.kind}", 1.0
    yield f"relation {finding.relation}", 1.0
    yield f"method {finding.method}", 1.0
    yield f"certainty {finding.certainty}", 1.0
    yield f"subject {finding.subject}", 1.0
    yield f"disease from {finding.disease_from}", 1.0
    yield "polarity does_not_support", float(finding.polarity != "supports")
    yield "level none", float(finding.level is None)
    yield "effect", float(bool(finding.effect))
    yield "comparator", float(bool(finding.comparators))
    yield "prior", float(bool(finding.prior))
    yield "drugs beyond one", float(max(len(finding.drugs) - 1, 0))
    yield "markers beyond one", float(max(len(finding.genes) + len(finding.variants) - 1, 0))
    yield "beside", math.log1p(len(beside) - 1)
    yield "other relations beside", float(len({f.relation for f in beside}) > 1)


def _people(mentions: Sequence[Mention], finding: Finding) -> Iterator[tuple[str, float]]:
    people = _participants(finding)
    scores = [score for p in people if (score := _score(p, mentions)) is not None]
    yield "unlinked", float(sum(p.id is None for p in people))
    yield "least score", 1.0 - min(scores, default=1.0)
    used = {p.key for p in people} | {p.key for p in (*finding.comparators, *finding.prior)}
    for type_ in ("drug", "gene", "disease", "variant"):
        others = {m.concept_id or m.text.lower() for m in mentions if m.type == type_} - used
        yield f"other {type_}", math.log1p(len(others))
    named = [m for m in mentions if m.concept_id in used]
    yield "class", float(any(m.type == "drug" and m.kind == "class" for m in named))
    yield "family", float(any(m.type == "gene" and m.kind != "gene" for m in named))
    yield "short name", float(any(len(m.text) <= _SHORT for m in named))


def _participants(finding: Finding) -> tuple[Participant, ...]:
    single = [p for p in (finding.disease, finding.event) if p]
    return (*finding.drugs, *finding.genes, *finding.variants, *single)


def _score(participant: Participant, mentions: Sequence[Mention]) -> float | None:
    scores = [m.score for m in mentions if m.concept_id and m.concept_id == participant.id]
    return max(scores, default=None)


def _sentence(document: Document, sentence: Sentence) -> Iterator[tuple[str, float]]:
    text = document.sentence_text(sentence)
    yield "length", max(math.log(len(text) / _USUAL), 0.0)
    yield "title", float(sentence.end <= len(document.title))
    yield f"section {sentence.category or 'none'}", 1.0
    for name, words in _WORDS.items():
        yield name, float(words.search(text) is not None)
