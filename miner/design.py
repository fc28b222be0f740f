"""Study design, phase, patients and trial ids of an article, from publication types, MeSH and text, in that order.

The first source that names a design wins; every step leaves a line that starts with its source.
"""

import re

from corpus.identifiers import trial_ids
from miner.document import Document
from miner.findings import Design

#: (publication type or MeSH descriptor, design), most specific first; names as in NLM's 2026 lists
_TYPES = (
    ("Retraction Notice", "notice"),
    ("Retraction of Publication", "notice"),
    ("Published Erratum", "notice"),
    ("Expression of Concern", "notice"),
    ("Clinical Trial Protocol", "protocol"),
    ("Practice Guideline", "guideline"),
    ("Guideline", "guideline"),
    ("Consensus Development Conference", "guideline"),
    ("Network Meta-Analysis", "meta-analysis"),
    ("Meta-Analysis", "meta-analysis"),
    ("Systematic Review", "systematic review"),
    ("Randomized Controlled Trial", "randomised trial"),
    ("Clinical Trial, Phase III", "randomised trial"),
    ("Case Reports", "case report"),
    ("Editorial", "editorial"),
    ("Comment", "editorial"),
    ("News", "editorial"),
    ("Review", "review"),
    ("Clinical Trial", "single-arm trial"),
    ("Clinical Trial, Phase I", "single-arm trial"),
    ("Clinical Trial, Phase II", "single-arm trial"),
    ("Clinical Trial, Phase IV", "single-arm trial"),
    ("Observational Study", "cohort"),
)
_HEADINGS = (
    ("Cohort Studies", "cohort"),
    ("Prospective Studies", "cohort"),
    ("Retrospective Studies", "cohort"),
    ("Follow-Up Studies", "cohort"),
    ("Case-Control Studies", "case-control"),
    ("Cross-Sectional Studies", "cross-sectional"),
    ("Xenograft Model Antitumor Assays", "in vivo"),
    ("Disease Models, Animal", "in vivo"),
    ("Molecular Docking Simulation", "computational"),
    ("Computer Simulation", "computational"),
)
_TITLE_RULES = (
    ("notice", r"^(?:retraction|withdrawn|erratum|corrigendum|correction)\b|^expression of concern"),
    ("protocol", r"\b(?:study protocol|trial protocol|protocol (?:for|of) an?)\b"),
    ("meta-analysis", r"\bmeta-analys[ie]s\b"),
    ("systematic review", r"\bsystematic(?:ally)? (?:literature )?review\b"),
    ("guideline", r"\b(?:guidelines?|consensus (?:statement|recommendations?)|position (?:paper|statement))\b"),
    ("case report", r"\b(?:case report|a case of|report of (?:a|two|three) cases?|in a patient with)\b"),
    ("case series", r"\bcase series\b"),
    ("randomised trial", r"\brandomi[sz]ed\b"),
    ("single-arm trial", r"\b(?:single-arm|phase (?:I|II|1|2)(?:[ab/-]\w+)? (?:trial|study)|open-label)\b"),
    ("case-control", r"\bcase-control\b"),
    ("cross-sectional", r"\bcross-sectional\b"),
    ("cohort", r"\b(?:cohort|retrospective|prospective|registry|real-world|matched-pair)\b"),
    ("review", r"\b(?:a review|review of|overview|current (?:status|perspectives)|narrative review)\b"),
)
_TEXT_RULES = (
    (
        "meta-analysis",
        r"\b(?:we (?:performed|conducted) an? (?:[\w-]+ ){0,3}meta-analysis|this (?:[\w-]+ ){0,2}meta-analysis"
        r"|random-effects model)\b",
    ),
    ("systematic review", r"\b(?:this systematic review|we systematically (?:reviewed|searched)|PRISMA)\b"),
    ("protocol", r"\b(?:participants|patients) will be (?:randomi[sz]ed|recruited|enrolled)\b"),
    (
        "randomised trial",
        r"\b(?:(?:were|was) (?:then )?randomi?[sz]ed|randomly (?:assigned|allocated|divided)|randomi[sz]ed "
        r"(?:controlled )?(?:phase \w+ )?(?:trial|study)|double-blind)\b",
    ),
    ("single-arm trial", r"\b(?:single-arm|phase (?:I|II|Ib|1|2|1b)(?:/\w+)? (?:trial|study))\b"),
    ("case-control", r"\b(?:case-control|cases and (?:\d+ )?(?:healthy )?controls)\b"),
    ("cross-sectional", r"\bcross-sectional\b"),
    (
        "cohort",
        r"\b(?:cohort|retrospective(?:ly)?|prospective(?:ly)? (?:enrolled|collected|study|analy)|medical records"
        r"|consecutive patients|registry)\b",
    ),
    (
        "case series",
        r"\b(?:case series|we (?:report|describe|present) (?:two|three|four|five|\d+) (?:cases|patients))\b",
    ),
    (
        "case report",
        r"\b(?:we (?:here )?(?:report|describe|present) (?:a|an|the) (?:[\w-]+ ){0,4}(?:case|patient)|year-old "
        r"(?:man|woman|male|female|boy|girl|patient))\b",
    ),
    (
        "review",
        r"\b(?:this review|we review|in this article,? we (?:review|discuss|summari[sz]e)|here,? we (?:review"
        r"|summari[sz]e|discuss))\b",
    ),
    ("computational", r"\b(?:in silico|molecular docking|TCGA|bioinformatics? analys[ie]s|GEO database)\b"),
    ("in vivo", r"\b(?:mice|mouse model|rats|xenografts?|zebrafish)\b"),
    ("in vitro", r"\b(?:cell lines?|in vitro|cells were)\b"),
)
_COMPILED_TITLE = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _TITLE_RULES)
_COMPILED_TEXT = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _TEXT_RULES)
#: letters of which the text must hold some before a text rule is tried
_TEXT_STEMS = {
    "meta-analysis": ("meta-analysis", "random-effects"),
    "systematic review": ("systematic", "prisma"),
    "protocol": ("will be",),
    "randomised trial": ("random", "double-blind"),
    "single-arm trial": ("single-arm", "phase"),
    "case-control": ("control",),
    "cross-sectional": ("cross-sectional",),
    "cohort": ("cohort", "spective", "medical records", "consecutive", "registry"),
    "case series": ("case series", "cases", "patients"),
    "case report": ("report", "describe", "present", "year-old"),
    "review": ("review", "in this article", "summari", "discuss"),
    "computational": ("in silico", "docking", "tcga", "bioinformatic", "geo database"),
    "in vivo": ("mice", "mouse", "rats", "xenograft", "zebrafish"),
    "in vitro": ("cell", "in vitro"),
}
_RANDOM = re.compile(r"\brandomi[sz]ed\b|randomly assigned", re.IGNORECASE)
_PHASE = re.compile(r"\bphase[- ](IV|III|II|I|[1-4])[abc]?(?:[ /-]{1,3}(IV|III|II|I|[1-4])[abc]?)?\b", re.IGNORECASE)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_NUMBER = r"(\d{1,3}(?:[,\u2009\u00a0 ]\d{3})+|\d{1,6})"
_PEOPLE = (
    r"(?:patients?|participants|subjects|women|men|children|individuals|adults|cases|volunteers|infants"
    r"|adolescents|pts)"
)
#: the whole study first ("a total of", "were enrolled"), then any plain count; the largest of the first kind that fits
_ENROLLED = (
    re.compile(
        rf"\b(?:a total of|total of|overall,?|altogether,?|in total,?) {_NUMBER} (?:[\w-]+ ){{0,5}}?{_PEOPLE}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NUMBER} (?:[\w-]+ ){{0,5}}?{_PEOPLE} (?:[^.;]{{0,60}} )?(?:were|was) (?:[\w-]+ )?(?:enrolled"
        rf"|included|recruited|randomi[sz]ed|treated|analy[sz]ed|randomly|identified|evaluated|assigned|studied)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:enrolled|included|recruited|randomi[sz]ed|assigned|treated|analy[sz]ed|studied|in) {_NUMBER} "
        rf"(?:[\w-]+ ){{0,5}}?{_PEOPLE}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_NUMBER} (?:[\w-]+ ){{0,3}}?{_PEOPLE}\b", re.IGNORECASE),
)
_CLINICAL_HINT = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)
#: an order of trust (types > MeSH > title > text), not a measured probability
_SCORES = {"publication type": 0.95, "mesh": 0.8, "title": 0.75, "text": 0.6}


def read_design(document: Document) -> Design:
    """The design with phase, patients, trial ids and the lines that led there."""
    name, lines, score = _design(document)
    phase = _phase(document)
    if phase:
        lines.append(f"text: phase {phase}")
    sample = _sample_size(document, name)
    if sample is not None:
        lines.append(f"text: {sample} patients")
    ids = tuple(dict.fromkeys((*document.registry_ids, *trial_ids(document.text))))
    return Design(name, phase, sample, ids, score, tuple(lines))


def _design(document: Document) -> tuple[str, list[str], float]:
    types = set(document.publication_types)
    for known, name in _TYPES:
        if known not in types:
            continue
        lines = [f"publication type: {known}"]
        if name == "single-arm trial" and _RANDOM.search(document.text):
            return "randomised trial", [*lines, "text: randomised"], _SCORES["publication type"]
        if known == "Clinical Trial, Phase III" and not _RANDOM.search(document.text):
            return "single-arm trial", lines, _SCORES["text"]
        if name in ("review", "editorial", "case report"):
            title = _by_rules(document.title, _COMPILED_TITLE[:5])
            if title and name == "review":
                return title[0], [*lines, f"text: title says {title[1]!r}"], _SCORES["publication type"]
        return name, lines, _SCORES["publication type"]
    headings = set(document.mesh)
    for known, name in _HEADINGS:
        if known in headings and not (name in ("in vivo", "computational") and _CLINICAL_HINT.search(document.text)):
            return name, [f"mesh: {known}"], _SCORES["mesh"]
    found = _by_rules(document.title, _COMPILED_TITLE)
    if found:
        return found[0], [f"text: title says {found[1]!r}"], _SCORES["title"]
    lowered = document.text.lower()
    tried = tuple(r for r in _COMPILED_TEXT if any(stem in lowered for stem in _TEXT_STEMS[r[0]]))
    found = _by_rules(document.text, tried)
    if found:
        return found[0], [f"text: {found[1]!r}"], _SCORES["text"]
    return "other", [], 0.0


def _by_rules(text: str, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[str, str] | None:
    for name, rule in rules:
        match = rule.search(text)
        if match:
            return name, match[0].lower()
    return None


def _phase(document: Document) -> str:
    for name in document.publication_types:
        match = re.fullmatch(r"Clinical Trial, Phase (I{1,3}|IV)", name)
        if match:
            stated = _PHASE.search(document.text)
            if stated and stated[2]:
                break
            return _ROMAN[match[1]]
    match = _PHASE.search(document.title) or _PHASE.search(document.text)
    if match is None:
        return ""
    numbers = [_ROMAN.get(x.upper(), x) for x in match.groups() if x]
    return "/".join(dict.fromkeys(numbers))


def _sample_size(document: Document, design: str) -> int | None:
    """Patients of the study; nothing for syntheses, laboratory work and texts that state none."""
    if design in ("review", "guideline", "protocol", "editorial", "notice", "in vivo", "in vitro", "computational"):
        return None
    if design in ("meta-analysis", "systematic review"):
        return None
    if design == "case report":
        return 1
    if not _CLINICAL_HINT.search(document.text):
        return None
    for rule in _ENROLLED:
        numbers = [int(re.sub(r"\D", "", m[1])) for m in rule.finditer(document.text)]
        if numbers:
            return max(numbers)
    return None
