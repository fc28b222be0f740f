"""Outcome of a therapy: efficacy, or predictive where a marker defines the population (guide rules 1-6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from miner.assertion import negated
from miner.findings import Participant
from miner.relating.clauses import REGARDLESS, Clause, clauses, populations
from miner.relating.draft import Draft
from miner.relating.scene import Entity, Scene, genes_of, participants, variants_of
from miner.roles import COMPARED, Group

Outcome = Literal["better", "worse", "same"]

_MEASURE = (
    r"(?:survival|OS|PFS|DFS|EFS|RFS|TTP|ORR|DCR|QoL|HRQoL|quality of life|quality-of-life|response(?: rates?)?"
    r"|remission|"
    r"responses(?! for)|(?:disease|local|local-regional|locoregional|tumou?r|seizure|symptom|glycemic|asthma"
    r"|pain) control|"
    r"outcomes?|efficacy|benefits?|symptoms?|time to \w+|pathologic(?:al)? complete response|pCR|clinical improvement|"
    r"tumou?r (?:shrinkage|regression|response)|end ?point|regressions?|effectiveness)"
)
_HARM = (
    r"(?:mortality|death|recurrence|relapse|LRF|disease progression|progression|tumou?r (?:growth|burden|size"
    r"|volume|weight)|"
    r"hospitali[sz]ations?|exacerbations?|symptoms?|metastas[ie]s|risk of (?:death|recurrence|progression|relapse)|"
    r"disease activity|seizures?|HbA1c|viral load|pain|‹S\d+› growth|growth of (?:an? |the "
    r")?[^.;]{0,60}?(?:‹[SM]\d+›|tumou?rs?|metastas[ie]s))"
)
_GAP = r"(?:[ ,/()-]+(?!‹[DK]|not\b|no\b|than\b|versus\b|compared\b|but\b)[\w%/.‹›-]+){0,7}?[ ,/(-]+"
_BE = r"(?:is|was|are|were|be|been|being|remain(?:s|ed)|prove[ds]?(?: to be)?|appears? to be|as|highly|and)"
_BETTER = re.compile(
    rf"\b(?:improv(?:es?|ed|ing)|prolong(?:s|ed|ing)?|extend(?:s|ed)?|enhanc(?:es|ed)|increas(?:es|ed|ing)|longer"
    rf"|better|higher|"
    rf"greater|superior(?:ity)?|favou?rable|durable|robust|dramatic|marked|meaningful|excellent|substantial|impressive|"
    rf"rapid|objective|promising|complete|partial|significant|anti-?tumou?r){_GAP}{_MEASURE}\b"
    rf"|\b{_MEASURE}(?: (?!and\b)[\w()/,-]+){{0,6}}? (?:was|were|is|are|has been|have been) (?:significantly "
    rf"|markedly |also |"
    rf"consistently |much )*(?:longer|better|higher|greater|improved|prolonged|superior|increased|extended|enhanced)\b"
    rf"|\b(?:reduc(?:es|ed)|decreas(?:es|ed)|lower(?:s|ed)?|delay(?:s|ed|ing)?|prevent(?:s|ed)|inhibit(?:s|ed)?|"
    rf"suppress(?:es|ed)?|attenuat(?:es|ed)|ameliorat(?:es|ed)|alleviat(?:es|ed)|slow(?:s|ed)|(?:reduced|lower) "
    rf"risk of)"
    rf"{_GAP}{_HARM}\b"
    rf"|\b{_BE} (?:an? )?(?:[\w-]+ ){{0,3}}?(?:effective|active|efficacious)\b"
    rf"(?=[,.;)]|$| (?:and|or|but|in|for|at|against|than|with|when|as|on|after|therap\w+|treatments?|options?"
    rf"|agents?|drugs?|"
    rf"strateg\w+|regimens?|over|without|compared|among)\b)"
    rf"|\b(?:show(?:s|ed)|demonstrat(?:es|ed)|ha(?:s|d)|provid(?:es|ed)|offer(?:s|ed)|deriv(?:es|ed)|led to"
    rf"|resulted in|"
    rf"associated with){_GAP}(?:clinical )?(?:benefits?|efficacy|antitumou?r activity|survival advantage)\b"
    rf"|\bbenefit(?:s|ed)?(?= (?:\w+ ){{0,2}}from\b)|\bsuperior (?:efficacy|to\b|over\b)|\bsurvival (?:advantage"
    rf"|benefits?|improvement)\b"
    rf"|\bsuperiority\b(?= (?:of ‹D\d+›(?:[ -]\w+){{0,3}} )?over)|\brespond(?:s|ed)?(?= (?:\w+ ){{0,3}}(?:to"
    rf"|with)\b)|\b(?:patient's|case's) responses?\b"
    rf"|\b(?:promising|durable|clinical|intracranial|robust|meaningful)(?: and \w+)?(?: \w+)? activity\b"
    rf"|\befficacy\b(?= in the treatment)|\bwell controlled\b|\b(?:improved|marked|clinical|significant) "
    rf"improvements?\b(?= (?:in|of))"
    rf"|\bimprovements?\b(?= in)|\bapproved\b(?=[^.]{{0,160}}\bfor\b)|\beffectively (?:treat\w*|reduc\w*|manag\w*"
    rf"|control\w*)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    rf"\bassociated with (?:an? )?poor(?:er)? {_MEASURE}\b|\b(?:shorter|worse|inferior|poorer|decreas(?:es|ed)"
    rf"|reduced|lower|detrimental|shorten(?:s|ed)){_GAP}{_MEASURE}\b"
    rf"|\bdetrimental (?:to|for|effect)\b|\binferior to\b|\bless (?:effective|active|efficacious) than\b"
    rf"|\b{_MEASURE}(?: \w+){{0,5}}? (?:was|were|is|are) (?:significantly |markedly |also )*(?:shorter|worse"
    rf"|inferior|lower|poorer)\b"
    rf"|\bincreas(?:es|ed){_GAP}(?:mortality|risk of death|disease progression)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:similar|comparable|equivalent|non-?inferior\w*|did not differ|no (?:statistically )?(?:significant "
    r")?differences?|not (?:significantly |"
    r"statistically )*(?:different|superior|inferior)|as effective as|equally|equal|no (?:significant )?difference"
    r"|differ)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"\b(?:no|lack of|without(?: any| an?)?|little)(?: (?:significant|clinical|clinically|meaningful|objective"
    rf"|overall|additional|added|further|real|survival|"
    rf"evidence of|apparent|radiological|or|statistically|improvements? in|impact on|effect on|benefits? (?:in|of"
    rf"|on))){{0,5}} (?:{_MEASURE}|improvement|impact|effect)\b"
    r"|\bineffective\b|\bnot (?:\w+ ){0,2}(?:effective|active|efficacious|beneficial)\b|\bnot meet (?:its|the) primary"
    rf"|\b(?:did not|does not|do not|not|fail(?:s|ed) to|unable to)(?: \w+){{0,3}} (?:improve|prolong|extend"
    rf"|enhance|increase|benefit|respond|show|demonstrate|provide|reduce|"
    rf"prevent|inhibit|delay|result in|associated with|lead to|achieve|confer)\b{_GAP}(?:{_MEASURE}|{_HARM})\b"
    rf"|\b(?:did not|fail(?:s|ed) to) (?:benefit|respond)\b",
    re.IGNORECASE,
)
#: not an outcome of therapy: biology, plans, wishes, exposure, or the study's own words
_NOT_OUTCOME = re.compile(
    r"\b(?:(?<!failed )(?<!fails )(?<!unable )to improve|(?<!failed )(?<!fails )to increase|(?<!failed )(?<!fails "
    r")to (?:enhance|prolong|reduce|prevent|achieve)|in order to|sought|predict(?:s|ed|or|ors|ing|ive|ion|ions)?"
    r"|detect\w*|correlat\w+|controversial|prevention of|surface|evaluat(?:e|ion of)|"
    r"expression of|endpoints? (?:was|were|is)|end points? (?:was|were)|in (?:terms|search) of|factors?"
    r"|cost-effective\w*|"
    r"random(?:ly|i[sz]ed to)|assigned|resistan(?:t|ce) to|only (?:a |an )?(?:minority|few|small|subset|some)"
    r"|minority of|sensitivity to|safe and|criteria|defined as|immune "
    r"response|response to (?:DNA|stress|injury)|"
    r"stress response|dose-response|dose response|bioavailability|pharmacokinetic\w*|AUC|plasma concentration\w*"
    r"|non-?responders? and|"
    r"side effects?|adverse|vaccine response|questionnaire|need for|improvement of (?:the )?(?:method|assay))\b",
    re.IGNORECASE,
)


#: what follows an outcome that is not the one of the therapies named before ("no response to other drugs")
_OBJECT = re.compile(r"^ (?:to|with|from|for) ")
#: a partner that no vocabulary names: the group would be incomplete
_PARTNER_AFTER = re.compile(
    r"^(?:[- ]based)? ?(?:\+|/|plus\b|combined with\b|in combination with\b|together with\b|added "
    r"to\b) ?(?![^‹]{0,25}‹[DK])",
    re.IGNORECASE,
)
_PARTNER_BEFORE = re.compile(
    r"(?:\w\+|\bplus |\bcombined with |\bin combination with |\badded to |\w/|\w-plus-)$", re.IGNORECASE
)


def _partner_missing(scene: Scene, group: Group) -> bool:
    after, before = scene.masked[group.end :], scene.masked[: group.start]
    if group.addition and len(group.entities) == 1 and re.match(r"(?: \w+)? to ", after):
        return not re.match(r"(?: \w+)? to (?:\w+ )?(?:the (?:regimen|standard)|this)", after)
    return bool(_PARTNER_AFTER.match(after) or _PARTNER_BEFORE.search(before))


@dataclass(frozen=True, slots=True)
class Predicate:
    """An outcome word with its place in the masked text."""

    outcome: Outcome
    start: int
    end: int
    #: the words deny a benefit
    denied: bool


def relate_efficacy(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Benefit and no benefit, with or without a marker."""
    if not any(g.role == "candidate" for g in groups):
        return
    before: list[Group] = []
    for clause in clauses(scene):
        yield from _numbers(scene, clause, groups)
        here = [g for g in groups if g.start >= clause.start and g.end <= clause.end]
        for predicate in _predicates(scene, clause):
            subjects = _subjects(scene, predicate, here)
            if (
                not subjects
                and not [g for g in here if g.role == "candidate"]
                and not _OBJECT.match(scene.masked[predicate.end :])
            ):
                subjects = before
            subjects = [g for g in subjects if not _partner_missing(scene, g)]
            if subjects:
                yield from _drafts(
                    scene, clause, predicate, subjects, [g for g in groups if g.role != "candidate"], here
                )
                before = subjects
        before = before or [g for g in here if g.role == "candidate"]


_NUMBERS = re.compile(
    rf"\b{_MEASURE}\b[^;‹]{{0,60}}?(?P<first>\d+(?:\.\d+)?)(?: ?(?P<unit>months?|weeks?|years?"
    rf"|%))[^;]*?(?P<drug>‹D\d+›)[^;]*?\b(?:compared (?:with|to)|versus|vs\.?|than) "
    rf"(?:only )?(?P<second>\d+(?:\.\d+)?)(?: ?(?:months?|weeks?|years?|%))?[^;]*?(?P<other>‹[DK]\d+›)",
    re.IGNORECASE,
)
#: P below .05, the conventional threshold, as the sentence prints it
_SIGNIFICANT = re.compile(r"\b[Pp] ?(?:<|=|≤) ?0?\.0(?:[0-4]\d*|5\b(?=0*\b))")


def _numbers(scene: Scene, clause: Clause, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Two arms with their numbers and a significant P, where no word says which is better."""
    match = _NUMBERS.search(scene.masked, clause.start, clause.end)
    if match is None or not _SIGNIFICANT.search(scene.masked) or _BETTER.search(match[0]) or _WORSE.search(match[0]):
        return
    if float(match["first"]) <= float(match["second"]):
        return
    arm = next((g for g in groups if g.start <= match.start("drug") < g.end), None)
    other = next((g for g in groups if g.start <= match.start("other") < g.end), None)
    if arm is None or other is None or arm.role != "candidate" or arm.ambiguous or _partner_missing(scene, arm):
        return
    drugs = participants(list(arm.entities))
    yield from _with_markers(
        scene,
        "benefit",
        drugs,
        participants(list(other.entities)),
        (),
        populations(scene, 0, len(scene.masked)),
        clause.end,
    )


def _predicates(scene: Scene, clause: Clause) -> list[Predicate]:
    text = scene.masked[clause.start : clause.end]
    if _NOT_OUTCOME.search(text):
        return []
    found: list[Predicate] = []
    same = _SAME.search(text)
    for match in _NO.finditer(text):
        found.append(
            Predicate("same" if same else "better", clause.start + match.start(), clause.start + match.end(), True)
        )
    for outcome, pattern in (("worse", _WORSE), ("better", _BETTER)):
        for match in pattern.finditer(text):
            start, end = clause.start + match.start(), clause.start + match.end()
            if any(p.start < end and start < p.end for p in found) or re.search(r"\bno\b|\bnot\b", match[0]):
                continue
            if negated(text[: match.start()]):
                found.append(Predicate("same" if outcome == "worse" else "better", start, end, True))
            else:
                found.append(Predicate("same" if same else outcome, start, end, False))  # type: ignore[arg-type]
    positive = [p for p in found if not p.denied][:1]
    denied = [p for p in found if p.denied][:1]
    return sorted(positive + denied, key=lambda p: p.start)


def _subjects(scene: Scene, predicate: Predicate, here: list[Group]) -> list[Group]:
    """The therapies the outcome belongs to: the chain right before it, else the one linked right after it."""
    candidates = [g for g in here if g.role == "candidate"]
    left = [g for g in candidates if g.end <= predicate.start]
    left = [g for g in left if not _FAR.search(scene.masked[g.end : predicate.start]) or g.chain != left[-1].chain]
    if left and _distant(scene, left[-1], predicate):
        left = []
    if left:
        chains = {g.chain for g in left}
        if len(chains) > 1 and not _listed(scene, left):
            return []
        return left
    right = [g for g in candidates if g.start >= predicate.end - 1]
    if predicate.denied and [g for g in here if g.end <= predicate.start]:
        return []
    for group in right[:1]:
        link = scene.masked[predicate.end : group.start]
        if link == " " and scene.masked[: predicate.end].endswith("approved"):
            return [g for g in right if g.chain == group.chain]
        if re.search(
            r"(?:\b(?:with|by|from|to|of|in|for|on|than|using|receiving|after|under|via|were|was|among|assigned"
            r"|treated)\b|\()(?:[ ,]+[\w.%()/-]+){0,6}[ ,(]*$",
            link,
        ) and not re.search(r"[;:]", link):
            return [g for g in right if g.chain == group.chain]
    return []


#: between a therapy and an outcome, these begin something else
_FAR = re.compile(
    r"\b(?:and (?:there|these|this|that|it|a|an|improv\w+)|there (?:is|are|was)|that|because|since|suggest\w*"
    r"|cause[sd]?|\w+ed by|"
    r"correlat\w+|whose|used|directed|involves?|in order|in which|(?<!able )to [a-z]+)\b|;",
    re.IGNORECASE,
)
#: words between a therapy and its outcome beyond which they rarely belong together
_REACH = 16


def _distant(scene: Scene, group: Group, predicate: Predicate) -> bool:
    between = re.sub(r"\([^()]*\)", "", scene.masked[group.end : predicate.start])
    return bool(_FAR.search(between)) or len(between.split()) > _REACH


def _listed(scene: Scene, groups: list[Group]) -> bool:
    gaps = [scene.masked[a.end : b.start] for a, b in pairwise(groups)]
    return all(re.fullmatch(r"(?:[- ]\w+){0,3},? ?(?:and|or) ?(?:[\w-]+ ){0,3}", gap) for gap in gaps)


def _drafts(
    scene: Scene, clause: Clause, predicate: Predicate, subjects: list[Group], others: list[Group], here: list[Group]
) -> Iterator[Draft]:
    compared = [g for g in others if g.role == "comparator"]
    prior = participants([e for g in others if g.role == "prior" for e in g.entities])
    relation, subjects, compared = _direction(scene, clause, predicate, subjects, compared, here)
    if relation == "":
        return
    comparators = participants([e for g in compared for e in g.entities])
    markers = populations(scene, 0, len(scene.masked))
    loose = list(scene.tokens("G", clause.start, clause.end))
    if not markers and relation == "benefit" and _marker_like(scene, loose):
        return
    for group in subjects:
        if group.ambiguous and not re.search(
            r"\bboth\b|\beach\b|\btwo (?:drugs|agents)\b|\brespectively\b|\bare\b", scene.masked
        ):
            continue
        drugs = participants([e for e in group.entities if e.letter == "D"])
        if drugs and len(drugs) <= 5:
            yield from _with_markers(scene, relation, drugs, comparators, prior, markers, clause.end)
    if relation == "benefit":
        yield from _regardless(scene, subjects, comparators, prior)


def _direction(
    scene: Scene, clause: Clause, predicate: Predicate, subjects: list[Group], compared: list[Group], here: list[Group]
) -> tuple[str, list[Group], list[Group]]:
    """Relation, winners and losers; relation "" where the guide asks for no finding."""
    cue = COMPARED.search(scene.masked, clause.start)
    control = any(g.control for g in compared)
    earlier = frozenset(k for g in here if g.role == "prior" for k in g.keys)
    backbone = any(c.keys and c.keys <= s.keys | earlier for c in compared for s in subjects)
    backbone = backbone or any(s.addition for s in subjects)
    if predicate.outcome == "same":
        return ("no_benefit", subjects, compared) if control or backbone else ("", [], [])
    if predicate.outcome == "worse" and not predicate.denied:
        if control or backbone:
            return "no_benefit", subjects, compared
        winners = [g for g in compared if g in here and not g.control]
        return ("benefit", winners, subjects) if winners and cue else ("", [], [])
    if predicate.denied:
        if cue and not (control or backbone):
            return "", [], []
        return "no_benefit", subjects, compared
    return "benefit", subjects, compared


def _marker_like(scene: Scene, tokens: list[re.Match[str]]) -> bool:
    """Whether a bare gene stands where a marker would ("expression of G", "low G levels"): too unsure to read."""
    aside = REGARDLESS.search(scene.masked)
    for token in tokens:
        if aside and aside.start() <= token.start() < aside.end():
            continue
        after, before = scene.masked[token.end() :], scene.masked[: token.start()]
        if re.match(
            r" (?:was|were|is) (?:over-?)?express|[ -](?:levels?|status|high|low|negative|expressing|express"
            r"|activity|axis|pathway|signal)",
            after,
        ) or re.search(
            r"\b(?:low|high|elevated|reduced|loss of|lower|higher|silencing|knockdown|inhibition|copies|number) "
            r"(?:of )?$",
            before,
        ):
            return True
    return False


def _with_markers(
    scene: Scene,
    relation: str,
    drugs: tuple[Participant, ...],
    comparators: tuple[Participant, ...],
    prior: tuple[Participant, ...],
    markers: list[list[Entity]],
    until: int,
) -> Iterator[Draft]:
    if not markers:
        yield Draft("efficacy", relation, "outcome", drugs=drugs, comparators=comparators, prior=prior, until=until)
    for marker in markers:
        genes = _merged([genes_of(scene, e) for e in marker])
        variants = _merged([variants_of(e) for e in marker])
        if relation == "benefit":
            yield Draft(
                "predictive",
                "sensitivity",
                "outcome-in-marker",
                drugs=drugs,
                genes=genes,
                variants=variants,
                comparators=comparators,
                prior=prior,
            )
        else:
            yield Draft(
                "efficacy",
                relation,
                "outcome-in-marker",
                drugs=drugs,
                genes=genes,
                variants=variants,
                comparators=comparators,
                prior=prior,
            )


def _regardless(
    scene: Scene, subjects: list[Group], comparators: tuple[Participant, ...], prior: tuple[Participant, ...]
) -> Iterator[Draft]:
    found = REGARDLESS.search(scene.masked)
    if found is None:
        return
    for token in scene.tokens("MG", found.start(1), found.end(1)):
        entity = scene.entity(token[0])
        for group in subjects:
            drugs = participants([e for e in group.entities if e.letter == "D"])
            genes, variants = genes_of(scene, entity), variants_of(entity)
            yield Draft(
                "predictive",
                "no_effect",
                "regardless",
                drugs=drugs,
                genes=genes,
                variants=variants,
                comparators=comparators,
                prior=prior,
            )


def _merged(parts: list[tuple[Participant, ...]]) -> tuple[Participant, ...]:
    found = {p.key: p for part in parts for p in part}
    return tuple(found[key] for key in sorted(found))
