"""The finding that an outcome makes: of the therapy alone, or in the patients that a marker defines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from miner.findings import Participant
from miner.relating.clauses import REGARDLESS, populations
from miner.relating.draft import Draft
from miner.relating.scene import Entity, Scene, genes_of, merged, participants, variants_of
from miner.roles import Group

#: "increased ‹M›" behind a verb of the therapy: what the therapy did to a gene, not whom it was given to
_READ_OUT = re.compile(
    r"(?:increas|decreas|reduc|lower|elevat|up-?regulat|down-?regulat|enhanc|restor)(?:e[sd]|s)\b", re.I
)
_OF_PATIENTS = re.compile(
    r"\b(?:with|having|had|have|has|of|in|harbou?ring|showing|whose|among|the|an?)(?: [\w-]+)? $", re.IGNORECASE
)
_OR_THERAPY = re.compile(r"(?: \w+)? (?:or|and) (?:\w+ )?‹D\d+›")
#: a gene whose change drives the disease
_DRIVEN = re.compile(
    r"[ -](?:driven|addicted|positive|mutant|mutated|rearranged|amplified)\b (?:[\w-]+ ){0,3}(?:‹S\d+›|tumou?rs?"
    r"|cancers?)"
)


@dataclass(frozen=True, slots=True)
class Arms:
    """Who was given what, and compared with what."""

    drugs: tuple[Participant, ...]
    comparators: tuple[Participant, ...] = ()
    prior: tuple[Participant, ...] = ()


def selected(scene: Scene, until: int | None = None) -> list[list[Entity]]:
    """The markers that define who was treated, up to a place; empty where none does."""
    found = []
    for marker in populations(scene, 0, len(scene.masked) if until is None else until):
        kept = [e for e in marker if not _read_out(scene, e) and not _alternative(scene, e)]
        if kept:
            found.append(kept)
    if found:
        return found
    return [[scene.entity(t[0])] for t in scene.tokens("G", 0, until) if _DRIVEN.match(scene.masked[t.end() :])]


def _read_out(scene: Scene, entity: Entity) -> bool:
    """Whether the state of the marker is a verb that the therapy is the subject of."""
    said = [m.text for m in entity.mentions if m.type == "variant"]
    place = next((t for t in scene.tokens("M") if scene.entity(t[0]) is entity), None)
    if place is None or not any(_READ_OUT.match(text) for text in said):
        return False
    return not _OF_PATIENTS.search(scene.masked[: place.start()])


def _alternative(scene: Scene, entity: Entity) -> bool:
    """Whether the marker stands in one list with a therapy: another thing that was done."""
    place = next((t for t in scene.tokens("M") if scene.entity(t[0]) is entity), None)
    return place is not None and bool(_OR_THERAPY.match(scene.masked[place.end() :]))


def outcome_drafts(
    scene: Scene, relation: str, arms: Arms, markers: list[list[Entity]], until: int | None, method: str = "outcome"
) -> Iterator[Draft]:
    """One draft a marker, or one without any.

    A benefit in a population that a marker defines is a sensitivity; a negative result there keeps its genes (guide
    rule 5).
    """
    drugs, comparators, prior = arms.drugs, arms.comparators, arms.prior
    if not markers:
        yield Draft("efficacy", relation, method, drugs=drugs, comparators=comparators, prior=prior, until=until)
    for marker in markers:
        yield Draft(
            "predictive" if relation == "benefit" else "efficacy",
            "sensitivity" if relation == "benefit" else relation,
            "outcome-in-marker",
            drugs=drugs,
            genes=merged([genes_of(scene, e) for e in marker]),
            variants=merged([variants_of(e) for e in marker]),
            comparators=comparators,
            prior=prior,
        )


def regardless_drafts(scene: Scene, subjects: list[Group], arms: Arms) -> Iterator[Draft]:
    """A benefit that the sentence says to hold whatever the marker (guide rule 5)."""
    found = REGARDLESS.search(scene.masked)
    if found is None:
        return
    for token in scene.tokens("MG", found.start(1), found.end(1)):
        entity = scene.entity(token[0])
        genes, variants = genes_of(scene, entity), variants_of(entity)
        for group in subjects:
            if variants:
                yield Draft(
                    "predictive",
                    "no_effect",
                    "regardless",
                    drugs=participants([e for e in group.entities if e.letter == "D"]),
                    genes=genes,
                    variants=variants,
                    comparators=arms.comparators,
                    prior=arms.prior,
                )
