"""Markers tied to how patients or cells respond to a therapy, whatever the words between say (guide rules 5 to 7).

First the thing is found ("resistance to D", "D sensitivity", "responded to D"), then the nearest marker on either side
and the tie between them (miner/relating/links.py). The direction is the product of both.
"""

import re
from collections.abc import Iterator

from miner.findings import Polarity
from miner.relating.clauses import Clause, clauses, populations
from miner.relating.draft import Draft
from miner.relating.links import Link, read_back_link, read_link
from miner.relating.markers import (
    NEW_SUBJECT,
    OTHER_THING,
    carried_marker,
    is_acted_on,
    is_population,
    stands_for_itself,
    subject_of_second_verb,
)
from miner.relating.predictive import SHIFT, given, marker_drafts
from miner.relating.scene import Entity, Scene, genes_of, merged, variants_of
from miner.relating.sensitivity import SPEAKS_OF_RESPONSE, Response, responses
from miner.roles import Group

#: "X was up-regulated in D-resistant cells": the change goes with resistance
_CHANGED = re.compile(
    r"(?P<mark>‹M\d+›)(?: (?:protein|mRNA|gene|levels?|expression|and|mutations?))*,? (?:(?:is|are|was|were|has been"
    r"|have been) )?"
    r"(?:(?:\w+ly|frequently|also|often) )*(?:up-?regulated|over-?expressed|elevated|raised|increased|higher|enhanced"
    r"|down-?regulated|decreased|reduced|lower|identified|detected|found|acquired|observed|present|enriched) "
    r"(?:in|among|from) (?:[\w()/-]+ |‹S\d+› ?|from |that ){0,6}?(?:(?P<drugs>‹D\d+›)[- ]resistan(?:t|ce)"
    r"|(?:with |develop\w* |acquired |show\w* )+resistance to (?:[\w-]+ ){0,2}(?P<drugs2>‹D\d+›)"
    r"|(?:who|which|that) (?:had )?progress(?:ed|ing) (?:on|after|during|under) (?:[\w-]+ ){0,2}(?P<drugs3>‹D\d+›)"
    r"|(?P<anaphor>(?:drug-)?resistant (?:cells?|cell lines|tumou?rs?)))",
    re.IGNORECASE,
)
#: "no X mutations were found among": looked for, not there, or not told
_NOT_FOUND = re.compile(r"\b(?:no|not|neither|nor|none|without|absence|absent|lack\w*|whether)\b", re.IGNORECASE)
_MEDIATED = re.compile(
    r"^-(?:mediated|driven|induced|dependent|associated|related) (?:(?:acquired|primary|intrinsic) )?$"
)
#: a marker names those who respond
_RESPONDERS = re.compile(
    r"^(?:[- ](?:positive|mutant|mutated|negative|high|low|expressing|overexpressing))?"
    r"(?: (?:patients?|tumou?rs?|cells?|cell lines?|‹S\d+›|group|cases|carriers|proteins|allele))*"
    r"(?: (?:who|that|which))?(?: (?:\w+ly|also|may|might|can|could|did not|do not|not|would|have|had|has))* $",
    re.IGNORECASE,
)


def relate_responses(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Predictive findings of a marker and a response that a verb ties together."""
    if "‹D" not in scene.masked or not re.search("‹[MG]", scene.masked) or not SPEAKS_OF_RESPONSE.search(scene.masked):
        return
    yield from _changed(scene, groups)
    yield from _reported(scene, groups)
    previous: Clause | None = None
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        carried = carried_marker(scene, previous, clause) if previous else None
        previous = clause
        last: tuple[Response, int, Link] | None = None
        for thing in responses(scene, clause, text):
            read = _before(scene, clause, text, thing) or _behind(scene, clause, text, thing)
            if read is None and last is not None:
                read = _listed_with(text, last, thing)
            if read is None and carried is not None and not re.search("‹[MGD]", text[: thing.start]):
                read = _tied(scene, carried, f" {text[: thing.start]}", thing)
            if read is None:
                yield from _sensitised(scene, clause, text, thing, groups)
                continue
            last = (thing, *read)
            yield from _drafts(scene, clause, thing, *read, groups)


_AND = re.compile(r",? ?(?:and|or|as well as|and also|but also)(?: to| in| with)?(?P<grade>(?: [\w-]+){0,4}) ")


def _listed_with(text: str, last: tuple[Response, int, Link], thing: Response) -> tuple[int, Link] | None:
    """The second of two listed things ("less sensitive to D1 and more resistant to D2")."""
    before, at, link = last
    between = text[before.end : thing.start]
    listed = _AND.fullmatch(between if between.endswith(" ") else between + " ")
    if listed is None or thing.form == "course":
        return None
    graded = read_link(listed["grade"] + " ") if listed["grade"] else None
    if graded is not None:
        return at, graded
    if listed["grade"] and not re.fullmatch(r"(?: (?:the|acquired|cross-?|also|primary|\w+ly))*", listed["grade"]):
        return None
    return (at, link) if thing.bad == before.bad else None


def _before(scene: Scene, clause: Clause, text: str, thing: Response) -> tuple[int, Link] | None:
    """The nearest marker in front and its tie."""
    tokens = scene.tokens("MG", clause.start, clause.start + thing.start)
    if not tokens:
        return None
    first = subject_of_second_verb(scene, clause, clause.start + thing.start)
    if first is not None:
        return _tied(scene, *first, thing)
    token = tokens[-1]
    between = text[token.end() - clause.start : thing.start]
    if _LINKED.search(text[: token.start() - clause.start]) and thing.form == "noun":
        return (token.start(), Link(1)) if _TO_IT.fullmatch(between) else None
    if not stands_for_itself(scene, clause.start, token):
        return None
    if is_acted_on(scene, clause, token, clause.start + thing.start):
        return None
    if _MEDIATED.match(between):
        return (token.start(), Link(1)) if thing.bad else None
    return _tied(scene, token, between, thing)


def _tied(scene: Scene, token: re.Match[str], between: str, thing: Response) -> tuple[int, Link] | None:
    """The marker with its tie, where the words between tie it."""
    if OTHER_THING.match(between) or NEW_SUBJECT.match(between) or SHIFT.search(between):
        return None
    link = _subject_of_verb(between, thing) if thing.form == "verb" else read_link(between)
    if link is None or not (link.verb or (link.copula and thing.form == "adjective")):
        return None
    if link.sign < 0 and thing.bad and is_population(scene, token):
        return None
    if thing.form == "course" and not (link.graded or thing.bad):
        return None
    if thing.form == "adjective" and not thing.bad and _acted_on(scene, token, between):
        return None
    if link.bare and thing.form == "noun" and not thing.bad and link.sign > 0 and _aimless(between):
        return None
    return token.start(), link


#: "data linking M to resistance to D"
_LINKED = re.compile(r"\blink(?:s|ed|ing)(?: [\w-]+){0,2} $", re.IGNORECASE)
_TO_IT = re.compile(
    r"(?: (?:mutations?|expression|variants?))? (?:to|with)(?: (?:primary|acquired|the|intrinsic))* ", re.I
)


def _acted_on(scene: Scene, token: re.Match[str], between: str) -> bool:
    """ "The levels of X were responsive to D": the therapy acts on the gene."""
    names = [v.name for v in variants_of(scene.entity(token[0]))]
    level = all(re.search(r"(?<!low) expression$", name) for name in names)
    return level and re.match(r"(?: (?:levels?|expression|protein|mRNA))* (?:is|are|was|were) ", between) is not None


def _aimless(between: str) -> bool:
    """ "M is ... response to D": no verb that says that there was a response."""
    return (
        re.search(r"\b(?:had|have|has|show\w*|exhibit\w*|display\w*|demonstrat\w*|experienc\w+|achiev\w+)\b", between)
        is None
    )


def _subject_of_verb(between: str, thing: Response) -> Link | None:
    """The marker is the subject of "sensitised ... to" or names those who "responded to"."""
    said = thing.said
    denied = re.search(r"\b(?:not|fail\w*|no|never)\b", between) is not None
    poorly = re.match(r"\w+ (?:poorly|less)\b", said) is not None
    if re.match(r"(?:re|chemo|radio|-)*sensiti", said, re.IGNORECASE):
        if re.fullmatch(
            r"(?:(?![;:])(?:,? (?:which|that|and|or|also|can|could|may|might|to|significantly|did not|not"
            r"|was found to|\w+ly"
            r"|(?!by\b|than\b|whether\b)[\w'-]+|‹S\d+›)){0,9})[ ,]*",
            re.sub(r" ?\([^()]*\)", "", between),
        ):
            return Link(1, denied)
        return None
    if _RESPONDERS.match(re.sub(r" ?\([^()]*\)", "", between)):
        return Link(-1 if poorly else 1, denied)
    return None


def _behind(scene: Scene, clause: Clause, text: str, thing: Response) -> tuple[int, Link] | None:
    """The nearest marker behind and its tie."""
    tokens = scene.tokens("MG", clause.start + thing.end, clause.end)
    if not tokens or thing.form == "course":
        return None
    between = text[thing.end : tokens[0].start() - clause.start]
    if OTHER_THING.match(text[tokens[0].end() - clause.start :]):
        return None
    token = tokens[0]
    if thing.form in ("adjective", "verb") and _WHEN.fullmatch(between):
        state = tokens[1] if len(tokens) > 1 and _IS.fullmatch(scene.masked, token.end(), tokens[1].start()) else token
        return state.start(), Link(read_grade(text[: thing.start]))
    link = read_back_link(between)
    if link is None or (not thing.bad and _CAUSED.search(between)):
        return None
    quality = read_grade(text[: thing.start])
    return token.start(), Link(link.sign * quality, link.denied)


#: "more sensitive to D when G was silenced"
_WHEN = re.compile(r" (?:when|if) (?:the )?", re.IGNORECASE)
_IS = re.compile(r" (?:is|are|was|were) ")


#: why a therapy works is no marker of who responds
_CAUSED = re.compile(
    r"\b(?:due to|(?:mediated|caused|driven|induced) by|because of|through|via|attribut\w+)\b", re.IGNORECASE
)
_GRADE_BEFORE = re.compile(
    r"\b(?P<worse>poor(?:er)?|worse|reduced|decreased|lower|impaired|diminished|inferior|less)(?: [\w-]+){0,2} $"
    r"|\b(?P<lack>lack of|no|absence of)(?: [\w-]+)? $",
    re.IGNORECASE,
)


def read_grade(before: str) -> int:
    """-1 where the words right in front say that there is less of it."""
    return -1 if _GRADE_BEFORE.search(before) else 1


def _relation(thing: Response, link: Link) -> tuple[str, Polarity]:
    if thing.form == "course":
        relation = "reduced_sensitivity" if thing.bad == (link.sign > 0) else "sensitivity"
    elif thing.bad:
        relation = "resistance" if link.sign > 0 else "sensitivity"
    elif link.sign > 0:
        relation = "sensitivity"
    else:
        relation = "resistance" if link.lacking else "reduced_sensitivity"
    if not link.denied:
        return relation, "supports"
    if relation in ("resistance", "reduced_sensitivity"):
        return relation, "does_not_support"
    return "no_effect", "supports"


def _drafts(
    scene: Scene, clause: Clause, thing: Response, at: int, link: Link, groups: tuple[Group, ...]
) -> Iterator[Draft]:
    drugs_at = (clause.start + thing.drugs[0], clause.start + thing.drugs[1])
    yield from marker_drafts(scene, clause, at, drugs_at, _relation(thing, link), groups)


#: an agent in front of the response ("D1 sensitised M cells to D2", "D1 restored D2 sensitivity in M cells")
_AGENT = re.compile(
    r"(?P<agent>‹D\d+›)(?: (?:treatment|therapy|inhibition))?(?: (?:\w+ly|also|could|can|may|might|to|was found to))* "
    r"(?P<does>enhanc|increas|restor|improv|potentiat|augment|promot)(?:e|es|ed|s|ing)(?: the| their)?(?: \w+)? $",
    re.IGNORECASE,
)
_AGENT_SENSITISES = re.compile(
    r"(?P<agent>‹D\d+›)(?: (?:treatment|therapy|inhibition))?(?: (?:\w+ly|also|could|can|may|might))* $", re.IGNORECASE
)


def _sensitised(scene: Scene, clause: Clause, text: str, thing: Response, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """An agent that makes cells with a marker respond: both are given together."""
    if thing.bad or thing.form == "adjective":
        return
    rule = _AGENT if thing.form == "noun" else _AGENT_SENSITISES
    agent = rule.search(text[: thing.start])
    if agent is None or (thing.form == "verb" and "sensiti" not in text[thing.start : thing.end].lower()):
        return
    where = (clause.start + thing.start, clause.end)
    partners = given(groups, clause.start + thing.drugs[0], clause.start + thing.drugs[1])
    helper = given(groups, clause.start + agent.start("agent"), clause.start + agent.end("agent"))
    for markers in populations(scene, *where):
        for partner in partners:
            for added in helper:
                yield Draft(
                    "predictive",
                    "sensitivity",
                    "marker-sensitivity",
                    drugs=merged([partner, added]),
                    genes=merged([genes_of(scene, e) for e in markers]),
                    variants=merged([variants_of(e) for e in markers]),
                    scope=(clause.start, clause.end),
                )


#: "D1 overcame D2 resistance in M cells": D1 works where D2 was given before
_OVERCAME = re.compile(
    r"(?P<drugs>‹D\d+›)(?: (?:treatment|therapy))?(?: (?:\w+ly|also|can|could|may|might|was able to|is able to))* "
    r"overc[ao]mes? (?:the )?(?:(?:acquired|primary|secondary) )?(?:(?P<prior>‹D\d+›)[- ]resistance"
    r"|resistance to (?P<prior2>‹D\d+›))",
    re.IGNORECASE,
)
#: a title that reports a response in those who have a marker
_REPORTED = re.compile(
    r"^(?:[\w-]+ ){0,3}?(?:responses?|activity|efficacy) (?:to|of"
    r"|with) (?:the )?(?P<drugs>‹D\d+›)[^.:;?]{0,20}? in (?:an? )?",
    re.IGNORECASE,
)


_NO_REPORT = re.compile(r"\b(?:no|lack|poor|predict\w*|factors|trial|study|meta-analysis)\b|:", re.IGNORECASE)


def _in_population(
    scene: Scene, groups: tuple[Group, ...], match: re.Match[str], prior: tuple[int, int] | None = None
) -> Iterator[Draft]:
    for markers in populations(scene, match.end(), len(scene.masked)):
        for drugs in given(groups, *match.span("drugs")):
            yield Draft(
                "predictive",
                "sensitivity",
                "marker-sensitivity",
                drugs=drugs,
                genes=merged([genes_of(scene, e) for e in markers]),
                variants=merged([variants_of(e) for e in markers]),
                prior=merged(given(groups, *prior)) if prior else (),
            )


def _reported(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """What a therapy does in those with a marker: it overcomes resistance, or a title reports that they respond."""
    for match in _OVERCAME.finditer(scene.masked):
        yield from _in_population(scene, groups, match, match.span("prior" if match["prior"] else "prior2"))
    title = _REPORTED.match(scene.masked) if scene.sentence.end <= len(scene.document.title) else None
    if title is not None and not _NO_REPORT.search(scene.masked):
        yield from _in_population(scene, groups, title)


def _changed(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A change of a marker that resistant cells or patients have."""
    for match in _CHANGED.finditer(scene.masked):
        token = next(t for t in scene.tokens("M") if t.start() == match.start("mark"))
        entity: Entity = scene.entity(token[0])
        said = scene.masked[scene.masked.rfind(";", 0, match.start()) + 1 : match.end()]
        if not variants_of(entity) or _NOT_FOUND.search(said):
            continue
        place = next((k for k in ("drugs", "drugs2", "drugs3") if match[k]), None)
        if place is None:
            earlier = list(re.finditer(r"(‹D\d+›)[- ]resistant", scene.masked[: match.start()]))
            span = earlier[-1].span(1) if len(earlier) == 1 else None
        else:
            span = match.span(place)
        if span is None:
            continue
        for drugs in given(groups, *span):
            yield Draft(
                "predictive",
                "resistance",
                "marker-resistance",
                drugs=drugs,
                genes=genes_of(scene, entity),
                variants=variants_of(entity),
            )
