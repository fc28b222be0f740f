"""Answers as text for people: each claim with its studies for and against, their sentences and the closing line."""

from collections.abc import Iterator, Sequence

from queries.answers import CLOSING, ClaimEvidence, EvidenceAnswer, StudyEvidence


def evidence_lines(answer: EvidenceAnswer, *, studies: int = 5) -> Iterator[str]:
    """The claims side by side; at most `studies` studies a side, what is left out is counted aloud."""
    for claim in answer.claims:
        yield from claim_lines(claim, studies=studies)
        yield ""
    if not answer.claims:
        yield "No evidence in this corpus. That may be a gap, or our miss: `theragraph gaps` tells which."
    if answer.omitted:
        yield f"{answer.omitted} more claims; ask for more with --limit."
    yield f"Release {answer.release or 'none'}. {CLOSING[0].upper()}{CLOSING[1:]}."


def claim_lines(claim: ClaimEvidence, *, studies: int = 5) -> Iterator[str]:
    """One claim: the statement, its counts, then what is for, against and beside it."""
    conflict = "" if claim.conflict_index is None else f", conflict index {claim.conflict_index}"
    level = f", best level {claim.best_level}" if claim.best_level else ""
    yield f"{claim.statement}  [{claim.support_count} for, {claim.contradict_count} against{conflict}{level}]"
    yield from _side("for", claim.supporting, studies)
    yield from _side("against", claim.contradicting, studies)
    yield from _side("review", claim.synthesis, studies)
    yield from _side("review against", claim.synthesis_against, studies)
    yield from _side("considered", claim.considered, studies)
    yield from _side("not counted", claim.uncounted, studies)


def _side(name: str, evidence: Sequence[StudyEvidence], most: int) -> Iterator[str]:
    for item in evidence[:most]:
        yield f"  {name}: {study_line(item)}"
        yield from (f'      "{sentence}"' for sentence in item.sentences)
    if len(evidence) > most:
        yield f"  {name}: {len(evidence) - most} more"


def study_line(item: StudyEvidence) -> str:
    """PMID, year, design, level, certainty where it is not asserted, and a warning on the study's state."""
    parts = [item.study_id, str(item.year or "year unknown"), item.design]
    parts += [f"level {item.level}"] if item.level else []
    parts += [item.certainty] if item.certainty != "asserted" else []
    parts += [item.badge] if item.badge else []
    return ", ".join(parts)
