"""What a drug does to a gene product: inhibits, activates, binds (guide rule 9)."""

import re
from collections.abc import Iterator

from miner.assertion import OWN
from miner.findings import Participant
from miner.relating.actions import NOT_OBJECT, Action, find_actions
from miner.relating.draft import Draft
from miner.relating.scene import Scene, genes_of, participants, variants_of
from miner.wording import Wording

_G = r"(?P<genes>‹[GM]\d+›(?:(?:,? (?:and|or) |, |/)(?:the )?‹[GM]\d+›)*)"
_KIND = (
    r"(?:(?:selective|potent|specific|novel|oral|small[- ]molecule|reversible|irreversible|competitive|dual|first"
    r"|next-generation|third-generation|second-generation|highly|new|approved|covalent|direct|effective|an?|the"
    r"|humani[sz]ed|human|fully|monoclonal|chimeric|and|orally|available|known|well-known|pharmacologic\w*"
    r"|first-in-class|chemical|classic\w*|investigational),? )*"
)
_INHIBITOR = (
    r"(?:(?:receptor |protein )?(?:tyrosine )?(?:kinase |pathway |inflammasome )?(?:inhibitor|antagonist|blocker"
    r"|degrader)s?)"
)
_LABEL = (
    (
        "inhibits",
        Wording(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also "
            rf")?{_KIND}{_G}[- ](?:specific |selective |dual )?{_INHIBITOR}\b",
        ),
    ),
    (
        "inhibits",
        Wording(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also )?{_KIND}(?:dual "
            rf")?{_INHIBITOR} (?:of|against|for)(?: both)?(?: the)? {_G}",
        ),
    ),
    (
        "inhibits",
        Wording(
            rf"(?:the|an?|and|with|by|selective|specific|potent|novel) {_G}[- ](?:specific |selective "
            rf")?{_INHIBITOR},? ?\(?‹D(?P<drug>\d+)›",
        ),
    ),
    (
        "binds",
        Wording(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}(?:antibody|mAb)(?: "
            rf"\w+)? (?:targeting|against|directed against|that targets|that binds|to|binding)(?: to)?(?: "
            rf"the)? {_G}",
        ),
    ),
    (
        "binds",
        Wording(rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}anti-{_G}"),
    ),
    (
        "activates",
        Wording(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}{_G}[- ](?:receptor "
            rf")?(?:agonist|activator)s?\b",
        ),
    ),
)
#: the state of a gene that the drug brings about is the effect, not a participant
_EXPRESSED = re.compile(r":(?:expression|overexpression|low-expression|silencing)$")


def relate_targets(scene: Scene) -> Iterator[Draft]:
    """Labels ("D, a G inhibitor": background) and observed actions ("D inhibited G")."""
    yield from _class_labels(scene)
    if "‹G" not in scene.masked and "‹M" not in scene.masked:
        return
    for relation, pattern in _LABEL:
        for match in pattern.finditer(scene.masked):
            if not NOT_OBJECT.match(scene.masked[match.end() :]):
                yield from _labelled(scene, match, relation)
    for action in find_actions(scene):
        yield from _acted(scene, action)


_CLASS_LABEL = Wording(
    rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also )?{_KIND}‹D(?P<label>\d+)›",
)
#: "MET inhibitors such as D, D and D": the class before its members
_CLASS_MEMBERS = Wording(
    r"‹D(?P<label>\d+)›(?:s|es)?(?: \(|,|:|,? such as|,? including|,? like|,? namely)?(?: the)? "
    r"(?P<members>‹D\d+›(?:(?:,? (?:and|or) |, )‹D\d+›)*)"
    r"|‹D(?P<before>\d+)› \((?P<inside>‹D\d+›(?:(?:,? (?:and|or) |, )‹D\d+›)*)\)",
)
_CLASS_NAME = re.compile(
    r"(?P<anti>anti-)?(?P<gene>[\w/.-]+?)[ -](?:selective |receptor )?(?:tyrosine )?(?:kinase )?(?P<what>inhibitor"
    r"|antagonist|blocker|degrader|agonist|monoclonal antibod|antibod|agent|therap|mab)(?:s|y|ies)?",
    re.IGNORECASE,
)
#: a gene's symbol where the document holds no mention of the gene outside the class's name
_SYMBOL = re.compile(r"(?=[\w/-]*[A-Z][\w/-]*[A-Z0-9])[\w/-]{2,8}")


def _class_labels(scene: Scene) -> Iterator[Draft]:
    """ "D, an EGFR inhibitor" where the class is one mention: the gene is read off the class's own words."""
    for match in _CLASS_LABEL.finditer(scene.masked):
        if _NAMES_NEXT.match(scene.masked, match.end()):
            continue
        yield from _classified(scene, int(match["label"]), [int(match["drug"])])
    for match in _CLASS_MEMBERS.finditer(scene.masked):
        members = re.findall(r"\d+", match["members"] or match["inside"])
        yield from _classified(scene, int(match["label"] or match["before"]), [int(m) for m in members])


def _classified(scene: Scene, label: int, members: list[int]) -> Iterator[Draft]:
    class_ = scene.entities[label].first
    named = _CLASS_NAME.fullmatch(class_.text)
    if named is None or class_.kind != "class" or any(scene.entities[m].first.kind == "class" for m in members):
        return
    relation = _class_relation(named)
    gene = scene.around.genes_by_text.get(named["gene"].lower())
    if not relation or (gene is None and not _SYMBOL.fullmatch(named["gene"])):
        return
    for member in members:
        yield Draft(
            "target",
            relation,
            "target-label",
            drugs=participants([scene.entities[member]]),
            genes=(Participant(gene.concept_id, gene.name or gene.text) if gene else Participant(None, named["gene"]),),
            no_disease=True,
            certainty="background",
            subject="unknown",
        )


def _class_relation(named: re.Match[str]) -> str:
    """What the words of a class say its members do to the gene; "" where they say nothing."""
    what = named["what"].lower()
    if named["anti"] or what in ("monoclonal antibod", "antibod", "mab"):
        return "binds"
    return {"agonist": "activates", "agent": "", "therap": ""}.get(what, "inhibits")


#: "D, G agonists, and": several kinds of drug in a list, not what the first of them is
_OTHER_KIND = re.compile(r"›, (?!the |both |two |all )[^,]*s$")
#: "the G1 inhibitor D1, the G2 inhibitor D2": what a class is said of stands right behind it, not before the comma
_NAMES_NEXT = re.compile(r",? ?\(?‹D")


def _labelled(scene: Scene, match: re.Match[str], relation: str) -> Iterator[Draft]:
    drug = scene.entities[int(match["drug"])]
    if drug.letter != "D" or drug.first.kind == "class" or _OTHER_KIND.search(match[0]):
        return
    if match.start("drug") < match.start("genes") and _NAMES_NEXT.match(scene.masked, match.end()):
        return
    before = match[0][: match.start("genes") - match.start()]
    own = bool(re.search(r"(?:^|[ )])(?:is|was) $| (?:is|was) ", before)) and OWN.search(scene.masked) is not None
    for token in scene.tokens("GM", match.start("genes"), match.end("genes")):
        for gene in genes_of(scene, scene.entity(token[0])):
            yield Draft(
                "target",
                relation,
                "target-label",
                drugs=participants([drug]),
                genes=(gene,),
                no_disease=True,
                certainty=None if own else "background",
                subject="unknown",
            )


#: what only names the cells that carry it ("lowered the number of G+ cells")
_CARRIED = frozenset(("positive", "positivity", "deficient", "deficiency", "carrier", "carriers"))


def _acted(scene: Scene, action: Action) -> Iterator[Draft]:
    drugs = [scene.entity(token) for token in action.drugs]
    if any(d.first.kind == "class" for d in drugs):
        return
    for token in action.genes:
        entity = scene.entity(token)
        if entity.state in _CARRIED:
            continue
        for gene in genes_of(scene, entity):
            yield Draft(
                "target",
                action.relation,
                "target-action",
                polarity="does_not_support" if action.denied else "supports",
                drugs=participants(drugs),
                genes=(gene,),
                variants=tuple(v for v in variants_of(entity) if not _EXPRESSED.search(v.id or "")),
                no_disease=True,
                certainty="background" if action.known else None,
                scope=action.scope,
            )
