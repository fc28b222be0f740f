"""Adverse events of a therapy, and markers of them (guide rule 8)."""

import re
from collections.abc import Iterator

from miner.findings import Participant
from miner.relating.clauses import Clause, clauses
from miner.relating.draft import Draft
from miner.relating.scene import Scene, genes_of, participants, variants_of
from miner.roles import Group

#: without one of these a disease beside a therapy is what it treats
_FRAME = re.compile(
    r"\b(?:adverse|toxic\w*|side[- ]effects?|grade (?:[1-5]|III|IV|≥)|discontinu\w+|treatment-related|drug-related"
    r"|treatment-emergent|severe|"
    r"complications?|incidence of|more (?:common|frequent)|less (?:common|frequent)|worse (?:with|in)|were worse"
    r"|(?:significantly )?higher in|caus(?:es|ed)|induc(?:es|ed|ing)|due to|develop(?:ed|ment of)|risk of"
    r"|increas\w+|rates? of|associated with)\b"
    r"|‹D\d+›-(?:induced|related|associated)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:adverse|toxic\w*|side[- ]effects?|grade (?:[1-5]|III|IV)|discontinu\w+|treatment-related|drug-related"
    r"|treatment-emergent|complications?)\b",
    re.I,
)
_INDUCED = re.compile(
    r"‹D(\d+)›-(?:induced|associated|related) (?:(?:severe|acute|chronic|fatal|grade \d|late|immune-mediated) "
    r")*‹S(\d+)›",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\b(?:model|mice|rats?|mouse|protect\w*|prevent\w*|attenuat\w*|ameliorat\w*|amelior\w+|against|alleviat\w*"
    r"|in vitro|cells)\b",
    re.I,
)
_PEOPLE = re.compile(r"\b(?:patients?|women|men|children|case|year-old|cohort|trials?|clinical)\b", re.IGNORECASE)
_LABORATORY = re.compile(
    r"\b(?:mice|mouse|murine|rats?|zebrafish|in vitro|cell lines?|knock-?out|H9c2)\b", re.IGNORECASE
)
_CAUSE = re.compile(
    r"‹D(?P<drug>\d+)›(?:[ -][\w%]+){0,4}? (?:caus(?:es|ed)|induc(?:es|ed)|(?:was|were|is|are) (?:\w+ "
    r")?associated with|led to|resulted in|increas(?:es|ed) the (?:risk|incidence|rate) of|increas(?:es|ed))"
    r"(?: [\w-]+){0,6}? (?P<events>‹S\d+›(?:(?:,? (?:and|or) |, )(?:\w+ )?‹S\d+›)*)",
    re.IGNORECASE,
)
_EVENT_WITH = re.compile(
    r"(?P<events>‹S\d+›(?:(?:,? (?:and|or) |, )(?:[\w-]+ )?‹S\d+›)*)(?: [\w-]+){0,2}? (?:(?:was|were|is|are"
    r"|occurred) )?(?:(?:significantly |also )*(?:more (?:frequent|common|severe)|worse|higher|increased|"
    r"less (?:frequent|common)|lower|observed|reported|common)(?: and [\w ]+?)? )?(?:with|in|during|after|on|among"
    r"|following|for)(?: (?:the|patients|receiving|treated|with|who|received))* ‹D(?P<drug>\d+)›(?! "
    r"and\b)(?P<than> than| compared| versus)?",
    re.IGNORECASE,
)
_NO_INCREASE = re.compile(
    r"\b(?:did not (?:\w+ )?increase|not associated with (?:\w+ ){0,3}increas\w+|no (?:\w+ )?increase in|not "
    r"increase)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"‹D(?P<drug>\d+)›(?:[ -][\w%]+){0,6}? (?:did not (?:\w+ )?increase|(?:is|was|were|are) not associated with "
    r"(?:[\w-]+ ){0,3}increas\w+(?: in)?|(?:with|showed) no (?:\w+ )?increase in)"
    r"(?: [\w-]+){0,5}? (?P<events>‹S\d+›)",
    re.IGNORECASE,
)
_GROUP_HAD = re.compile(
    r"more patients (?:in|receiving|treated with)(?: the)? ‹D(?P<drug>\d+)›[^;]*? had (?:grade [\d-]+ (?:or "
    r"higher )?)?(?P<events>‹S\d+›)",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"‹D(?P<drug>\d+)›(?: \w+){0,4} discontinued(?: [^;‹]{0,40})? (?:due to|because of) (?P<events>‹S\d+›)",
    re.IGNORECASE,
)
#: what stands between cause and event and makes it no harm, and what before the drug makes the cause another one
_NO_HARM = re.compile(
    r"\b(?:regression|remission|recovery|apoptosis|death of|cells|cures?|reduc\w+|inhibit\w*|improv\w+|response|low"
    r"|models?|murine|mice|rats?|initiat\w+|resist\w+|withdrawal|discontinuation|cessation|deficiency|prophylaxis"
    r"|in \w+ induced)\b",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(
    r"\b(?:under-?dos\w+|dis-?continu\w+|withdraw\w*|interrupt\w*|stopping|stopped|cessation|lack|absence|without"
    r"|omi\w+|refus\w+|non-?)(?: \w+){0,2} ?\(?$",
    re.IGNORECASE,
)
#: a sentence about what is to be looked at, not about what the drug did
_LOOKED_AT = re.compile(
    r"\b(?:will|roles?|profiling|mechanisms?|investigat\w+|significance|look(?:ed|ing)? (?:for|at|into)"
    r"|relation between"
    r"|hub genes|associated with ‹D)\b",
    re.IGNORECASE,
)
_SHIELD = re.compile(
    r"\b(?:protect\w*|prevent\w*|attenuat\w*|alleviat\w*|ameliorat\w*|treat(?:ed|s|ment of)|(?:caus|induc)ed by)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\bless (?:frequent|common)|\blower\b|\bfewer\b|\breduced\b|\bdecreased\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|without|neither|nor|did not|free of|resolv\w+|absence)\b", re.IGNORECASE)
_GENOTYPE = re.compile(
    r"(?P<mark>‹[M]\d+›)(?:[ ,()]+(?!‹D)[\w%.‹›*:-]+){0,10}? (?:associated with|predict(?:s|ed|ing)?|at|had|risk "
    r"(?:of|for)|increased risk)(?: [\w-]+){0,6}? (?:risk (?:of|for)|toxicit\w+|incidence of|severe"
    r"|predicting)(?: \w+)? ?(?P<event>‹S\d+›)",
    re.IGNORECASE,
)


def relate_safety(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """causes and does_not_cause for disease mentions in an adverse-event frame; adverse_response for markers."""
    if "‹S" not in scene.masked or not any(g.role in ("candidate", "excluded", "comparator") for g in groups):
        return
    if not _FRAME.search(scene.masked):
        return
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        yield from _genotypes(scene, text, groups)
        for match in _INDUCED.finditer(text):
            if _clinical(scene, text, match):
                yield from _causes(scene, groups, clause, match.start(), (match[2],), "induced")
        for pattern in (_DENIED, _CAUSE, _GROUP_HAD, _STOPPED, _EVENT_WITH):
            for match in pattern.finditer(text):
                yield from _framed(scene, groups, clause, text, match, pattern is _EVENT_WITH)


def _clinical(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether "D-induced S" names harm to patients: no laboratory model, no topic that is only looked at."""
    if _NOT.search(text) or _LOOKED_AT.search(text) or _NOT_GIVEN.search(text[: match.start()]):
        return False
    around = scene.around
    if _MODEL.search(scene.masked) or _MODEL.search(around.document.title):
        return False
    return around.holds(_PEOPLE) and not around.holds(_LABORATORY)


def _framed(
    scene: Scene, groups: tuple[Group, ...], clause: Clause, text: str, match: re.Match[str], event_first: bool
) -> Iterator[Draft]:
    if "‹M" in text[: match.start("drug")]:
        return
    if re.match(r"-\w", text[match.end() :]) or _SHIELD.search(match[0]):
        return
    if _MODEL.search(scene.masked) and re.search(r"› (?:\w+ )?induced", match[0]):
        return
    if _NO_HARM.search(match[0]) or _NOT_GIVEN.search(text[: match.start("drug") - 2]):
        return
    between = text[match.start() : match.start("events")].lower()
    if not event_first and re.search(r"\b(?:patients|survival)\b", between) and "more patients" not in between:
        return
    events = tuple(re.findall(r"‹S(\d+)›", match["events"]))
    denied = _NO_INCREASE.search(match[0])
    if denied and not event_first:
        yield from _causes(scene, groups, clause, match.start(), events, "no-adverse-event")
        return
    if (
        _NOT.search(match[0])
        or _NOT.search(text[max(0, match.start() - 25) : match.start()])
        or _LESS.search(text if event_first else match[0])
    ):
        return
    if not (_event_of(text, match) if event_first else _caused(text, match)):
        return
    at = text.index(f"‹D{match['drug']}›", match.start())
    yield from _causes(scene, groups, clause, at, events, "adverse-event")


def _event_of(text: str, match: re.Match[str]) -> bool:
    """Whether an event named before the therapy is its harm, not what it treats."""
    strong = _STRONG.search(text) or re.search(
        r"\b(?:more (?:frequent|common|severe)|worse with|incidence of|rates? of)\b", text, re.I
    )
    treated = r"\bpatients with $|\b(?:treatment|therapy|management) of $|\bfor $|\bwith $"
    return bool(strong and not re.search(treated, text[: match.start()]))


def _caused(text: str, match: re.Match[str]) -> bool:
    """Whether an event named behind the therapy is called its harm."""
    return bool(
        _STRONG.search(text)
        or re.search(
            r"caus|induc|discontinued|had (?:grade )?|associated with (?:more|an? increased|increased|severe|higher"
            r"|the development)|(?:risk|incidence|rate) of",
            match[0],
            re.I,
        )
    )


def _causes(
    scene: Scene, groups: tuple[Group, ...], clause: Clause, at: int, events: tuple[str, ...], method: str
) -> Iterator[Draft]:
    place = clause.start + at
    group = next((g for g in groups if g.start <= place < g.end), None)
    if (
        group is None
        or group.control
        or (group.role in ("comparator", "prior", "label", "excluded") and method != "induced")
    ):
        return
    drugs = participants([e for e in group.entities if e.letter == "D"])
    compared = participants([e for g in groups if g.role == "comparator" and g is not group for e in g.entities])
    for number in events:
        mention = scene.entities[int(number)].first
        yield Draft(
            "safety",
            "does_not_cause" if method == "no-adverse-event" else "causes",
            method,
            drugs=drugs,
            event=Participant(mention.concept_id, mention.name or mention.text),
            comparators=compared,
        )


def _genotypes(scene: Scene, text: str, groups: tuple[Group, ...]) -> Iterator[Draft]:
    for match in _GENOTYPE.finditer(text):
        entity = scene.entity(match["mark"])
        given = [g for g in groups if g.role == "candidate"]
        if _NOT.search(match[0]) or len({g.chain for g in given}) != 1 or not _STRONG.search(scene.masked):
            continue
        mention = scene.entity(match["event"]).first
        for group in given:
            yield Draft(
                "predictive",
                "adverse_response",
                "genotype-event",
                drugs=participants([e for e in group.entities if e.letter == "D"]),
                genes=genes_of(scene, entity),
                variants=variants_of(entity),
                event=Participant(mention.concept_id, mention.name or mention.text),
            )
