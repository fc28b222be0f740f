"""Which state of a study wins, from what its own record says (pure).

NLM links a paper and what corrects it both ways ("RetractionIn" on the paper, "RetractionOf" on the notice;
nlm.nih.gov/bsd/policy/errata.html). An erratum or an expression of concern is no retraction, and the notice of
a retraction is not a retracted paper.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.pubmed_dates import medline_date
from corpus.records import Article, Correction

State = Literal["current", "corrected", "republished", "concern", "retracted"]
Notice = Literal["", "retraction", "concern", "erratum"]

#: RefType on the paper -> state it gives; the first that is found wins.
_STATES: tuple[tuple[State, tuple[str, ...]], ...] = (
    # a retracted and republished paper counts by its new record only
    ("retracted", ("RetractionIn", "RetractedandRepublishedIn")),
    # what is withdrawn of a partly retracted paper only its notice says
    ("concern", ("ExpressionOfConcernIn", "PartialRetractionIn")),
    ("republished", ("RetractedandRepublishedFrom", "CorrectedandRepublishedFrom", "RepublishedFrom")),
    ("corrected", ("ErratumIn", "CorrectedandRepublishedIn")),
)
#: RefType on a notice -> RefType that the study's own record will carry
SAID_OF = {
    "RetractionOf": "RetractionIn",
    "PartialRetractionOf": "PartialRetractionIn",
    "ExpressionOfConcernFor": "ExpressionOfConcernIn",
    "ErratumFor": "ErratumIn",
    "RetractedandRepublishedFrom": "RetractedandRepublishedIn",
    "CorrectedandRepublishedFrom": "CorrectedandRepublishedIn",
}
_NOTICES: tuple[tuple[Notice, str, str], ...] = (
    ("retraction", "D016440", "RetractionOf"),
    ("concern", "D000075742", "ExpressionOfConcernFor"),
    ("erratum", "D016425", "ErratumFor"),
)
_RETRACTED_PUBLICATION = "D016441"
_CORRECTED_AND_REPUBLISHED = "D016439"
#: "WITHDRAWN: ..." is how Cochrane and journals mark a withdrawn paper, "RETRACTED: ..." how publishers retitle one;
#: "Withdrawn patients ..." begins a title like any other.
_WITHDRAWN_TITLE = re.compile(
    r"\[?(?:WITHDRAWN\b|(?:Withdrawn|RETRACTED|Retracted)(?: (?:ARTICLE|Article|article))?\s*:)"
)
_CITED_DATE = re.compile(r"\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?\b")


@dataclass(frozen=True, slots=True)
class StudyState:
    """What may be made of a study's findings."""

    state: State = "current"
    #: record that announces the state; None where the paper names none
    notice_pmid: int | None = None
    #: ISO date of that announcement with its precision, "" if unknown
    date: str = ""
    #: what kind of notice the record itself is; a notice reports no study
    notice: Notice = ""


def study_state(
    article: Article, held: Mapping[int, Article] | None = None, notices: Sequence[tuple[str, int]] = ()
) -> StudyState:
    """The state of the study that the article reports.

    held gives dates of notices that are held, by PMID; notices are what other records say of this one, as (RefType on
    the notice, its PMID): a notice often comes nights before the study's own record says so.
    """
    notice = _notice(article)
    if notice == "retraction":
        return StudyState(notice=notice)
    links = [*article.corrections, *(Correction(SAID_OF[kind], "", pmid) for kind, pmid in notices)]
    for state, kinds in _STATES:
        linked = [x for x in links if x.kind in kinds]
        if linked or _says(article, state):
            source = _best(linked)
            return StudyState(state, source.pmid if source else None, _date(source, held or {}), notice)
    return StudyState(notice=notice)


def _notice(article: Article) -> Notice:
    types = {x.ui for x in article.publication_types}
    kinds = {x.kind for x in article.corrections}
    for notice, publication_type, kind in _NOTICES:
        if publication_type in types or kind in kinds:
            return notice
    return ""


def _says(article: Article, state: State) -> bool:
    """True where publication type or title state what no link does."""
    types = {x.ui for x in article.publication_types}
    if state == "retracted":
        return _RETRACTED_PUBLICATION in types or _WITHDRAWN_TITLE.match(article.title) is not None
    return state == "republished" and _CORRECTED_AND_REPUBLISHED in types


def _best(linked: list[Correction]) -> Correction | None:
    """The first link with a PMID, else the first."""
    return next((x for x in linked if x.pmid is not None), linked[0] if linked else None)


def _date(source: Correction | None, held: Mapping[int, Article]) -> str:
    """The notice's own date, else the one in its citation."""
    if source is None:
        return ""
    notice = held.get(source.pmid) if source.pmid is not None else None
    if notice is not None:
        printed = notice.publication_date.iso if notice.publication_date else ""
        return max(printed, notice.electronic_date, key=len)
    cited = _CITED_DATE.search(source.source)
    return medline_date(cited[0]).iso if cited else ""
