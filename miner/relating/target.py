"""What a drug does to a gene product: inhibits, activates, binds (guide rule 9)."""

import re
from collections.abc import Iterator

from miner.assertion import OWN, negated
from miner.findings import Participant
from miner.relating.draft import Draft
from miner.relating.scene import Scene, genes_of, participants, variants_of

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
        re.compile(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also "
            rf")?{_KIND}{_G}[- ](?:specific |selective |dual )?{_INHIBITOR}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "inhibits",
        re.compile(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also )?{_KIND}(?:dual "
            rf")?{_INHIBITOR} (?:of|against|for)(?: both)?(?: the)? {_G}",
            re.IGNORECASE,
        ),
    ),
    (
        "inhibits",
        re.compile(
            rf"(?:the|an?|and|with|by|selective|specific|potent|novel) {_G}[- ](?:specific |selective "
            rf")?{_INHIBITOR},? ?\(?‹D(?P<drug>\d+)›",
            re.IGNORECASE,
        ),
    ),
    (
        "binds",
        re.compile(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}(?:antibody|mAb)(?: "
            rf"\w+)? (?:targeting|against|directed against|that targets|that binds|to|binding)(?: to)?(?: "
            rf"the)? {_G}",
            re.IGNORECASE,
        ),
    ),
    (
        "binds",
        re.compile(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}anti-{_G}", re.IGNORECASE
        ),
    ),
    (
        "activates",
        re.compile(
            rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was )(?:also )?{_KIND}{_G}[- ](?:receptor "
            rf")?(?:agonist|activator)s?\b",
            re.IGNORECASE,
        ),
    ),
)
_OBJECT = (
    r"(?: the| its)?(?: (?:expression|activity|activation|phosphorylation|levels?|protein|mRNA|transcription"
    r"|inflammasome activation|gene expression|kinase activity|protein levels|mRNA levels|signaling)(?: of)?(?: "
    r"the)?| and| kinase| mutant| protein| total| phosphorylated){0,4} "
)
_VERBS = (
    (
        "inhibits",
        r"(?:inhibit(?:s|ed)|block(?:s|ed)|suppress(?:es|ed)|antagoni[sz](?:es|ed)|down-?regulat(?:es|ed)"
        r"|abolish(?:es|ed)|degrad(?:es|ed)|"
        r"had inhibitory activity against|inhibitory activity against|decreas(?:es|ed) the (?:expression|activity"
        r"|phosphorylation|levels?) of|reduc(?:es|ed) the (?:expression|activity|phosphorylation|levels?) of)",
    ),
    (
        "activates",
        r"(?:activat(?:es|ed)|up-?regulat(?:es|ed)|stimulat(?:es|ed)|agoni[sz](?:es|ed)|induc(?:es|ed) the "
        r"(?:expression|activity|activation) of|increas(?:es|ed) the (?:expression|activity|phosphorylation"
        r"|levels?) of)",
    ),
    ("binds", r"(?:bind(?:s)?(?: directly)?(?: to)?|bound to|target(?:s|ed) (?:directly )?)"),
)
_ACTION = tuple(
    (
        relation,
        re.compile(
            rf"‹D(?P<drug>\d+)›(?: ?\([^()]*\))?(?: (?:treatment|therapy|alone|administration|exposure|also"
            rf"|significantly|directly|markedly|potently|selectively|specifically|strongly|effectively"
            rf"|dose-dependently|irreversibly|competitively|did not|does not|could|can|may|remarkably|that|which"
            rf"|not|signaling|and)){{0,4}} {verb}{_OBJECT}{_G}(?P<after>[- ]\w+)?",
            re.IGNORECASE,
        ),
    )
    for relation, verb in _VERBS
)
#: the state of a gene that the drug brings about is the effect, not a participant
_EXPRESSED = re.compile(r":(?:expression|overexpression|low-expression|silencing)$")
#: "inhibited G-induced migration", "inhibited the G-G signalling pathway": the object is not the gene product
_NOT_OBJECT = re.compile(
    r"^[- ](?:induced|promoted|enhanced|triggered|evoked|regulated|mediated|dependent|driven|positive|negative"
    r"|mutant|expressing|deficient|related|stimulated"
    r"|overexpressing|inhibitor|"
    r"knockdown|siRNA|promoter|release|secretion|production)"
    r"|^(?:[-/\u2010\u2011](?:‹G\d+›|[\w\u03b1-\u03c9-]+))* ?(?:signall?ing )?(?:pathways?|ax[ie]s|cascades?)\b",
    re.IGNORECASE,
)


def relate_targets(scene: Scene) -> Iterator[Draft]:
    """Labels ("D, a G inhibitor": background) and observed actions ("D inhibited G")."""
    yield from _class_labels(scene)
    if "‹G" not in scene.masked and "‹M" not in scene.masked:
        return
    for relation, pattern in _LABEL:
        for match in pattern.finditer(scene.masked):
            if not _NOT_OBJECT.match(scene.masked[match.end() :]):
                yield from _drafts(scene, match, relation, "target-label", label=True)
    for relation, pattern in _ACTION:
        for match in pattern.finditer(scene.masked):
            if _NOT_OBJECT.match(scene.masked[match.end("genes") :]):
                continue
            if re.search(r"-(?:induced|mediated|stimulated|dependent)\b", match[0]):
                continue
            yield from _drafts(scene, match, relation, "target-action", label=False)


_CLASS_LABEL = re.compile(
    rf"‹D(?P<drug>\d+)› ?(?:\([^()]*\))?(?:,? ?\(|, | is | are | was |, as )(?:also )?{_KIND}‹D(?P<label>\d+)›",
    re.IGNORECASE,
)
_CLASS_NAME = re.compile(
    r"(?P<anti>anti-)?(?P<gene>[\w/.-]+?)[ -](?:selective |receptor )?(?:tyrosine )?(?:kinase )?(?P<what>inhibitor"
    r"|antagonist|blocker|degrader|agonist|antibody|monoclonal antibody)s?",
    re.IGNORECASE,
)
_CLASS_RELATION = {"agonist": "activates", "antibody": "binds", "monoclonal antibody": "binds"}


def _class_labels(scene: Scene) -> Iterator[Draft]:
    """ "D, an EGFR inhibitor" where the class is one mention: the gene is read off the class's own words."""
    for match in _CLASS_LABEL.finditer(scene.masked):
        drug, label = scene.entities[int(match["drug"])], scene.entities[int(match["label"])]
        named = _CLASS_NAME.fullmatch(label.first.text)
        gene = scene.around.genes_by_text.get(named["gene"].lower()) if named else None
        if named is None or gene is None or drug.first.kind == "class" or label.first.kind != "class":
            continue
        yield Draft(
            "target",
            _CLASS_RELATION.get(named["what"].lower(), "inhibits"),
            "target-label",
            drugs=participants([drug]),
            genes=(Participant(gene.concept_id, gene.name or gene.text),),
            no_disease=True,
            certainty="background",
            subject="unknown",
        )


def _drafts(scene: Scene, match: re.Match[str], relation: str, method: str, *, label: bool) -> Iterator[Draft]:
    drug = scene.entities[int(match["drug"])]
    if drug.letter != "D" or drug.first.kind == "class":
        return
    before = match[0][: match.start("genes") - match.start()]
    own = (
        label
        and bool(re.search(r"(?:^|[ )])(?:is|was) $| (?:is|was) ", before))
        and OWN.search(scene.masked) is not None
    )
    denied = not label and (negated(before) or " not " in before)
    for token in scene.tokens("GM", match.start("genes"), match.end("genes")):
        entity = scene.entity(token[0])
        variants = () if label else tuple(v for v in variants_of(entity) if not _EXPRESSED.search(v.id or ""))
        for gene in genes_of(scene, entity):
            yield Draft(
                "target",
                relation,
                method,
                polarity="does_not_support" if denied else "supports",
                drugs=participants([drug]),
                genes=(gene,),
                variants=variants,
                no_disease=True,
                certainty="background" if label and not own else None,
                subject="unknown" if label else None,
            )
