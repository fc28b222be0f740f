"""Findings of a document: roles first, then relations by pattern, then certainty, subject, disease, effect and level;
last how sure each reading is.

Patterns stand in miner/relating, one file a meaning. Precision comes before recall: what a rule cannot read surely is
dropped with the gate that stopped it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from miner.assertion import certainty, subject
from miner.confidence import with_confidence
from miner.design import read_design
from miner.document import Document
from miner.findings import Certainty, Design, Drop, Finding, Participant, Subject, finding_id
from miner.levels import assign_level
from miner.relating.association import relate_associations
from miner.relating.diseases import find_diseases, title_disease
from miner.relating.draft import Draft
from miner.relating.efficacy import relate_efficacy
from miner.relating.outcomes import ANIMALS, CELLS, PEOPLE
from miner.relating.predictive import relate_markers
from miner.relating.predisposition import relate_risks
from miner.relating.prognosis import relate_courses
from miner.relating.response import relate_responses
from miner.relating.safety import relate_safety
from miner.relating.scene import Scene, read_scene
from miner.relating.surroundings import Surroundings
from miner.relating.target import relate_targets
from miner.roles import assign_roles
from miner.sentences import Sentence
from miner.therapies import is_therapy, may_treat
from miner.wording import Wording

#: sentences of an unlabelled abstract that tell what was known; only in abstracts of at least this many sentences
_OPENING, _LONG_ABSTRACT = 1, 6
#: the title of a notice repeats that of the article it speaks of
_NOTICE = re.compile(
    r"(?:Author )?(?:Corrigendum|Corrections?|Erratum|Errata|Retraction|Retracted|WITHDRAWN|Expression of concern"
    r"|Comment on)\b",
    re.IGNORECASE,
)
_PATTERNS = (
    relate_efficacy,
    relate_markers,
    relate_responses,
    relate_associations,
    relate_courses,
    relate_safety,
)
_EFFECT = re.compile(
    r"(?:\b(?:adjusted )?(?:hazard ratio|HR|odds ratio|OR|relative risk|RR|risk "
    r"ratio)\b[^;.()]{0,25}?[=:,]? ?\d+\.\d+(?:[;,]? ?\(?(?:\d+% )?(?:CI|confidence interval)[^;)]{0,30}\d)?"
    r"|\b95% (?:CI|confidence interval)[^;)]{0,25}\d|\b[Pp] ?[<=>] ?0?\.\d+|\bresponse "
    r"rate[^;.]{0,20}?\d+(?:\.\d+)? ?%)"
)


#: code points; longer is no sentence but a list or a table without stops, which the rules would search again and again
_LONGEST = 4_000


def relate(document: Document, design: Design | None = None) -> tuple[tuple[Finding, ...], tuple[Drop, ...]]:
    """Findings and what was dropped, in order of their sentences; the design is read from the document if not given."""
    findings, drops = read_relations(document, design)
    return tuple(with_confidence(document, findings)), drops


def read_relations(document: Document, design: Design | None = None) -> tuple[tuple[Finding, ...], tuple[Drop, ...]]:
    """The same without any confidence, which is learnt from such findings."""
    known = design or read_design(document)
    titled = title_disease(document)
    around = Surroundings(document)
    found: dict[str, Finding] = {}
    drops: list[Drop] = []
    for position, sentence in enumerate(document.sentences):
        if not _worth_reading(document, sentence):
            continue
        if sentence.end - sentence.start > _LONGEST:
            drops.append(Drop("finding", "endless sentence", sentence.start, sentence.end))
            continue
        scene = read_scene(around, sentence)
        if scene.text.rstrip().endswith("?") or _NOTICE.match(scene.text):
            continue
        drafts = _proposed(scene)
        for draft in drafts:
            sure = _certainty(scene, position, draft)
            for finding in _finish(scene, draft, sure, titled, known):
                gate = draft.gate or _gate(finding, sentence, scene.text)
                if gate:
                    drops.append(
                        Drop("finding", gate, finding.start, finding.end, f"{finding.kind} {finding.relation}")
                    )
                else:
                    found.setdefault(finding.id, finding)
    return tuple(sorted(found.values(), key=lambda f: (f.start, f.kind, f.relation, f.id))), tuple(drops)


def _worth_reading(document: Document, sentence: Sentence) -> bool:
    """Cheap gate: a relation needs two mentions of different kinds, or a gene with an outcome, in one sentence."""
    types = {m.type for m in document.mentions_in(sentence)}
    return bool(types & {"drug", "gene", "variant"})


def _proposed(scene: Scene) -> list[Draft]:
    groups = assign_roles(scene)
    drafts = [draft for pattern in _PATTERNS for draft in pattern(scene, groups)]
    drafts += relate_risks(scene)
    drafts += relate_targets(scene)
    covered = {d.drugs for d in drafts if d.method.startswith("marker-")}
    kept = [d for d in drafts if not (d.method.startswith("outcome") and d.drugs in covered)]
    return _contradictions_gated([d for d in kept if not d.gate]) + [d for d in kept if d.gate]


def _contradictions_gated(drafts: list[Draft]) -> list[Draft]:
    """Patterns that read opposite directions for the same participants: none of them is believed."""
    opposite = {
        "resistance": "positive",
        "reduced_sensitivity": "positive",
        "sensitivity": "negative",
        "better_outcome": "negative",
        "worse_outcome": "positive",
        "increased_risk": "negative",
        "decreased_risk": "positive",
    }
    seen: dict[tuple[object, ...], set[str]] = {}
    for draft in drafts:
        key = (draft.kind, draft.drugs, draft.genes, draft.variants)
        seen.setdefault(key, set()).add(opposite.get(draft.relation, ""))
    both = {key for key, said in seen.items() if {"positive", "negative"} <= said}
    return [
        replace(d, gate="contradicting readings") if (d.kind, d.drugs, d.genes, d.variants) in both else d
        for d in drafts
    ]


#: labels of what was known before, where the record gives them no category of its own
_TOLD_BEFORE = re.compile(r"importance|context|background|introduction|rationale", re.IGNORECASE)


def _certainty(scene: Scene, position: int, draft: Draft) -> Certainty:
    titles, sentences = scene.around.titles, len(scene.document.sentences)
    opening = titles <= position < titles + _OPENING and sentences - titles >= _LONG_ABSTRACT
    told_before = _TOLD_BEFORE.fullmatch(scene.sentence.label or "") is not None
    category = scene.sentence.category or ("BACKGROUND" if told_before else "")
    scope = scene.masked[slice(*draft.scope)] if draft.scope else ""
    return certainty(scene.masked, scope=scope, category=category, opening=opening and not scene.sentence.label)


def _finish(
    scene: Scene, draft: Draft, sure: Certainty, titled: Participant | None, design: Design
) -> Iterator[Finding]:
    sentence = scene.sentence
    who: Subject = draft.subject or _subject(scene)
    level, trace = assign_level(scene.text, who, design)
    chosen = draft.certainty or sure
    if draft.certainty == "background" and sure in ("aim", "speculative") and draft.method != "target-label":
        chosen = sure
    for disease, source in find_diseases(scene, draft, titled):
        finding = Finding(
            draft.kind,
            draft.relation,
            draft.polarity,
            chosen,
            who,
            sentence.start,
            sentence.end,
            "",
            draft.drugs,
            draft.genes,
            draft.variants,
            disease,
            source,
            draft.event,
            draft.comparators,
            draft.prior,
            _effect(scene.text),
            level,
            trace,
            method=draft.method,
        )
        yield replace(
            finding,
            id=finding_id(
                scene.document.id, scene.text, finding.kind, finding.relation, finding.polarity, finding.participants
            ),
        )


#: so many words of an abstract for one kind of subject, and at most half as many for any other, make it the abstract's
_OFTEN = 2
_ABSTRACT: tuple[tuple[Subject, Wording], ...] = (
    ("patients", PEOPLE),
    ("animal", ANIMALS),
    ("cell_line", CELLS),
)


def _subject(scene: Scene) -> Subject:
    """Whom it was observed in: by the sentence, else the title, else what the abstract speaks of throughout."""
    said = subject(scene.masked, scene.document.title)
    if said != "unknown":
        return said
    counts = sorted(((scene.around.count(words), name) for name, words in _ABSTRACT), reverse=True)
    (most, name), (second, _) = counts[0], counts[1]
    return name if most >= _OFTEN and most >= 2 * second else "unknown"


def _effect(text: str) -> str:
    """The effect as the sentence states it, parts joined by "; "."""
    return "; ".join(dict.fromkeys(m[0].strip() for m in _EFFECT.finditer(text)))


#: what is said of some mutations of a gene is not said of a mutation of it
_NARROWER = re.compile(
    r"\b(?:multiple|double|dual|compound|concurrent|co-?occurring) (?:[\w/-]+ )?mutations?\b"
    r"|\bmutations? (?:located )?in the [\w-]+ domain\b",
    re.IGNORECASE,
)


#: what nobody was treated with: a pollutant, a part of the diet, a measure
_EXPOSURE = re.compile(
    r"\b(?:expos(?:ures?|ed)|contaminat\w+|pollut\w+|intakes?|consumption|consum(?:ed|ers)|insecticid\w*|pesticid\w*"
    r"|herbicid\w*|toxic\w*|toxins?|drinkers?|(?:levels?|concentrations?) of|larvae|tadpoles|mosquito\w*|starvation"
    r"|mutants?)\b",
    re.IGNORECASE,
)


def _treats(finding: Finding, text: str) -> bool:
    """Whether the drugs may be what the kind of finding asks for.

    A substance under study has an efficacy although no list calls it a therapy; safety and prediction are of therapies.
    """
    if finding.kind == "target" or all(is_therapy(p.id) for p in finding.drugs):
        return True
    return (
        finding.kind == "efficacy"
        and all(may_treat(p.id, p.name) for p in finding.drugs)
        and not _EXPOSURE.search(text)
        and not (finding.relation == "no_benefit" and "associated with" in text)
    )


#: resistance to no drug
_OTHER_RESISTANCE = re.compile(
    r"\b(?:airways?|vascular|insulin|arterial|flow|hydraulic|peripheral|electrical|disease|membrane) resistance\b", re.I
)


#: nothing is said of what the study could not tell
_NOT_EVALUATED = re.compile(
    r"\b(?:prevent|preclud|hamper)(?:ed|s|ing)? (?:any |a |the |our )?(?:\w+ )?"
    r"(?:evaluation|assessment|analys[ei]s|conclusions?|comparison)\b"
    r"|\b(?:could|can|did) not (?:allow|permit|be) (?:\w+ )?(?:evaluated|assessed|determined|drawn|evaluation"
    r"|conclusions?)\b"
    r"|\bno (?:firm |definitive )?conclusions? (?:can|could) be drawn\b",
    re.IGNORECASE,
)


def _gate(finding: Finding, sentence: Sentence, text: str) -> str:
    if any((v.id or "").endswith(":mutation") for v in finding.variants) and _NARROWER.search(text):
        return "narrower than the state"
    if sentence.category == "METHODS" and finding.method != "target-label":
        return "methods section"
    if finding.kind != "target" and _NOT_EVALUATED.search(text):
        return "could not be evaluated"
    if finding.certainty == "aim" and finding.kind in ("safety", "target"):
        return "aim"
    if finding.kind in ("efficacy", "target", "safety") and not finding.drugs:
        return "no therapy"
    if not _treats(finding, text):
        return "not a therapy"
    if finding.relation == "resistance" and _OTHER_RESISTANCE.search(text):
        return "means something else here"
    if finding.kind == "predictive" and not (finding.genes or finding.variants):
        return "no marker"
    if finding.kind in ("prognostic", "predisposing", "diagnostic") and not (finding.genes or finding.variants):
        return "no marker"
    return ""
