"""From one study (article, state, mined results, judgements) to its rows, its contributions to claims, its concepts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.identifiers import study_curie, trial_ids
from corpus.records import Article
from graph.claims import Contribution
from graph.evidence import EVERYTHING, EvidenceRows, Report, Thresholds, study_evidence
from graph.rows import NodeRow, RelationRow, Row, present
from graph.vocabulary import Names
from miner.decisions import Judgement
from miner.findings import Design, MinedArticle

_AUTHORS = 10

#: RefType -> (relation, the record that states it is the relation's start); NLM's list of RefTypes,
#: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html#commentscorrectionslist
_LINKS = {
    "RetractionIn": ("RETRACTED_BY", True),
    "RetractionOf": ("RETRACTED_BY", False),
    "ErratumIn": ("CORRECTED_BY", True),
    "ErratumFor": ("CORRECTED_BY", False),
    "ExpressionOfConcernIn": ("CORRECTED_BY", True),
    "ExpressionOfConcernFor": ("CORRECTED_BY", False),
    "CorrectedandRepublishedIn": ("REPUBLISHED_AS", True),
    "CorrectedandRepublishedFrom": ("REPUBLISHED_AS", False),
    "RetractedandRepublishedIn": ("REPUBLISHED_AS", True),
    "RetractedandRepublishedFrom": ("REPUBLISHED_AS", False),
    "RepublishedIn": ("REPUBLISHED_AS", True),
    "RepublishedFrom": ("REPUBLISHED_AS", False),
    "CommentIn": ("COMMENTED_BY", True),
    "CommentOn": ("COMMENTED_BY", False),
}


@dataclass(frozen=True, slots=True)
class StudyState:
    """What notices and reviewers say about a study, resolved."""

    status: Literal["current", "corrected", "republished", "concern", "retracted"] = "current"
    #: ISO, "" where unknown
    status_date: str = ""
    notice_pmid: int | None = None
    screening: Literal["none", "included", "excluded"] = "none"


@dataclass(frozen=True, slots=True)
class StudyRows:
    """Everything that follows from one study alone."""

    pmid: int
    rows: tuple[Row, ...]
    contributions: tuple[Contribution, ...] = ()
    #: id -> (name, gene ids) of the variants the study names, and every other concept id with ("", ())
    uses: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    #: (type, start PMID, end PMID): become relations when both studies are held
    links: tuple[tuple[str, int, int], ...] = ()
    finding_ids: tuple[str, ...] = ()
    #: what did not become rows, by reason
    dropped: Mapping[str, int] = field(default_factory=dict)


def assemble_study(
    article: Article,
    state: StudyState,
    mined: MinedArticle | None,
    names: Names,
    judgements: Mapping[str, Judgement] | None = None,
    thresholds: Thresholds = EVERYTHING,
) -> StudyRows:
    """The study's rows; mined results of another text than the article's are ignored and counted as stale."""
    dropped: Counter[str] = Counter()
    if mined is None or mined.text_digest != article.text_digest:
        dropped["stale study" if mined else "unmined study"] += 1
        mined = MinedArticle(str(article.pmid), article.text_digest)
    study = study_row(article, state, mined.design)
    report = Report(article, study_key(article), study_year(article), mined.design.design, state.status)
    evidence = study_evidence(report, mined, names, judgements or {}, thresholds)
    mentions = list(_mention_rows(article, mined, names, dropped))
    dropped.update(evidence.dropped)
    return StudyRows(
        article.pmid,
        (study, *evidence.rows, *mentions),
        evidence.contributions,
        _uses(evidence, mentions, mined, names),
        study_links(article),
        tuple(finding.id for finding in mined.findings),
        dropped,
    )


def study_key(article: Article) -> str:
    """What is counted as one study: registry id of the record, else the only one of its abstract, else the PMID."""
    if article.registry_ids:
        return article.registry_ids[0]
    named = trial_ids(article.abstract)
    return named[0] if len(named) == 1 else study_curie(article.pmid)


def study_row(article: Article, state: StudyState, design: Design) -> NodeRow:
    """The Study node."""
    date = article.publication_date
    iso = (date.iso if date else "") or article.electronic_date
    return NodeRow(
        "Study",
        study_curie(article.pmid),
        present(
            studyKey=study_key(article),
            title=article.title or "(no title)",
            journal=article.journal.abbreviation or article.journal.title,
            year=study_year(article),
            date=iso,
            datePrecision=date.precision if date else "day" if iso else None,
            volume=article.volume,
            issue=article.issue,
            pages=article.pages,
            authors=[author.name for author in article.authors[:_AUTHORS]],
            doi=article.doi,
            pmcid=article.pmcid,
            design=design.design,
            designSource=design.source,
            phase=design.phase,
            sampleSize=design.sample_size,
            trialIds=list(dict.fromkeys((*article.registry_ids, *design.trial_ids))),
            publicationTypes=[term.name for term in article.publication_types],
            language=article.languages[0] if article.languages else None,
            status=state.status,
            statusDate=state.status_date,
            noticePmid=str(state.notice_pmid) if state.notice_pmid else None,
            screening=state.screening,
            url=f"https://pubmed.ncbi.nlm.nih.gov/{article.pmid}/",
            contentHash=article.text_digest,
        ),
    )


def study_year(article: Article) -> int | None:
    """Year of the journal issue, else of the electronic publication."""
    if article.publication_date and article.publication_date.year:
        return article.publication_date.year
    return int(article.electronic_date[:4]) if article.electronic_date[:4].isdigit() else None


def study_links(article: Article) -> tuple[tuple[str, int, int], ...]:
    """What the record says about other records, as (type, start PMID, end PMID), each once."""
    found: dict[tuple[str, int, int], None] = {}
    for correction in article.corrections:
        if correction.kind in _LINKS and correction.pmid and correction.pmid != article.pmid:
            type_, forward = _LINKS[correction.kind]
            pair = (article.pmid, correction.pmid) if forward else (correction.pmid, article.pmid)
            found[(type_, *pair)] = None
    return tuple(found)


def _mention_rows(article: Article, mined: MinedArticle, names: Names, dropped: Counter[str]) -> Iterable[RelationRow]:
    title_end = article.passages[0].end if article.passages else len(article.title)
    counts: Counter[tuple[str, str]] = Counter()
    in_title: set[tuple[str, str]] = set()
    for mention in mined.mentions:
        if mention.concept_id is None:
            dropped["unlinked mention"] += 1
            continue
        place = names.place(mention.concept_id, mention.type)
        if place is None:
            dropped["mention of an unknown concept"] += 1
            continue
        counts[place] += 1
        if mention.start < title_end:
            in_title.add(place)
    study = study_curie(article.pmid)
    for (label, concept_id), count in counts.items():
        values = {"count": count, "inTitle": (label, concept_id) in in_title}
        yield RelationRow("MENTIONS", "Study", study, label, concept_id, values)


def _uses(
    evidence: EvidenceRows, mentions: Iterable[RelationRow], mined: MinedArticle, names: Names
) -> dict[str, tuple[str, tuple[str, ...]]]:
    ids = {row.end for row in mentions} | evidence.concept_ids
    uses: dict[str, tuple[str, tuple[str, ...]]] = dict.fromkeys(sorted(ids), ("", ()))
    said = {p.id: p.name for finding in mined.findings for p in finding.variants if p.id}
    genes: dict[str, set[str]] = {}
    for mention in mined.mentions:
        if mention.type == "variant" and mention.concept_id:
            said[mention.concept_id] = min(said.get(mention.concept_id, mention.name), mention.name)
            genes.setdefault(mention.concept_id, set()).update(mention.gene_ids)
    for variant in [i for i in uses if names.is_variant(i)]:
        linked = sorted({g for raw in (*names.genes_in(variant), *genes.get(variant, ())) if (g := names.gene(raw))})
        uses[variant] = (said.get(variant, variant), tuple(linked))
        uses.update({gene: ("", ()) for gene in linked if gene not in uses})
    return uses
