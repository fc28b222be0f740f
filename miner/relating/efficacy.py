"""Outcome of a therapy: efficacy, or predictive where a marker defines the population (guide rules 1-6)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from miner.assertion import OWN, negated
from miner.findings import Certainty, Participant, Subject
from miner.relating.clauses import REGARDLESS, Clause, clauses, populations
from miner.relating.draft import Draft
from miner.relating.outcomes import (
    ANIMALS,
    ANSWER,
    BETTER,
    CELLS,
    CONCEDED,
    GROUPS,
    HARD,
    KNOWN,
    MEASURE,
    NO_BETTER,
    NOT_OUTCOME,
    PEOPLE,
    RATE,
    SAME,
    TOPIC,
    WORSE,
)
from miner.relating.scene import Entity, Scene, genes_of, participants, variants_of
from miner.relating.subjects import Predicate, find_subjects, incomplete, potentiates
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
#: a response as a thing, not as what was done to it
_NOUN = re.compile(r"(?:complete|partial|objective|patholog\w+|durable|responses?)\b", re.IGNORECASE)
#: one patient was given all of a list together
_ONE = re.compile(
    r"\b(?:he|she|his|her|(?:the|this|our|one) (?:patient|case|child|boy|girl|woman|man))\b", re.IGNORECASE
)
#: one arm of two is excepted before the outcome: which one is meant is not read surely
_BUT_NOT = re.compile(r"\bbut not\b[^,;]*$")
#: a title with a verb, or of a case
_SAYS = re.compile(
    r"\b(?:improves?|prolongs?|extends?|enhances?|increases?|reduces?|delays?|prevents?|inhibits?|suppresses|attenuates"
    r"|ameliorates|alleviates|is|are|does|shows?|demonstrates?|exhibits?|exerts?|responds?|induces?|provides?"
    r"|case|in a patient)\b",
    re.IGNORECASE,
)
#: the first sentences of an abstract of so many tell what is known; so many words make a study one of animals
_EARLY, _LONG, _OFTEN = 3, 6, 2
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|did|showed|developed|led|resulted|associated)\b", re.IGNORECASE)


def relate_efficacy(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Benefit and no benefit, with or without a marker."""
    if not any(g.role == "candidate" for g in groups):
        return
    if GROUPS.search(scene.masked) or _mixed(scene):
        return
    others = [g for g in groups if g.role != "candidate"]
    before: list[Group] = []
    for clause in clauses(scene):
        yield from _numbers(scene, clause, groups)
        here = [g for g in groups if g.start >= clause.start and g.end <= clause.end]
        for predicate in _predicates(scene, clause):
            if potentiates(scene, predicate):
                continue
            subjects = find_subjects(scene, clause.start, predicate, here)
            if not subjects and _inherits(scene, clause, predicate, here):
                subjects = before
            sure = [g for g in subjects if not incomplete(scene, g)]
            gate = "" if sure and _placed(scene, predicate) else "no disease" if sure else "therapy not sure"
            known, whom = _known(scene, predicate), _whom(scene)
            for draft in _drafts(scene, clause, predicate, sure or subjects, others, here):
                yield replace(draft, since=clause.start, certainty=known, subject=whom, gate=gate)
            before = sure if sure and not gate else before
        before = before or [g for g in here if g.role == "candidate" and _opens(scene, clause, g)]


def _mixed(scene: Scene) -> bool:
    """Whether the sentence calls one therapy better here and worse there: who is meant is not read surely."""
    found = {p.outcome for clause in clauses(scene) for p in _predicates(scene, clause) if not p.denied}
    return {"better", "worse"} <= found


def _known(scene: Scene, predicate: Predicate) -> Certainty | None:
    """Background where the outcome is conceded in the present tense or told as what others found."""
    if OWN.search(scene.masked):
        return None
    said = scene.masked[max(0, predicate.start - 12) : predicate.end]
    present = re.search(
        r"\b(?:is|are|shows?|has|have|improves?|provides?|remains?|obtain|derive|achieve|responds)\b", said
    )
    if present and _early(scene):
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
    if arm is None or other is None or arm.role != "candidate" or arm.ambiguous or incomplete(scene, arm):
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


def _topic(scene: Scene) -> bool:
    """Whether a title names what was looked at, without a verb that says it was found, or answers another report."""
    return bool(ANSWER.match(scene.masked) or (TOPIC.search(scene.masked) and not _SAYS.search(scene.masked)))


def _predicates(scene: Scene, clause: Clause) -> list[Predicate]:
    text = scene.masked[clause.start : clause.end]
    if NOT_OUTCOME.search(text) or (scene.sentence.label == "TITLE" and _topic(scene)):
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
            if _BUT_NOT.search(text[: match.start()]):
                continue
            if RATE.match(text[match.end() :]) and _NOUN.match(match[0]):
                continue
            if negated(text[: match.start()].replace("not only", "")):
                found.append(Predicate("same" if outcome == "worse" else "better", start, end, True))
            else:
                found.append(Predicate("same" if same else outcome, start, end, False))  # type: ignore[arg-type]
    positive = [p for p in found if not p.denied][:1]
    denied = [p for p in found if p.denied][:1]
    return sorted(positive + denied, key=lambda p: p.start)


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
    if len(subjects) > 1 and _ONE.search(scene.masked) and not re.search(r"\b(?:or|both|each)\b", scene.masked):
        return
    for group in subjects:
        if group.ambiguous and not re.search(r"\bboth\b|\beach\b|\btwo (?:drugs|agents)\b", scene.masked):
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
    if any(c.keys & s.keys == s.keys for c in compared for s in subjects):
        return "", [], []
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
            if not variants:
                continue
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
