"""The PRISMA flow of saved searches: their records with what exclusions ask of them, and the numbers as rows."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, get_args

from corpus.corrections import State
from corpus.prisma import Candidate, Exclusion, Flow, Identified, flow
from corpus.records import Article
from corpus.search_changes import Change, search_changes
from corpus.store import CorpusStore
from miner.findings import DESIGNS, MinedArticle
from theragraph.chain import CorpusStudies
from theragraph.exits import UsageFailure
from theragraph.saved_searches import known_search
from theragraph.session import Session

if TYPE_CHECKING:
    from miner.store import FindingStore

COLUMNS = ("box", "what", "records", "pmids")
_PAGE = 500
_SCREENING = {
    "records_screened": "records screened",
    "records_excluded": "records excluded",
    "reports_sought": "reports sought for retrieval",
    "reports_not_retrieved": "reports not retrieved",
    "reports_assessed": "reports assessed for eligibility",
    "reports_excluded": "reports excluded",
    "studies_included": "studies included in review",
    "reports_included": "reports of included studies",
}


@dataclass(frozen=True, slots=True)
class Prisma:
    """The flow, and what changed in the searches since a day."""

    flow: Flow
    #: (search, change); None where no day was given
    changes: tuple[tuple[str, Change], ...] | None
    #: records whose design is not known, where an exclusion asks for it
    unmined: int

    def as_json(self) -> dict[str, Any]:
        """The numbers by box, empty boxes as null."""
        said = asdict(self.flow)
        for name in ("automation", "other_reasons"):
            said[name] = dict(said[name])
        changes = None if self.changes is None else [{"search": name, **asdict(x)} for name, x in self.changes]
        return said | {"changes": changes, "unmined": self.unmined}

    def rows(self) -> list[dict[str, Any]]:
        """One row a box, in PRISMA's order."""
        numbers = self.flow
        rows = [
            _row("identification", f"{x.search}: {x.query} ({x.run_at[:10]})", x.records) for x in numbers.identified
        ]
        rows.append(_row("before screening", "duplicate records removed", numbers.duplicates))
        rows += [_row("before screening", f"removed by automation: {what}", n) for what, n in numbers.automation]
        rows += [_row("before screening", f"removed for other reasons: {what}", n) for what, n in numbers.other_reasons]
        rows.append(_row("before screening", "left to screen", numbers.to_screen))
        for name, what in _SCREENING.items():
            box = "included" if "included" in name else "screening"
            rows.append(_row(box, what, getattr(numbers.screening, name)))
        return rows + list(self._change_rows())

    def _change_rows(self) -> Iterator[dict[str, Any]]:
        grouped: dict[str, list[int]] = {}
        for name, change in self.changes or ():
            grouped.setdefault(f"{change.moved} {name} ({change.run_at[:10]}): {change.why}", []).append(change.pmid)
        if self.changes == ():
            yield _row("changes", "no record entered or left", 0)
        for what, pmids in grouped.items():
            yield _row("changes", what, len(pmids)) | {"pmids": pmids}


def prisma(session: Session, names: Sequence[str], exclude: Sequence[str], since: str) -> Prisma:
    """The flow of saved searches taken together; raises UsageFailure and ExclusionError."""
    allowed = {"design": DESIGNS, "state": get_args(State)}
    exclusions = list(dict.fromkeys(Exclusion.of(text, allowed) for text in exclude))
    with ExitStack() as stack:
        store = stack.enter_context(session.corpus())
        searches = list(dict.fromkeys(known_search(name, store) for name in names))
        found = [_last_run(name, store) for name in searches]
        by_design = any(x.key == "design" for x in exclusions)
        records = _Records(store, stack.enter_context(session.findings()) if by_design else None)
        pmids = sorted({pmid for _, listed in found for pmid in listed})
        numbers = flow([x for x, _ in found], records.candidates(pmids), exclusions)
        changes = tuple((name, x) for name in searches for x in search_changes(name, store, since)) if since else None
    return Prisma(numbers, changes, records.unmined)


def _last_run(name: str, store: CorpusStore) -> tuple[Identified, tuple[int, ...]]:
    complete = [run for run in store.run_entries(name) if run.complete]
    if not complete:
        raise UsageFailure(f"the search {name!r} has no complete run yet; run its harvest again with --save {name}")
    last = complete[-1]
    pmids = store.run_pmids(last.number)
    return Identified(name, last.query, last.translation, last.run_at, len(pmids)), pmids


@dataclass(slots=True)
class _Records:
    """The records that searches found; unmined counts those whose design is asked for and not known."""

    store: CorpusStore
    #: None where no exclusion goes by design
    findings: "FindingStore | None"
    unmined: int = 0

    def candidates(self, pmids: Sequence[int]) -> Iterator[Candidate]:
        """Each with what an exclusion may ask of it, or why it is not held."""
        studies = CorpusStudies(self.store)
        for start in range(0, len(pmids), _PAGE):
            page = pmids[start : start + _PAGE]
            held = {article.pmid: (article, state.status) for article, state in studies.studies(page)}
            mined = {int(x.id): x for x in self.findings.mined(page)} if self.findings else {}
            for pmid in page:
                if pmid in held:
                    yield Candidate(pmid, _traits(*held[pmid], self._design(held[pmid][0], mined.get(pmid))))
                else:
                    deleted = self.store.deleted_by(pmid) is not None
                    yield Candidate(pmid, absent="deleted by NLM" if deleted else "not delivered, or unreadable")

    def _design(self, article: Article, mined: MinedArticle | None) -> str | None:
        if mined is not None and mined.text_digest == article.text_digest:
            return mined.design.design
        self.unmined += self.findings is not None
        return None


def _traits(article: Article, state: str, design: str | None) -> dict[str, frozenset[str]]:
    return {
        "design": frozenset((design,) if design else ()),
        "state": frozenset((state,)),
        "language": frozenset(x.lower() for x in article.languages),
        "type": frozenset(x.name.lower() for x in article.publication_types),
        "abstract": frozenset(("yes" if article.abstract else "no",)),
    }


def _row(box: str, what: str, records: int | None) -> dict[str, Any]:
    return {"box": box, "what": what, "records": records, "pmids": None}
