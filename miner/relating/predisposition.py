"""Markers tied to getting a disease by the words between (guide rule 10), beside the set phrases of association.py.

The risk is found first ("risk of S", "S susceptibility", "predisposes carriers to S"), then the marker in front of it
and the tie between them (miner/relating/links.py). A risk without a direction gives nothing, a susceptibility does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from miner.findings import Participant
from miner.relating.clauses import Clause, clauses
from miner.relating.draft import Draft
from miner.relating.links import Link, read_link
from miner.relating.markers import OTHER_THING, is_acted_on, stands_for_itself
from miner.relating.predictive import markers_at
from miner.relating.prognosis import GENOTYPED, NOT_KEPT
from miner.relating.scene import Scene, genes_of, merged, variants_of
from miner.wording import Wording

_SITE = (
    r"(?:an? |the |of |genetic |developing |development of |having |early-onset |sporadic |familial |overall |in "
    r"|hereditary |susceptibility to |advanced |incident |both |dominantly inherited |lifetime )*"
)
_RISK = Wording(
    rf"\b(?:(?P<prone>susceptibility|predisposition)|risks?|odds|incidence|likelihood) (?:of|for|to) {_SITE}"
    r"(?P<behind>‹S\d+›)"
    r"|(?P<front>‹S\d+›) (?:(?P<prone2>susceptibility|predisposition)|risk|incidence)\b(?! factors?)"
    rf"|\b(?P<verb>predispos(?:es|ed|e|ing)) (?:(?:their |the )?(?:carriers|individuals|patients|people|women"
    rf"|men) )?to "
    rf"{_SITE}(?P<got>‹S\d+›)"
)
#: the risk is that of a treated group, of an adverse event, or of a course
_NOT_GETTING = Wording(
    r"\b(?:undergoing|treated with|receiving|taking|users? of|on|after|following) (?:\w+ ){0,2}‹D\d+›"
    r"|‹D\d+›[- ](?:treated|users?|induced)|\bpost-?operative|\bcomplications?\b"
)
#: the risk is that of a therapy's harm, not of getting the disease
TREATED = re.compile(
    r"^,? (?:after|following|during|when|upon) (?:receiving|treatment|taking|therapy|the|exposure|‹D)", re.IGNORECASE
)
#: what patients get, not the healthy
_EVENT = Wording(
    r"death|mortality|metasta|progression|recurrence|relapse|bleeding|toxicity|resistance|complication|infarction\Z"
)
#: "a protective factor for the risk of S"
_PROTECTS = re.compile(
    r"\bprotective (?:[\w-]+ )?(?:factors?|roles?|effects?|alleles?|genotypes?"
    r"|variants?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Risk:
    """A risk in a clause: its disease; prone: the word itself says that it is raised."""

    start: int
    end: int
    disease: str
    prone: bool
    verb: bool


def relate_risks(scene: Scene) -> Iterator[Draft]:
    """Raised, lowered or unchanged risk of a disease."""
    if "‹S" not in scene.masked or not re.search("‹[MG]", scene.masked) or _NOT_GETTING.search(scene.masked):
        return
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        for match in _RISK.finditer(text):
            disease = match["behind"] or match["front"] or match["got"]
            if _EVENT.search(scene.entity(disease).first.text):
                continue
            prone = bool(match["prone"] or match["prone2"])
            risk = _Risk(match.start(), match.end(), disease, prone, bool(match["verb"]))
            yield from _read(scene, clause, text, risk)


def _read(scene: Scene, clause: Clause, text: str, risk: _Risk) -> Iterator[Draft]:
    tokens = scene.tokens("MG", clause.start, clause.start + risk.start)
    if not tokens or NOT_KEPT.search(text[risk.end :]) or TREATED.match(text[risk.end :]):
        return
    token = tokens[-1]
    between = text[token.end() - clause.start : risk.start]
    if not stands_for_itself(scene, clause.start, token) or is_acted_on(
        scene, clause, token, clause.start + risk.start
    ):
        return
    if OTHER_THING.match(between):
        return
    if not variants_of(scene.entity(token[0])) and GENOTYPED.search(text[: risk.start]):
        return
    link = _subject(between) if risk.verb else read_link(between)
    if link is not None and _PROTECTS.search(between):
        link = replace(link, sign=-1, graded=True)
    relation = _relation(risk, link) if link is not None and link.verb else ""
    if not relation:
        return
    mention = scene.entity(risk.disease).first
    for markers in markers_at(scene, clause, token.start()):
        genes, variants = merged([genes_of(scene, e) for e in markers]), merged([variants_of(e) for e in markers])
        if genes or variants:
            yield Draft(
                "predisposing",
                relation,
                f"predisposing-{relation}",
                genes=genes,
                variants=variants,
                disease=Participant(mention.concept_id, mention.name or mention.text),
                scope=(clause.start, clause.end),
            )


def _relation(risk: _Risk, link: Link) -> str:
    if link.denied:
        return "no_effect"
    if not (link.graded or risk.verb or (risk.prone and not link.bare)):
        return ""
    return "increased_risk" if link.sign > 0 else "decreased_risk"


def _subject(between: str) -> Link | None:
    """The marker is the subject of "predisposes"."""
    said = re.fullmatch(
        r"(?:[- ](?:gene|mutations?|variants?|alleles?|carriers?|polymorphisms?|deficiency|loss|germline|that|which"
        r"|can|may"
        r"|might|strongly|also|significantly|(?:in|of) (?:[\w-]+ ){0,2}‹S\d+›|\w+ly))* ",
        re.sub(r" ?\([^()]*\)", "", between),
        re.IGNORECASE,
    )
    return Link(1) if said else None
