"""Markers tied to the course of a disease, before or behind it, whatever the words between say (guide rule 10).

The course is found first ("overall survival", "risk of death"), then the nearest marker on either side and the tie
between them (miner/relating/links.py). A course without a direction gives nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from miner.findings import Participant
from miner.relating.clauses import Clause, clauses
from miner.relating.draft import Draft
from miner.relating.links import Link, read_link
from miner.relating.markers import (
    NEW_SUBJECT,
    OTHER_THING,
    carried_marker,
    is_acted_on,
    stands_for_itself,
    subject_of_second_verb,
)
from miner.relating.predictive import markers_at, readable
from miner.relating.scene import Scene, genes_of, merged, variants_of
from miner.roles import Group
from miner.wording import Wording

_GOOD_GRADE = r"better|longer|favou?rable|higher|improved|superior|prolonged|good|greater|increased|extended"
_BAD_GRADE = (
    r"worse|shorter|poor(?:er)?|lower|inferior|reduced|decreased|unfavou?rable|dismal|shortened|impaired|adverse|bad"
)
_COURSE = (
    r"(?:(?:overall|\w+(?:-| )free|(?:cancer|disease|tumou?r|[A-Z]+)[- ]specific|long-term|short-term|patients?'?"
    r"|\d+-year|median|cumulative) )*(?:survival(?: (?:times?|rates?|outcomes?|probability|duration))?|prognos[ie]s"
    r"|(?:clinical |survival |patient |oncologic(?:al)? |disease |treatment |neurological |functional )?outcomes?"
    r"|(?-i:OS|PFS|DFS|RFS|EFS|DSS|CSS|MFS|DMFS|TTP|PFI|DFI)|progression-free interval|time to progression)"
)
_HARM = (
    r"(?:(?:risks?|rates?|hazards?|odds|likelihood|probability|incidence) (?:of|for) (?:[\w-]+ ){0,2}"
    r"(?:death|dying|mortality|recurrences?|relapses?|(?:disease |tumou?r )?progression)"
    r"|(?:(?:all-cause|overall|in-hospital|hospital|cancer-specific|\d+-(?:day|year)|early) )?"
    r"(?:mortality|recurrence|relapse)(?: (?:rates?|risk))?|(?:early|in-hospital|hospital|patient) deaths?)"
)
#: "a poor prognostic factor", "a favourable prognostic marker": a course with its direction
_NAMED = (
    rf"(?:(?:independent|significant|strong|novel|potential) )*(?P<grade>{_GOOD_GRADE}|{_BAD_GRADE}|negative|positive)"
    r",? (?:(?:and )?independent )?prognostic (?:bio-?)?(?:factors?|markers?|indicators?|predictors?|marker gene)"
)
_THING = Wording(
    rf"\b(?:(?P<named>{_NAMED})|(?P<harm>{_HARM})|(?P<course>{_COURSE}))(?![\w-]|'s| free\b|(?: \w+)? (?:analys|data"
    rf"|curves?|model"
    r"|score|nomogram|prediction|plots?))"
)
_GATE = Wording(r"prognos|surviv|OS\b|PFS|DFS|RFS|EFS|DSS|PFI|outcome|mortal|recurren|relaps|death|dying|progress")
#: "cell proliferation and survival"
_OF_CELLS = re.compile(
    r"\b(?:cells?|[\w-]*(?:cyte|blast|phage)s?|neuron\w*|tumou?r|yeast|bacterial|graft|allograft|implant|viability"
    r"|proliferation|migration|invasion|growth"
    r"|apoptosis|stemness)"
    r",?(?: and| or)? $",
    re.IGNORECASE,
)
_WHO = (
    r"(?:(?:the|all|those|these|both|our|patients?|cases|subjects|individuals|women|men|children|group|groups|cohort"
    r"|tumou?rs?|with|having|harbou?ring|carrying|expressing|whose|who|had|have|showed|displayed|of|in|for|among"
    r"|high|low"
    r"|an?|\w+-stage|\d+|advanced|primary|metastatic|‹S\d+›) ?)*"
)
_GRADED_IN = re.compile(
    rf"^(?: (?:of|in|for|among) (?:[\w-]+ ){{0,3}}?(?:‹S\d+›|patients|cases)(?: patients)?)?(?: \([^()]*\))?"
    rf" (?:was|were|is|are) (?:(?:\w+ly|also|much|found to be) )*(?P<grade>{_GOOD_GRADE}|{_BAD_GRADE}) "
    rf"(?:in|for|among|with|when) {_WHO}$",
    re.IGNORECASE,
)
_SEEN_IN = re.compile(
    r"^(?: (?:of|in|for) (?:[\w-]+ ){0,3}?(?:‹S\d+›|patients|cases)(?: patients)?)?(?: (?:was|were|is"
    r"|are))? (?:\w+ly )?"
    r"(?:observed|seen|found|noted|recorded|(?:correlate[sd]?|associated|linked)) (?:in|for|among|with"
    r"|to) " + _WHO + "$",
    re.IGNORECASE,
)
_GROUP_OF = re.compile(r"^ (?:of|for|in|among) " + _WHO + "$", re.IGNORECASE)
_THEN_GRADED = re.compile(
    rf"^[- ](?:(?!than\b|compared\b|and\b)[\w‹›-]+ ){{0,5}}?(?:was|were|is|are) (?:(?:\w+ly|also|much) )*"
    rf"(?P<grade>{_GOOD_GRADE}|{_BAD_GRADE})\b",
    re.IGNORECASE,
)
_GRADE_BEFORE = re.compile(rf"\b(?P<grade>{_GOOD_GRADE}|{_BAD_GRADE})(?: [\w-]+){{0,2}} $", re.IGNORECASE)
#: "factors associated with mortality were A, B and M"
_LISTED = re.compile(
    rf"\b(?:factors|parameters|predictors|variables|markers|features"
    rf"|determinants)\b[^;.,‹]{{0,60}}?\b(?:associated with"
    rf"|for|of|related to|predict(?:ing|ed|ive of))(?: the)? (?:(?P<harm>{_HARM})|(?P<grade>{_BAD_GRADE})(?: [\w-]+)?"
    rf" (?:{_COURSE}))[^;.]*?\b(?:were|was|included|include|are|is)\b:?(?P<list>[^;]*)",
    re.IGNORECASE,
)
_ITEM_BEFORE = re.compile(
    r"(?:, |\band |: ?|\b(?:were|was|included|include|are|is) )(?:(?!\b(?:low|lower)\b)[\w-]+ ){0,3}$"
)
_RATIO = re.compile(r" ?\((?:adjusted )?(?:OR|HR|RR|aOR|aHR|hazard ratio|odds ratio)[ :=,]*(?:[2-9]|1\.|\d\d)")
#: the effect did not last
NOT_KEPT = re.compile(
    r"\b(?:it|this|these|which|associations?|effects?|significance)\b (?:was|were|is|became|had)? ?(?:then |all )?"
    r"(?:reversed|attenuated|no longer|disappeared|lost|not (?:statistically )?significant|insignificant)\b",
    re.IGNORECASE,
)
#: those who have one marker already: the other speaks of both together
AMONG = re.compile(
    r"\b(?:in|among) (?:the )?(?:[\w-]+ ){0,3}(?:with|harbou?ring"
    r"|carrying) (?P<mark>‹M\d+›)(?: [\w-]+){0,2},(?: the)? $",
    re.I,
)
GENOTYPED = re.compile(
    r"\b(?:alleles?|genotypes?|polymorphisms?|variants?|SNPs?|haplotypes?|mutants?)\b", re.IGNORECASE
)
_LOWERED = re.compile(
    r"\b(?:down-?regulat\w+|decreas\w+|low|lower|loss|silenc\w+|reduced|reduction|hyper-?methylat\w+|absent|absence"
    r"|deplet\w+|deficien\w+|inhibit\w+|ratio|targets?)\b",
    re.IGNORECASE,
)
_OPERATION = re.compile(r"surg|resect|ectomy|transplant|operat", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Course:
    """What is said of the course in a clause; harm: more of it is worse; sign: its own direction, 0 without one."""

    start: int
    end: int
    harm: bool
    sign: int = 0


def relate_courses(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Better, worse or unchanged outcome; a clause with a therapy other than an operation is left to the predictive."""
    if not re.search("‹[MG]", scene.masked) or not _GATE.search(scene.masked):
        return
    yield from _listed(scene)
    previous: Clause | None = None
    for clause in clauses(scene):
        carried = carried_marker(scene, previous, clause) if previous else None
        previous = clause
        if _treated(clause, groups):
            continue
        text = scene.masked[clause.start : clause.end]
        for course in _courses(text):
            read = _before(scene, clause, text, course) or _behind(scene, clause, text, course)
            if read is None and carried is not None and not re.search("‹[MG]", text[: course.start]):
                read = _tied(scene, carried, f" {text[: course.start]}", course)
            if read is not None and not NOT_KEPT.search(scene.masked[clause.start + course.end :]):
                yield from _drafts(scene, clause, *read)


def _treated(clause: Clause, groups: tuple[Group, ...]) -> bool:
    inside = [g for g in groups if g.start >= clause.start and g.end <= clause.end and g.role != "label"]
    return not all(_OPERATION.search(e.first.name or e.first.text) for g in inside for e in g.entities)


def _courses(text: str) -> Iterator[_Course]:
    for match in _THING.finditer(text):
        if _OF_CELLS.search(text[: match.start()]):
            continue
        sign = _sign(match["grade"]) if match["named"] else 0
        yield _Course(match.start(), match.end(), match["harm"] is not None, sign)


def _sign(grade: str) -> int:
    return -1 if re.fullmatch(rf"{_BAD_GRADE}|negative", grade, re.IGNORECASE) else 1


def _before(scene: Scene, clause: Clause, text: str, course: _Course) -> tuple[int, str] | None:
    tokens = scene.tokens("MG", clause.start, clause.start + course.start)
    if not tokens:
        return None
    first = subject_of_second_verb(scene, clause, clause.start + course.start)
    if first is not None:
        return _tied(scene, *first, course)
    token = tokens[-1]
    if not stands_for_itself(scene, clause.start, token):
        return None
    if is_acted_on(scene, clause, token, clause.start + course.start):
        return None
    return _tied(scene, token, text[token.end() - clause.start : course.start], course)


def _tied(scene: Scene, token: re.Match[str], between: str, course: _Course) -> tuple[int, str] | None:
    if OTHER_THING.match(between) or NEW_SUBJECT.match(between):
        return None
    link = _named_link(between) if course.sign else read_link(between)
    if link is None or not link.verb:
        return None
    stated = bool(variants_of(scene.entity(token[0])))
    if not stated and (GENOTYPED.search(between) or _LOWERED.search(between[:40])):
        return None
    relation = _relation(course, link, between, stated=stated)
    return (token.start(), relation) if relation else None


def _named_link(between: str) -> Link | None:
    found = re.fullmatch(
        r"(?:[- ](?:gene|protein|expression|levels?|status|mutations?|overexpression|positivity|‹S\d+›|in|of|patients"
        r"|tissues?|mutated|mutant))*,? (?:(?:is|are|was|were|be|as|represents?|to be|can|may|might|could|serves?|acts?"
        r"|identified|found|an?|the|considered|remained|emerged|demonstrated|shown|has|have|been|both|also|\w+ly) )+",
        re.sub(r" ?\([^()]*\)", "", between),
        re.IGNORECASE,
    )
    return Link(1) if found else None


def _relation(course: _Course, link: Link, between: str, *, stated: bool) -> str:
    """The relation; "" where no direction can be told."""
    if link.denied:
        return "no_effect"
    if course.sign:
        return "better_outcome" if course.sign * link.sign > 0 else "worse_outcome"
    risk = re.search(r"\b(risk|protective) factors? (?:of|for)\b[^,;]*$", between, re.IGNORECASE)
    if risk:
        return "worse_outcome" if risk[1].lower() == "risk" else "better_outcome"
    if not link.graded and not (course.harm and stated and not link.bare):
        return ""
    return "better_outcome" if (link.sign > 0) != course.harm else "worse_outcome"


def _behind(scene: Scene, clause: Clause, text: str, course: _Course) -> tuple[int, str] | None:
    tokens = scene.tokens("MG", clause.start + course.end, clause.end)
    if not tokens or course.sign:
        return None
    token = tokens[0]
    between, after = text[course.end : token.start() - clause.start], text[token.end() - clause.start :]
    if OTHER_THING.match(after) or re.search(r"\b(?:not|no|nor|neither)\b", text[: course.start][-25:] + between):
        return None
    grade = None
    if inside := _GRADED_IN.match(between):
        grade = inside["grade"]
    elif _SEEN_IN.match(between):
        grade = (_GRADE_BEFORE.search(text[: course.start]) or {"grade": None})["grade"]
    elif _GROUP_OF.match(between) and (then := _THEN_GRADED.match(after)):
        grade = then["grade"]
    if grade is None:
        return None
    return token.start(), "better_outcome" if (_sign(grade) > 0) != course.harm else "worse_outcome"


def _drafts(scene: Scene, clause: Clause, at: int, relation: str) -> Iterator[Draft]:
    among = AMONG.search(scene.masked[clause.start : at])
    given = scene.entity(among["mark"]) if among else None
    token = next(t for t in scene.tokens("MG") if t.start() == at)
    alone = [[scene.entity(token[0])]] if readable(scene, token, scene.entity(token[0])) else []
    for markers in alone if given else markers_at(scene, clause, at):
        members = [*markers, given] if given else markers
        genes, variants = merged([genes_of(scene, e) for e in members]), merged([variants_of(e) for e in members])
        if genes or variants:
            yield _draft(genes, variants, relation, (clause.start, clause.end))


def _draft(
    genes: tuple[Participant, ...], variants: tuple[Participant, ...], relation: str, scope: tuple[int, int]
) -> Draft:
    return Draft("prognostic", relation, f"prognostic-{relation}", genes=genes, variants=variants, scope=scope)


def _listed(scene: Scene) -> Iterator[Draft]:
    """Markers in a list of what goes with a worse course."""
    for match in _LISTED.finditer(scene.masked):
        if (
            re.search(r"\b(?:not|no|protective|better)\b", match[0])
            or "‹D" in match[0][: match.start("list") - match.start()]
        ):
            continue
        whole = Clause(match.start("list"), match.end("list"))
        for token in scene.tokens("MG", whole.start, whole.end):
            before = re.sub(r" ?\([^()]*\)", "", scene.masked[match.start() : token.start()])
            if before.count("(") > before.count(")") or not _ITEM_BEFORE.search(before):
                continue
            if OTHER_THING.match(scene.masked[token.end() :]):
                continue
            for markers in markers_at(scene, whole, token.start())[:1]:
                genes, variants = (
                    merged([genes_of(scene, e) for e in markers]),
                    merged([variants_of(e) for e in markers]),
                )
                if variants or (genes and _RATIO.match(scene.masked[token.end() :])):
                    yield _draft(genes, variants, "worse_outcome", match.span())
