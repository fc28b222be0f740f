"""Clauses of a masked sentence, and the populations that a marker defines in them."""

import re
from dataclasses import dataclass

from miner.relating.scene import Entity, Scene

_BREAK = re.compile(
    r";\s*(?:and |but |however,? )?|,? (?:but(?! not (?!only\b))|whereas|although|though|yet"
    r"|while(?! receiving| on))(?: also)? |, and also |, and (?=(?:was|is|were|had|has|did) )"
)
#: a marker that defines the patients or cells a therapy was given to
_POPULATION_BEFORE = re.compile(
    r"\b(?:in|with|with an?|harbou?r(?:ing|ed|s)?|carry(?:ing)?|for|of|among|against|having|bear(?:ing|s)|who "
    r"(?:have|had)|whose|"
    r"positive for|by|expressing|to|refractory|advanced|metastatic|previously treated|treated|resistant|and|or|when|"
    r"patients|women|cells|tumou?rs|such as|high number of copies of|a|an|isolated|undescribed)"
    r"(?:[ ,]+(?:the|a|an|patients?|advanced|metastatic|of|with|previously|treated|in|both|either|common|locally"
    r"|recurrent|"
    r"refractory|stage|and|or|classic|activating|somatic|germline|brain|first-line|relapsed|pretreated|isolated|pure|"
    r"tumou?rs?|disease|women|high|low|elevated|IV|III|cell lines?|‹S\d+›|‹M\d+›))*[ ,-]*$|^$",
    re.IGNORECASE,
)
_POPULATION_AFTER = re.compile(
    r"^(?:[- ](?:positive|negative|mutant|mutated|driven|altered|amplified|rearranged))? (?:patients|tumou?rs?"
    r"|cells|disease|cancers?|‹S\d+›)",
    re.IGNORECASE,
)
_NO_POPULATION_BEFORE = re.compile(
    r"\b(?:without|regardless of|irrespective of|independent(?:ly)? of|unselected for|no|not|anti-?|lacking"
    r"|absence of|negative for|(?:reductions?|decreases?|increases?|elevations?|down-?regulation|up-?regulation"
    r"|changes?"
    r"|alterations?|induction|reversal|restoration) (?:of|in)|effect of|resulting in|leading to|expression of"
    r"|(?:shRNA|siRNA|sgRNA|antisense|vectors?|blockade|inhibition|knockdown|targeting)(?: \w+){0,2})"
    r"(?:[ ,]+(?:the|any|‹[MG]\d+›|or|and|expression|status|known))*[ -]*$|\banti-$",
    re.IGNORECASE,
)
#: "inhibited Ki67, STAT3 and ‹M1›": a read-out of the treatment, not its population
_READ_OUT_BEFORE = re.compile(
    r"\b(?:inhibit|suppress|reduc|decreas|induc|increas|down-?regulat|up-?regulat|attenuat|block|lower|elevat)"
    r"(?:ed|ing|es|s) (?:(?!in |with |of |for |among |to )[\w‹›-]+,? ){0,6}$",
    re.IGNORECASE,
)
_NO_POPULATION_AFTER = re.compile(
    r"^[- ](?:(?:positive|expressing|immunoreactive) )?(?:(?:[\w/-]+ )?(?:inter-?neurons?|neurons?|astrocytes?"
    r"|microglia\w*"
    r"|osteoclasts?|fibroblasts?|macrophages?|neutrophils?|lymphocytes?|monocytes?))\b"
    r"|^[- ](?:unselected|antibod|inhibit|directed|targeted|targeting|negative controls|testing|blockade)",
    re.I,
)
REGARDLESS = re.compile(
    r"\b(?:regardless|irrespective|independent(?:ly)?) of (?:the |their )?((?:[\w+/-]+ "
    r"){0,3}(?:‹[MG]\d+›[^‹.;]{0,25})+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence, half-open in the masked text."""

    start: int
    end: int


def clauses(scene: Scene) -> tuple[Clause, ...]:
    """The clauses in order; brackets never break one."""
    found, start, depth = [], 0, 0
    marks = [0] * (len(scene.masked) + 1)
    for index, letter in enumerate(scene.masked):
        depth += (letter == "(") - (letter == ")")
        marks[index] = depth
    for match in _BREAK.finditer(scene.masked):
        if marks[match.start()] <= 0:
            found.append(Clause(start, match.start()))
            start = match.end()
    found.append(Clause(start, len(scene.masked)))
    return tuple(c for c in found if c.end > c.start)


def populations(scene: Scene, start: int, end: int) -> list[list[Entity]]:
    """Markers that define the population, as alternatives; markers of one list share no entry."""
    found: list[list[Entity]] = []
    last_end = -1
    for token in scene.tokens("M", start, end):
        before, after = scene.masked[start : token.start()], scene.masked[token.end() :]
        if _NO_POPULATION_BEFORE.search(before) or _NO_POPULATION_AFTER.match(after) or _READ_OUT_BEFORE.search(before):
            continue
        entity = scene.entity(token[0])
        if any(m.negated for m in entity.mentions) and entity.state not in ("negative",):
            continue
        listed = last_end >= 0 and re.fullmatch(r",? ?(?:and|or|,)? ?", scene.masked[last_end : token.start()])
        if not listed and not _POPULATION_BEFORE.search(before) and not _POPULATION_AFTER.match(after):
            continue
        gene = {g for m in entity.mentions for g in ((m.concept_id,) if m.type == "gene" else m.gene_ids)}
        earlier = (
            {g for e in found[-1] for m in e.mentions for g in ((m.concept_id,) if m.type == "gene" else m.gene_ids)}
            if found
            else set()
        )
        if listed and found and (not gene or gene & earlier):
            found[-1].append(entity)
        else:
            found.append([entity])
        last_end = token.end()
    return found
