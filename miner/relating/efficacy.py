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
from miner.relating.outcomes import BETTER, MEASURE, NO_BETTER, NOT_OUTCOME, SAME, WORSE
from miner.relating.scene import Entity, Scene, genes_of, participants, variants_of
from miner.roles import COMPARED, Group

Outcome = Literal["better", "worse", "same"]

#: words before an outcome that leave the subject of the clause before in place
_INHERITS = re.compile(
    r"(?:\W*\b(?:and|but|also|it|they|with|without|did|does|do|not|no|was|were|is|are|has|have|failed|to|further"
    r"|resulted|led|"
    r"provided|showed|a|an|all|in|significantly|only)\b)*\W*",
    re.IGNORECASE,
)
#: what follows an outcome that is not the one of the therapies named before ("no response to other drugs")
_OBJECT = re.compile(r"^ (?:to|with|from|for) ")
#: a partner that no vocabulary names: the group would be incomplete
_PARTNER_AFTER = re.compile(
    r"^(?:[- ]based)? ?(?:\+|/|plus\b|combined with\b|in combination with\b|together with\b|added "
    r"to\b) ?(?![^‹]{0,25}‹[DK])|^ and (?:[\w-]+ ){0,2}(?:(?:resection|surgery|transplantation|irradiation)\b|‹D)",
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
                and _INHERITS.fullmatch(scene.masked[clause.start : predicate.start])
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
    rf"\b{MEASURE}\b[^;‹]{{0,60}}?(?P<first>\d+(?:\.\d+)?)(?: ?(?P<unit>months?|weeks?|years?"
    rf"|%))[^;]*?(?P<drug>‹D\d+›)[^;]*?\b(?:compared (?:with|to)|versus|vs\.?|than) "
    rf"(?:only )?(?P<second>\d+(?:\.\d+)?)(?: ?(?:months?|weeks?|years?|%))?[^;]*?(?P<other>‹[DK]\d+›)",
    re.IGNORECASE,
)
#: P below .05, the conventional threshold, as the sentence prints it
_SIGNIFICANT = re.compile(r"\b[Pp] ?(?:<|=|≤) ?0?\.0(?:[0-4]\d*|5\b(?=0*\b))")


def _numbers(scene: Scene, clause: Clause, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Two arms with their numbers and a significant P, where no word says which is better."""
    match = _NUMBERS.search(scene.masked, clause.start, clause.end)
    if match is None or not _SIGNIFICANT.search(scene.masked) or BETTER.search(match[0]) or WORSE.search(match[0]):
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
    if NOT_OUTCOME.search(text):
        return []
    found: list[Predicate] = []
    same = SAME.search(text)
    for match in NO_BETTER.finditer(text):
        found.append(
            Predicate("same" if same else "better", clause.start + match.start(), clause.start + match.end(), True)
        )
    for outcome, pattern in (("worse", WORSE), ("better", BETTER)):
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
