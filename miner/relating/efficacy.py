"""Outcome of a therapy: efficacy, or predictive where a marker defines the population (guide rules 1-6)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from miner.assertion import OWN
from miner.findings import Certainty, Subject
from miner.relating.clauses import REGARDLESS, Clause, clauses
from miner.relating.draft import Draft
from miner.relating.effects import HARM
from miner.relating.factors import relate_factors
from miner.relating.indications import relate_indications
from miner.relating.joint import relate_joint
from miner.relating.outcomes import (
    ANIMALS,
    CELLS,
    CONCEDED,
    GROUPS,
    HARD,
    KNOWN,
    PEOPLE,
)
from miner.relating.predicates import find_predicates
from miner.relating.rates import chance, relate_high_rates, relate_rates
from miner.relating.scene import Scene, participants
from miner.relating.subjects import Predicate, aside, find_subjects, incomplete, potentiates
from miner.relating.treated import Arms, outcome_drafts, regardless_drafts, selected
from miner.roles import COMPARED, Group

#: words before an outcome that leave the subject of the clause before in place
_INHERITS = re.compile(
    r"(?:\W*\b(?:and|but|also|it|they|with|without|did|does|do|not|no|was|were|is|are|has|have|failed|to|further"
    r"|resulted|led|"
    r"provided|showed|a|an|all|in|significantly|only)\b)*\W*",
    re.IGNORECASE,
)
#: what follows an outcome that is not the one of the therapies named before ("no response to other drugs")
_OBJECT = re.compile(r"^ (?:to|with|from|for) ")
#: one patient was given all of a list together
_ONE = re.compile(
    r"\b(?:he|she|his|her|(?:the|this|our|one) (?:patient|case|child|boy|girl|woman|man))\b", re.IGNORECASE
)
#: patients had the response: what stands behind it is what they were given
_HAD = re.compile(
    r"\b(?:had|have|has|showed|achieved|experienced|demonstrated|exhibited)(?: (?!no\b)\w+){0,2} $", re.IGNORECASE
)
#: how the therapy works, not whom it was given to
_MECHANISM = re.compile(
    r"\b(?:by|via|through|thereby|involving|targeting|mediated by|dependent on)\b[^;.]*$", re.IGNORECASE
)
#: "(100% vs 62%)": two numbers are compared, no therapies
_OF_NUMBERS = re.compile(r" \d")
#: an arm without the therapy that no name stands for
_UNTREATED = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:controls?\b(?! of)|untreated|non-?treated|no[nt][- ]treat\w+|non-?users?|vehicle"
    r"|saline|sham|baseline"
    r"|those (?:not|without)|(?:patients|those) who did not|no (?:use|therapy))",
    re.IGNORECASE,
)
#: classes of therapies given together
_MADE_OF = {"TGC:CHEMORADIOTHERAPY": ("TGC:CHEMOTHERAPY", "TGC:RADIOTHERAPY")}
#: a remark behind an outcome
_TRAILING = re.compile(
    r"; |,? (?:potentially|possibly|thereby|thus|hence) \w+ing\b|, (?:suggest|indicat|imply|offer|provid|mak"
    r"|support|highlight)\w*ing\b"
    r"|,? (?:and|which|that) (?:\w+ )?(?:may|might|could|should)\b|, as well as (?:an? )?potential\b|, possibly\b",
    re.IGNORECASE,
)
#: a sentence that says what a drug is, and then in the present tense what it does
_DEFINED = re.compile(r"^‹D\d+›,? (?:an?|the|which is) [^,]{3,120}, ")
#: the first sentences of an abstract of so many tell what is known; so many words make a study one of animals
_EARLY, _LONG, _OFTEN = 3, 6, 2
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|did|showed|developed|led|resulted|associated)\b", re.IGNORECASE)


_READERS = (relate_indications, relate_joint, relate_rates, relate_high_rates, relate_factors)


def relate_efficacy(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Benefit and no benefit, with or without a marker."""
    if not any(g.role in ("candidate", "label") for g in groups):
        return
    for draft in chain.from_iterable(read(scene, groups) for read in _READERS):
        yield replace(draft, subject=draft.subject or _whom(scene))
    yield from _outcomes(scene, groups)


def _outcomes(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """What a word for an outcome says of the therapies of its clause."""
    found = [(clause, find_predicates(scene, clause)) for clause in clauses(scene)]
    if GROUPS.search(scene.masked) or _mixed([p for _, predicates in found for p in predicates]):
        return
    others = [g for g in groups if g.role != "candidate"]
    before: list[Group] = []
    for clause, predicates in found:
        here = [g for g in groups if g.start >= clause.start and g.end <= clause.end]
        for predicate in predicates:
            if potentiates(scene, predicate):
                continue
            subjects = find_subjects(scene, clause.start, predicate, here)
            if not subjects and _inherits(scene, clause, predicate, here):
                subjects = before
            subjects = [g for g in subjects if not aside(scene, g, predicate)]
            since = predicate.end if _HAD.search(scene.masked[: predicate.start]) else 0
            sure = [g for g in subjects if not incomplete(scene, g, since)]
            gate = _outcome_gate(scene, clause, predicate, sure)
            known, whom = _known(scene, predicate), _whom(scene)
            for draft in _drafts(scene, clause, predicate, sure or subjects, others, here):
                yield replace(
                    draft,
                    since=clause.start,
                    certainty=known,
                    subject=whom,
                    scope=_scope(scene, clause, predicate),
                    gate=gate,
                )
            before = sure if sure and not gate else before
        before = before or [g for g in here if g.role == "candidate" and _opens(scene, clause, g)]


#: a difference that the next clause takes back
_BY_CHANCE = re.compile(
    r",? (?:but|although|though|however,?) (?:this|these|it|the \w+|\w+)? ?(?:\w+ )?(?:(?:was|were|is|did)(?: not"
    r"|n't)|failed to)"
    r" (?:\w+ ){0,2}(?:significan\w+)\b",
    re.IGNORECASE,
)


def _outcome_gate(scene: Scene, clause: Clause, predicate: Predicate, sure: list[Group]) -> str:
    if not sure:
        return "therapy not sure"
    said, later = scene.masked[predicate.start : clause.end], scene.masked[clause.end :]
    if not predicate.denied and (chance(said) or _BY_CHANCE.match(later)):
        return "not significant"
    return "" if _placed(scene, predicate) else "no disease"


def _mixed(predicates: list[Predicate]) -> bool:
    """Whether the sentence calls one therapy better here and worse there: who is meant is not read surely."""
    return {"better", "worse"} <= {p.outcome for p in predicates if not p.denied}


def _scope(scene: Scene, clause: Clause, predicate: Predicate) -> tuple[int, int]:
    """The stretch whose doubt is doubt of the outcome: the clause up to a remark that trails behind it."""
    trailing = _TRAILING.search(scene.masked, predicate.end, clause.end)
    return clause.start, trailing.start() if trailing else clause.end


def _known(scene: Scene, predicate: Predicate) -> Certainty | None:
    """Background where the outcome is conceded in the present tense or told as what others found."""
    if OWN.search(scene.masked):
        return None
    said = scene.masked[max(0, predicate.start - 12) : predicate.end]
    present = re.search(
        r"\b(?:is|are|shows|(?<!not )show|has|have|improves?|provides?|remains?|obtain|derive|achieve|responds|induces"
        r"|reduces|inhibits)\b",
        said,
    )
    if present and (_early(scene) or _DEFINED.match(scene.masked)):
        return "background"
    conceded = CONCEDED.search(scene.masked) and "," in scene.masked[predicate.end :]
    if conceded and present:
        return "background"
    return "background" if KNOWN.search(scene.masked) else None


def _early(scene: Scene) -> bool:
    """Whether the sentence opens an unlabelled abstract of some length: what is said in general there is known."""
    sentences = scene.around.body
    return len(sentences) >= _LONG and not scene.sentence.label and scene.sentence in sentences[:_EARLY]


def _whom(scene: Scene) -> Subject | None:
    """Animals or cells where neither sentence nor title names people and the abstract keeps to the former."""
    around = scene.around
    if PEOPLE.search(scene.masked) or PEOPLE.search(around.document.title):
        return None
    if around.count(ANIMALS) >= _OFTEN:
        return "animal"
    if around.count(CELLS) >= _OFTEN and not around.holds(PEOPLE):
        return "cell_line"
    return None


def _inherits(scene: Scene, clause: Clause, predicate: Predicate, here: list[Group]) -> bool:
    """Whether the outcome goes on about the subject of the clause before."""
    return bool(
        not [g for g in here if g.role == "candidate"]
        and _INHERITS.fullmatch(scene.masked[clause.start : predicate.start])
        and not _OBJECT.match(scene.masked[predicate.end :])
    )


def _opens(scene: Scene, clause: Clause, group: Group) -> bool:
    """Whether the group stands where the subject of its clause does: no verb comes before it."""
    return not _VERB.search(scene.masked[clause.start : group.start])


def _placed(scene: Scene, predicate: Predicate) -> bool:
    """An outcome needs a disease in the sentence or the title; only hard endpoints stand without one."""
    around = scene.around
    said = scene.masked[predicate.start : predicate.end]
    if around.titled_disease or scene.tokens("SM") or re.search(r"\bpatients with\b", scene.masked):
        return True
    return bool(HARD.search(said) and (around.holds(PEOPLE) or not around.holds(CELLS)))


def _drafts(
    scene: Scene, clause: Clause, predicate: Predicate, subjects: list[Group], others: list[Group], here: list[Group]
) -> Iterator[Draft]:
    compared = [g for g in others if g.role == "comparator"]
    prior = participants([e for g in others if g.role == "prior" for e in g.entities])
    relation, subjects, compared = _direction(scene, clause, predicate, subjects, compared, here)
    if relation == "":
        return
    arms = Arms((), participants([e for g in compared for e in g.entities]), prior)
    markers = [] if _of_everyone(scene, clause, predicate) else selected(scene)
    loose = list(scene.tokens("G", clause.start, clause.end))
    if not markers and relation == "benefit" and _marker_like(scene, loose):
        return
    if len(subjects) > 1 and _ONE.search(scene.masked) and not re.search(r"\b(?:or|both|each)\b", scene.masked):
        return
    for group in subjects:
        if group.ambiguous and not re.search(r"\bboth\b|\beach\b|\btwo (?:drugs|agents)\b", scene.masked):
            continue
        drugs = participants([e for e in group.entities if e.letter == "D"])
        if drugs and len(drugs) <= 5:
            yield from outcome_drafts(scene, relation, replace(arms, drugs=drugs), markers, clause.end)
    if relation == "benefit":
        yield from regardless_drafts(scene, subjects, arms)


def _direction(
    scene: Scene, clause: Clause, predicate: Predicate, subjects: list[Group], compared: list[Group], here: list[Group]
) -> tuple[str, list[Group], list[Group]]:
    """Relation, winners and losers; relation "" where the guide asks for no finding."""
    if any(c.keys & s.keys == s.keys for c in compared for s in subjects):
        return "", [], []
    cue = next(
        (m for m in COMPARED.finditer(scene.masked, clause.start) if not _OF_NUMBERS.match(scene.masked, m.end())), None
    )
    control = any(g.control for g in compared) or bool(cue and _UNTREATED.match(scene.masked, cue.end()))
    earlier = frozenset(k for g in here if g.role == "prior" for k in g.keys)
    backbone = any(c.keys and c.keys <= _parts(s.keys) | earlier for c in compared for s in subjects)
    backbone = backbone or any(s.addition for s in subjects)
    if predicate.outcome == "same":
        return ("no_benefit", subjects, compared) if control or backbone else ("", [], [])
    if predicate.outcome == "worse" and not predicate.denied:
        if (
            control
            or backbone
            or (not compared and not cue and _linked(subjects) and HARM.match(scene.masked, predicate.start))
        ):
            return "no_benefit", subjects, compared
        winners = [g for g in compared if g in here and not g.control]
        return ("benefit", winners, subjects) if winners and cue else ("", [], [])
    if predicate.denied:
        if cue and not (control or backbone):
            return "", [], []
        return "no_benefit", subjects, compared
    return "benefit", subjects, compared


#: the marker of another clause defines none of these
_EVERYONE = re.compile(
    r"\b(?:whole|overall|entire|total|full|unselected|intention[- ]to[- ]treat|ITT)(?: (?:study|trial|patient))? "
    r"(?:population|cohort|group)|\ball (?:study |treated )?patients\b",
    re.IGNORECASE,
)


def _of_everyone(scene: Scene, clause: Clause, predicate: Predicate) -> bool:
    """Whether the outcome is one of all that were studied, and no marker stands up to the comma behind it."""
    comma = scene.masked.find(", ", predicate.end, clause.end)
    end = clause.end if comma < 0 else comma
    everyone = _EVERYONE.search(scene.masked, predicate.start, end)
    return everyone is not None and not scene.tokens("M", clause.start, end)


def _linked(groups: list[Group]) -> bool:
    """Whether every therapy has an id: a short form without one may be a marker."""
    return all(e.first.concept_id for g in groups for e in g.entities)


def _parts(keys: frozenset[str]) -> frozenset[str]:
    """The therapies with those that a combined class is made of."""
    return keys.union(*(_MADE_OF.get(key, ()) for key in keys))


def _marker_like(scene: Scene, tokens: list[re.Match[str]]) -> bool:
    """Whether a bare gene stands where a marker would ("expression of G", "low G levels"): too unsure to read."""
    aside = REGARDLESS.search(scene.masked)
    for token in tokens:
        if aside and aside.start() <= token.start() < aside.end():
            continue
        after, before = scene.masked[token.end() :], scene.masked[: token.start()]
        if _MECHANISM.search(before):
            continue
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
