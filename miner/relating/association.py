"""Genes and variants against outcome or disease: prognostic, diagnostic, predisposing (guide rules 10 and 15)."""

import re
from collections.abc import Iterator

from miner.findings import FindingKind, Participant
from miner.relating.clauses import clauses
from miner.relating.draft import Draft
from miner.relating.markers import NEW_SUBJECT, stands_for_itself
from miner.relating.predictive import readable
from miner.relating.predisposition import TREATED
from miner.relating.prognosis import AMONG, NOT_KEPT
from miner.relating.scene import Entity, Scene, genes_of, variants_of
from miner.roles import Group
from miner.wording import Wording

_MARK = r"(?P<mark>‹[MG]\d+›)"
_SKIP = r"(?:[ ,/()-]+(?!‹[DKMG]|[Rr]isk of)[\w%.<>=‹›:*'-]+){0,14}?[ ,()-]+"
_LINK = (
    r"(?:associat(?:ed|ion|ions|es) (?:\w+ ){0,2}?with|correlat(?:ed|es|ion) (?:\w+ ){0,2}?with|linked to|related "
    r"to|predict(?:s|ed|ive of|or of|ors of|ive for)?|indicat(?:es|ed|ive of)|"
    r"confer(?:s|red|ring)?|increas(?:es|ed|ing)|decreas(?:es|ed|ing)|reduc(?:es|ed|ing)|contribut(?:es?|ed) to"
    r"|had|have|has|show(?:s|ed)?|exhibited|demonstrated|marker of|marker for|factors? (?:for|of)|conferred|at|is"
    r"|are|was|were)"
)
_END = (
    r"(?:prognos[ie]s|survival|OS|PFS|DFS|RFS|outcomes?|clinical outcomes?|mortality|survival times?"
    r"|recurrence-free survival)"
)
_WORSE = re.compile(
    rf"{_MARK}{_SKIP}{_LINK}(?: [\w-]+){{0,4}}? (?:poor|poorer|worse|shorter|shortened|unfavou?rable|adverse"
    rf"|inferior|reduced|decreased|lower|dismal)(?: [\w-]+){{0,4}}? (?!mortality){_END}\b"
    rf"|{_MARK.replace('mark', 'mark2')}{_SKIP}{_LINK}(?: [\w-]+){{0,3}}? (?:increased|higher|elevated) (?:risk of "
    rf"(?:death|recurrence|mortality|relapse|progression)|mortality)",
    re.IGNORECASE,
)
_BETTER = re.compile(
    rf"{_MARK}{_SKIP}{_LINK}(?: [\w-]+){{0,4}}? (?:better|longer|favou?rable|improved|good|prolonged|superior"
    rf"|higher|increased)(?: [\w-]+){{0,4}}? {_END}\b(?! time to)",
    re.IGNORECASE,
)
_NO_OUTCOME = re.compile(
    rf"{_MARK}{_SKIP}(?:no (?:\w+ )?(?:impact|effect|influence|association|correlation|prognostic)|not (?:\w+ "
    rf")*?(?:associated|correlated|linked|prognostic|related)|did not (?:affect|influence|predict|impact|correlate "
    rf"with))"
    rf"(?: [\w-]+){{0,5}}? {_END}\b",
    re.IGNORECASE,
)
_SITE = (
    r"(?:an? |the |of |genetic |developing |development of |having |early-onset |sporadic |familial |overall "
    r"|hereditary |susceptibility to )*"
)
_RISK = (
    (
        "no_effect",
        re.compile(
            rf"{_MARK}{_SKIP}(?:not (?:\w+ )*?(?:associated|linked|correlated|related) (?:with|to)|no (?:\w+ "
            rf")*?(?:association|relationship|correlation|effect) (?:with|between|on))(?: [\w-]+){{0,5}}? (?:risk "
            rf"(?:of|for)|susceptibility to|predisposition to) {_SITE}(?P<disease>‹S\d+›)",
            re.IGNORECASE,
        ),
    ),
    (
        "decreased_risk",
        re.compile(
            rf"{_MARK}{_SKIP}{_LINK}(?: [\w-]+){{0,3}}? ?(?:decreased|reduced|lower|decreases|reduces|lowered"
            rf"|decreasing) (?:the )?(?:risk|susceptibility|odds) (?:of|for|to|in) {_SITE}(?P<disease>‹S\d+›)",
            re.IGNORECASE,
        ),
    ),
    (
        "increased_risk",
        re.compile(
            rf"{_MARK}{_SKIP}(?:{_LINK}(?: [\w-]+){{0,3}}? )?(?:increased|higher|elevated|increases|greater|high"
            rf"|increasing) (?:the )?(?:risk|susceptibility|odds|predisposition) (?:of|for"
            rf"|to) {_SITE}(?P<disease>‹S\d+›)"
            rf"|{_MARK.replace('mark', 'mark2')}{_SKIP}(?:susceptibility (?:gene|locus|variant|allele)s?(?: (?:of"
            rf"|for|to|in))|(?:is|are|as) (?:an? )?(?:\w+ )?risk (?:factors?|alleles?|genes?|variants?) (?:for|of)"
            rf"|predispos(?:es|ed|ing)(?: \w+)? to) {_SITE}(?P<disease2>‹S\d+›)",
            re.IGNORECASE,
        ),
    ),
)
_DIAGNOSTIC = Wording(
    rf"{_MARK}{_SKIP}(?:(?:(?:potential|promising|novel|useful|non-?invasive|good|significant|high|valuable"
    rf"|effective|reliable|early|sensitive|specific|a|an|and|prognostic) )*"
    rf"diagnostic (?:and prognostic )?(?:bio-?)?(?:value|markers?|biomarkers?|accuracy|performance|potential"
    rf"|efficacy)|biomarkers? for (?:the )?(?:early )?(?:diagnosis|detection) of|(?:(?:distinguish(?:es|ed)?"
    rf"|discriminat(?:es|ed)|differentiat(?:es"
    rf"|ed)) (?:\w+ )?(?:patients with )?(?P<disease>‹S\d+›)[^;]{{0,30}} (?:from|and) ))"
)
#: every pattern here holds one of these
_GATE = Wording(
    r"[Pp]rogno|[Ss]urviv|OS\b|PFS|DFS|RFS|[Oo]utcome|[Mm]ortal|[Rr]isk|[Ss]uscep|[Oo]dds|[Pp]redispo|[Dd]iagno"
    r"|[Dd]etecti|[Dd]isti|[Dd]iscri|[Dd]iffer",
    0,
)
_DENY = re.compile(r"\b(?:no|not|neither|nor|without|lack)\b", re.IGNORECASE)
#: words that turn the direction which the pattern read
_CONTRARY = {
    "worse_outcome": re.compile(
        r"\b(?:better|longer|favou?rable|improved|prolonged|superior|negatively|inverse\w*|protective|(?:lower|reduced"
        r"|decreased)(?: [\w-]+){0,2} (?:risk|mortality|hazard)|reduced? mortality)\b",
        re.IGNORECASE,
    ),
    "better_outcome": re.compile(
        r"\b(?:poor|poorer|worse|bad|shorter|unfavou?rable|adverse|inferior|dismal|negatively|inverse\w*|mortality"
        r"|(?:markers?|risk) of)\b",
        re.IGNORECASE,
    ),
}
#: the state of a marker that the sentence lowers before it speaks of outcome; a bare gene would stand for the reverse
_LOWERED = re.compile(
    r"\b(?:down-?regulat\w+|decreas\w+|low|lower|loss|silenc\w+|reduced|reduction|hyper-?methylat\w+|absent|absence"
    r"|deplet\w+|deficien\w+|inhibit\w+|relationship|which|these|those|candidates?|ratio)\b",
    re.IGNORECASE,
)
#: the patients were all on a therapy: what is read as a risk is how the marker bears on that therapy
_ON_THERAPY = re.compile(
    r"\b(?:undergoing|treated with|receiving|taking|users? of|on) (?:\w+ ){0,2}‹D\d+›|‹D\d+›[- ](?:treated|users?)",
    re.IGNORECASE,
)
#: the marker is the other arm
_OTHER_ARM = re.compile(
    r"\b(?:compared (?:to|with)|in comparison (?:to|with)|than|versus|vs\.?|relative to|unlike)(?: [\w-]+){0,5} $",
    re.IGNORECASE,
)
#: a genotype is spoken of: a gene without its variant would say too much
_GENOTYPED = re.compile(
    r"\b(?:alleles?|genotypes?|polymorphisms?|variants?|SNPs?|haplotypes?|mutant)\b|‹M", re.IGNORECASE
)
_PANEL = re.compile(r"\b(?:combin\w+|panel|signature|together with|candidates?)\b", re.IGNORECASE)


def relate_associations(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Prognosis, risk and diagnosis; outcomes in a clause with a therapy are left to the predictive patterns."""
    if "‹M" not in scene.masked and "‹G" not in scene.masked:
        return
    if not _GATE.search(scene.masked):
        return
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        therapies = [g for g in groups if g.start >= clause.start and g.end <= clause.end and g.role != "label"]
        yield from _risks(scene, text, clause.start)
        if therapies:
            continue
        yield from _outcomes(scene, text, clause.start)
        for match in _DIAGNOSTIC.finditer(text):
            if _PANEL.search(text[: match.end() + 25]):
                continue
            relation = "negative" if _DENY.search(match[0]) else "positive"
            yield from _drafts(scene, match, clause.start, "diagnostic", relation)


def _outcomes(scene: Scene, text: str, offset: int) -> Iterator[Draft]:
    none = [m for m in _NO_OUTCOME.finditer(text) if not re.search(r"\bnot (?:only|just)\b|\bindependent", m[0])]
    unsure = re.search(r"\bno independent\b", text) is not None
    for match in none:
        yield from _drafts(scene, match, offset, "prognostic", "no_effect")
    for pattern, relation in ((_WORSE, "worse_outcome"), (_BETTER, "better_outcome")):
        for match in pattern.finditer(text):
            said = re.sub(r"\bnot only\b", "", match[0])
            if none or unsure or _DENY.search(said) or " or worse" in said or _CONTRARY[relation].search(said):
                continue
            yield from _drafts(scene, match, offset, "prognostic", relation)


def _risks(scene: Scene, text: str, offset: int) -> Iterator[Draft]:
    for relation, pattern in _RISK:
        for match in pattern.finditer(text):
            if relation != "no_effect" and _DENY.search(match[0]):
                continue
            if TREATED.match(text[match.end() :]):
                yield from _responses(scene, match, offset)
                continue
            if _ON_THERAPY.search(scene.masked):
                continue
            yield from _drafts(scene, match, offset, "predisposing", relation)
            if relation == "no_effect":
                return


def _responses(scene: Scene, match: re.Match[str], offset: int) -> Iterator[Draft]:
    """The marker's adverse response, and that of the marker listed before it."""
    for draft in _drafts(scene, match, offset, "predisposing", "increased_risk"):
        yield Draft(
            "predictive",
            "adverse_response",
            "genotype-event",
            genes=draft.genes,
            variants=draft.variants,
            event=draft.disease,
        )


def _drafts(scene: Scene, match: re.Match[str], offset: int, kind: FindingKind, relation: str) -> Iterator[Draft]:
    names = match.groupdict()
    place = "mark" if names.get("mark") else "mark2"
    at = offset + match.start(place)
    token = next(t for t in scene.tokens("MG") if t.start() == at)
    entity: Entity = scene.entity(token[0])
    if "/" in (scene.masked[token.start() - 1 : token.start()], scene.masked[token.end() : token.end() + 1]):
        return
    if not readable(scene, token, entity) or re.match(
        r"[- ](?:inhibitor|antibod|agonist|antagonist|therapy|level of evidence)", scene.masked[token.end() :]
    ):
        return
    behind = match[0][match.end(place) - match.start() :]
    before = match.string[: match.start(place)]
    if kind == "prognostic" and (AMONG.search(before) or not stands_for_itself(scene, offset, token)):
        return
    if NEW_SUBJECT.match(behind) or _OTHER_ARM.search(before) or NOT_KEPT.search(scene.masked[offset + match.end() :]):
        return
    if kind == "predisposing" and not variants_of(entity) and _GENOTYPED.search(before + behind):
        return
    if not variants_of(entity) and _LOWERED.search(_before_link(behind)):
        return
    site = names.get("disease") or names.get("disease2")
    found = scene.entity(site).first if site else None
    disease = Participant(found.concept_id, found.name or found.text) if found else None
    genes, variants = genes_of(scene, entity), variants_of(entity)
    if not genes and not variants:
        return
    yield Draft(
        kind,
        relation,
        f"{kind}-{relation}",
        genes=genes,
        variants=variants,
        disease=disease,
        scope=(offset, offset + len(match.string)),
    )


def _before_link(behind: str) -> str:
    """The words between a marker and the verb that ties it to what follows."""
    link = re.search(rf" {_LINK}\b", behind, re.IGNORECASE)
    return behind[: link.start()] if link else behind
