"""Adverse events of a therapy, and markers of them (guide rule 8)."""

import re
from collections.abc import Iterator

from miner.findings import Participant
from miner.relating.clauses import Clause, clauses
from miner.relating.draft import Draft
from miner.relating.harms import Harm, find_harms
from miner.relating.scene import Scene, genes_of, participants, variants_of
from miner.roles import Group
from miner.wording import Wording

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
_PEOPLE = Wording(r"\b(?:patients?|women|men|children|case|year-old|cohort|trials?|clinical)\b")
_LABORATORY = Wording(r"\b(?:mice|mouse|murine|rats?|zebrafish|in vitro|cell lines?|knock-?out|H9c2)\b")
_NOT_GIVEN = re.compile(
    r"\b(?:under-?dos\w+|dis-?continu\w+|withdraw\w*|interrupt\w*|stopping|stopped|cessation|lack|absence|without"
    r"|omi\w+|refus\w+|non-?)(?: \w+){0,2} ?\(?$",
    re.IGNORECASE,
)
#: a sentence about what is to be looked at, not about what the drug did
_LOOKED_AT = re.compile(
    r"\b(?:will|roles?|profiling|mechanisms?|investigat\w+|significance|look(?:ed|ing)? (?:for|at|into)"
    r"|relation between"
    r"|hub genes|associated with ‹D|review|epidemiology|identification|pathophysiology|literature pertaining)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|without|neither|nor|did not|free of|resolv\w+|absence)\b", re.IGNORECASE)
_HARMFUL = Wording(r"toxic|adverse|side[- ]effect")
#: before a drug whose partner stands elsewhere in the sentence
_PARTNER = re.compile(r"\b(?:in combination|together|combined|along|concurrently) with(?: \w+)? $", re.IGNORECASE)
#: what therapies are given against and seldom bring about
_GROWTH = re.compile(
    r"(?<!secondary )(?<!primary )(?:cancer|carcinom|tumou?r|neoplas|metasta|lymphoma|leuka?emia|melanoma|glioma"
    r"|sarcoma|myeloma|relapse|recurren|progress|malignan|adenoma|blastoma)",
    re.IGNORECASE,
)
#: before the disease that a title calls the one treated
_TREATED = re.compile(
    r"\b(?:treat\w*|management|therap\w+|efficacy|patients with|safety)(?: (?:of|for|in|with))?(?: [\w-]+){0,4} $",
    re.IGNORECASE,
)
_GENOTYPE = Wording(
    r"(?P<mark>‹[M]\d+›)(?:[ ,()]+(?!‹D)[\w%.‹›*:-]+){0,10}? (?:associated with|predict(?:s|ed|ing)?|at|had|risk "
    r"(?:of|for)|increased risk)(?: [\w-]+){0,6}? (?:risk (?:of|for)|toxicit\w+|incidence of|severe"
    r"|predicting)(?: \w+)? ?(?P<event>‹S\d+›)"
)


def relate_safety(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """causes and does_not_cause for adverse events of the sentence; adverse_response for markers."""
    if not groups:
        return
    harmful = {i for i, e in enumerate(scene.entities) if e.letter == "S" and _HARMFUL.search(e.first.text)}
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        yield from _genotypes(scene, text, groups)
        for match in _INDUCED.finditer(text):
            if _clinical(scene, text, match):
                yield from _drafts(scene, groups, clause, Harm("causes", f"‹D{match[1]}›", (int(match[2]),)), "induced")
        for harm in find_harms(text, harmful):
            yield from _drafts(scene, groups, clause, harm, "adverse-event")


def _clinical(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether "D-induced S" names harm to patients: no laboratory model, no topic that is only looked at."""
    if _NOT.search(text) or _LOOKED_AT.search(text) or _NOT_GIVEN.search(text[: match.start()]):
        return False
    around = scene.around
    if _MODEL.search(scene.masked) or _MODEL.search(around.document.title):
        return False
    return around.holds(_PEOPLE) and not around.holds(_LABORATORY)


def _drafts(scene: Scene, groups: tuple[Group, ...], clause: Clause, harm: Harm, method: str) -> Iterator[Draft]:
    place, other = scene.masked.find(harm.drug), scene.masked.find(harm.than) if harm.than else -1
    group = next((g for g in groups if g.start <= place < g.end), None)
    if group is None or group.control or group.role == "label":
        return
    drugs = participants([e for e in group.entities if e.letter == "D"])
    compared = participants(
        [
            e
            for g in groups
            if g is not group and (g.role == "comparator" or g.start <= other < g.end)
            for e in g.entities
        ]
    )
    for number in harm.events:
        event = _event(scene, number)
        if event is None:
            continue
        yield Draft(
            "safety",
            harm.relation,
            method,
            drugs=drugs,
            event=event,
            comparators=compared,
            scope=(clause.start, clause.end),
            gate="therapy not sure" if group.ambiguous or _PARTNER.search(scene.masked[: group.start]) else "",
        )


def _event(scene: Scene, event: int | str) -> Participant | None:
    """The event as a participant; None for what the therapy is more likely given against."""
    if isinstance(event, str):
        return Participant(None, event)
    mention = scene.entities[event].first
    title = scene.document.title
    treated = {
        m.concept_id
        for m in scene.document.title_mentions()
        if m.type == "disease" and m.concept_id and _TREATED.search(title[: m.start])
    }
    if _GROWTH.search(mention.text) or mention.concept_id in treated:
        return None
    return Participant(mention.concept_id, mention.name or mention.text)


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
