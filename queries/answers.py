"""Typed answer rows: what leaves the queries package for a table, a file, a notebook or a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "CLOSING",
    "AxisItem",
    "ClaimEvidence",
    "EvidenceAnswer",
    "GapCell",
    "GapMap",
    "QueryAnswer",
    "StudyEvidence",
    "Thresholds",
    "UnnamedBarrier",
]

#: ends every output for people (definitions: Wording)
CLOSING = (
    "machine-suggested, from abstracts only, not for clinical decisions; "
    "courtesy of the U.S. National Library of Medicine"
)

CellState = Literal["evidence", "thin", "unread", "none"]


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The rows of one question of the library."""

    query: str
    question: str
    #: every parameter with the value that was bound, names of concepts already turned into ids
    parameters: tuple[tuple[str, Any], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    #: there may be more rows: as many came as `limit` allows
    truncated: bool
    #: release the graph answered from, "" before the first load
    release: str

    def records(self) -> Iterator[dict[str, Any]]:
        """Each row as a mapping of column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class StudyEvidence:
    """One piece of evidence on a claim, with its study and its words."""

    evidence_id: str
    #: kind of finding, or challenge
    kind: str
    #: the relation as the study states it ("no_benefit" contradicts the claim of benefit)
    relation: str
    polarity: str
    certainty: str
    subject: str
    #: None where the design or kind has none
    level: str | None
    #: how the level was reached
    level_trace: tuple[str, ...]
    confidence: float
    effect: str | None
    comparators: tuple[str, ...]
    #: in text order
    sentences: tuple[str, ...]
    study_id: str
    study_key: str
    title: str
    journal: str | None
    year: int | None
    design: str
    #: current | corrected | republished | concern | retracted
    status: str
    url: str
    #: id of the opposed claim it supports, where it counts against this claim for that reason
    by_opposition: str | None = None

    @property
    def primary(self) -> bool:
        """Of a primary study, whatever its state."""
        return self.design not in NOT_PRIMARY

    @property
    def counted(self) -> bool:
        """Enters S or C: of a primary study (for a challenge, of any) that still stands."""
        return self.certainty == "asserted" and self.standing and (self.primary or self.kind == "challenge")

    @property
    def standing(self) -> bool:
        """The study is not retracted; a republished report is the new one of its pair and stands."""
        return self.status not in WITHDRAWN

    @property
    def synthesis(self) -> bool:
        """Of a review, meta-analysis or guideline: shown apart, counted apart."""
        return self.design in SYNTHESES

    @property
    def badge(self) -> str:
        """A warning on the study's state for people, "" when there is none."""
        return {
            "retracted": "RETRACTED",
            "republished": "republished",
            "concern": "EXPRESSION OF CONCERN",
            "corrected": "corrected",
        }.get(self.status, "")


#: designs counted apart from primary studies (definitions: For and against)
SYNTHESES = frozenset({"meta-analysis", "systematic review", "review", "guideline"})
#: every design that is no primary study (definitions: Primary study)
NOT_PRIMARY = SYNTHESES | {"protocol", "editorial", "notice"}
#: states that take a study's support away (definitions: State of a study)
WITHDRAWN = frozenset({"retracted"})


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A claim with its studies side by side; nothing is averaged."""

    claim_id: str
    kind: str
    relation: str
    statement: str
    best_level: str | None
    #: several drugs given together
    combination: bool
    #: counted evidence and, with its badge, that of withdrawn studies
    supporting: tuple[StudyEvidence, ...]
    contradicting: tuple[StudyEvidence, ...]
    #: reviews, meta-analyses and guidelines, for or against
    synthesis: tuple[StudyEvidence, ...]
    synthesis_against: tuple[StudyEvidence, ...]
    #: speculative, aim, background; for a challenge: said to be overcome
    considered: tuple[StudyEvidence, ...]
    #: asserted by protocols, notices or editorials: enters no count
    uncounted: tuple[StudyEvidence, ...]
    #: S and C, distinct studyKeys of counted evidence for and against
    support_count: int
    contradict_count: int
    #: distinct studyKeys of both together: a study may speak on both sides
    study_count: int

    @property
    def conflict_index(self) -> float | None:
        """2 min(S, C) / (S + C), None below two studies; print it with S and C."""
        if self.study_count < 2:
            return None
        total = self.support_count + self.contradict_count
        return round(2 * min(self.support_count, self.contradict_count) / total, 3)


@dataclass(frozen=True, slots=True)
class EvidenceAnswer:
    """The claims about what was asked, most studied first."""

    #: (what, id) of each thing asked for: ("therapy", "UNII:..."), also ("search", "lung")
    scope: tuple[tuple[str, str], ...]
    claims: tuple[ClaimEvidence, ...]
    release: str
    #: claims left out because of the limit
    omitted: int = 0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the states and flags of a gap map begin (definitions: Gap)."""

    #: primary studies that make a cell `evidence`
    enough_studies: int = 3
    #: primary studies without a synthesis that raise the flag `synthesis`
    synthesis_studies: int = 5
    #: a synthesis or the newest evidence older than this is old
    recent_years: int = 5


@dataclass(frozen=True, slots=True)
class AxisItem:
    """One row or column of a gap map."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class GapCell:
    """One row and one column of a gap map."""

    row: AxisItem
    column: AxisItem
    state: CellState
    #: distinct studyKeys of counted evidence, for or against
    studies: int
    #: distinct PMIDs of the same
    reports: int
    #: reports that mention both
    comentions: int
    #: best level of the counted evidence
    best_level: str | None
    first_year: int | None
    last_year: int | None
    #: distinct studyKeys of reviews, meta-analyses and guidelines
    synthesis_studies: int
    #: counted studies that speak of a combination only
    combination_studies: int
    #: claims with counted evidence for and against
    contradicted_claims: int
    #: why a cell is thin although something was said: preclinical, synthesis, considered, retracted, uncounted
    badges: tuple[str, ...]
    #: synthesis | stale | unsolved | differs by variant
    flags: tuple[str, ...]
    #: members of the row whose evidence counts in it ("via olaparib")
    via: tuple[str, ...]
    #: PMID CURIEs of counted evidence
    study_ids: tuple[str, ...]
    #: PMID CURIEs that mention both without any evidence
    unread_ids: tuple[str, ...]

    @property
    def gap(self) -> bool:
        """Only thin and none are called gaps."""
        return self.state in ("thin", "none")


@dataclass(frozen=True, slots=True)
class UnnamedBarrier:
    """Studies that raise a challenge without naming a therapy or test."""

    column: AxisItem
    studies: int
    reports: int
    study_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapMap:
    """A gap map over one corpus or search."""

    #: therapy | class | test
    row_kind: str
    #: disease | challenge | gene
    column_kind: str
    rows: tuple[AxisItem, ...]
    columns: tuple[AxisItem, ...]
    #: row by row, in the order of rows and columns
    cells: tuple[GapCell, ...]
    #: the row "no therapy or test named"; empty unless the columns are challenges
    unnamed: tuple[UnnamedBarrier, ...]
    thresholds: Thresholds
    #: filters in force as (name, value), empty when none
    filters: tuple[tuple[str, str], ...]
    #: newest entry date of the corpus, ISO; what `stale` is measured from
    newest: str
    release: str

    def cell(self, row_id: str, column_id: str) -> GapCell:
        """The cell of two ids; raises KeyError."""
        for cell in self.cells:
            if cell.row.id == row_id and cell.column.id == column_id:
                return cell
        raise KeyError((row_id, column_id))
