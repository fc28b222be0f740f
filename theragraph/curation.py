"""Findings out to people and their judgements back in: what to judge, what a table changes, and what is orphaned."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from itertools import islice
from typing import Any, Protocol, TypeVar, get_args

from corpus.identifiers import pmid
from corpus.records import Article
from miner.decisions import Judgement, Origin, Verdict, renewed
from miner.findings import Certainty, Finding, FindingKind, MinedArticle, digest
from theragraph.decision_file import WITHDRAWN, DecisionFile, Entry, Problem, finding_row, orphan_row, refuse
from theragraph.exits import UsageFailure
from theragraph.session import Session

#: findings whose articles are fetched in one go
_PAGE = 500
#: today's findings named beside an orphaned judgement
_NEAREST = 3

T = TypeVar("T")
Current = Callable[[str], str]


class Articles(Protocol):
    """What is asked of the corpus."""

    def articles(self, pmids: Iterable[int]) -> Iterator[Article]: ...


class Mined(Protocol):
    """What is asked of the findings store."""

    def mined(self, pmids: Iterable[int] | None = None) -> Iterator[MinedArticle]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings to export; empty admits all."""

    kinds: Collection[str] = ()
    certainties: Collection[str] = ()
    pmids: Collection[int] = ()
    #: True: only judged ones; False: only those without a judgement
    judged: bool | None = None
    #: only those whose participants all have ids: the others are not loaded
    linked: bool = False
    limit: int | None = None
    #: so many, drawn with the seed: the same ones from the same findings, in whatever order they were mined
    sample: int | None = None
    seed: int = 0

    def admits(self, finding: Finding, judged: bool) -> bool:
        """Limit and sample apart."""
        return (
            (not self.kinds or finding.kind in self.kinds)
            and (not self.certainties or finding.certainty in self.certainties)
            and (self.judged is None or self.judged == judged)
            and (not self.linked or finding.linked)
        )

    @property
    def orphans_too(self) -> bool:
        """Every judgement is asked for, whatever its finding is: the export is a backup of them."""
        return not (self.kinds or self.certainties or self.pmids or self.linked or self.judged is False or self.sample)


@dataclass(slots=True)
class Exporting:
    """One export; once its rows are read, stale counts the findings left out because their article has changed."""

    mined: Mined
    corpus: Articles
    judgements: list[Judgement]
    current: Current
    stale: int = 0
    written: int = 0
    _judged: dict[str, Judgement] = field(init=False)

    def __post_init__(self) -> None:
        self._judged = {j.finding_id: j for j in renewed(self.judgements, self.current)}

    def rows(self, wanted: Wanted) -> Iterator[dict[str, str]]:
        """One row a finding, in order of PMID and place, then the orphaned judgements where they are asked for."""
        for row in islice(self._all_rows(wanted), wanted.limit):
            self.written += 1
            yield row

    def _all_rows(self, wanted: Wanted) -> Iterator[dict[str, str]]:
        yield from self._finding_rows(wanted)
        if wanted.orphans_too:
            yield from (orphan_row(o.judgement) for o in orphans(self.judgements, self.mined, self.current))

    def _finding_rows(self, wanted: Wanted) -> Iterator[dict[str, str]]:
        chosen = self._chosen(wanted)
        if wanted.sample is not None:
            drawn = nsmallest(wanted.sample, chosen, key=lambda pair: digest(wanted.seed, pair[1].id))
            chosen = iter(sorted(drawn, key=lambda pair: (int(pair[0].id), pair[1].start, pair[1].id)))
        for page in _pages(chosen, _PAGE):
            articles = {article.pmid: article for article in self.corpus.articles({int(m.id) for m, _ in page})}
            for mined, finding in page:
                article = articles.get(int(mined.id))
                if article is None or article.text_digest != mined.text_digest:
                    self.stale += 1
                    continue
                sentence = article.text[finding.start : finding.end]
                yield finding_row(finding, article.pmid, sentence, article.title, self._judged.get(finding.id))

    def _chosen(self, wanted: Wanted) -> Iterator[tuple[MinedArticle, Finding]]:
        for mined in self.mined.mined(wanted.pmids or None):
            bare = MinedArticle(mined.id, mined.text_digest)
            for finding in sorted(mined.findings, key=lambda f: (f.start, f.id)):
                if wanted.admits(finding, finding.id in self._judged):
                    yield bare, finding


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement whose finding is not mined, under its own id or today's."""

    judgement: Judgement
    reason: str
    #: findings of the same article that share participants with it, the most alike first
    nearest: tuple[Finding, ...] = ()


def orphans(judgements: Iterable[Judgement], mined: Mined, current: Current) -> list[Orphan]:
    """The orphaned among the judgements, by finding id.

    Only the articles that were judged are looked at; all of them where a judgement does not say its article.
    """
    kept = list(judgements)
    placed = all(j.origin for j in kept)
    pmids = {j.origin.pmid for j in kept if j.origin}
    articles = mined.mined(pmids if placed else None) if kept else iter(())
    ids = {finding.id for article in articles for finding in article.findings}
    lost = [j for j in kept if j.finding_id not in ids]
    lost = [j for j in lost if not j.origin or j.origin.finding_id(current) not in ids]
    where = {j.origin.pmid for j in lost if j.origin}
    today = {int(a.id): a.findings for a in mined.mined(where)} if where else {}
    lost.sort(key=lambda j: j.finding_id)
    return [_orphan(j, today.get(j.origin.pmid) if j.origin else None) for j in lost]


def _orphan(judgement: Judgement, findings: tuple[Finding, ...] | None) -> Orphan:
    origin = judgement.origin
    if origin is None:
        return Orphan(judgement, "no article says this, and which one said it was not kept")
    if findings is None:
        return Orphan(judgement, "the article is not mined, or no longer in the corpus")
    who = set(origin.participants)
    shared = {finding.id: len(who & set(finding.participants)) for finding in findings}
    nearest = sorted((f for f in findings if shared[f.id]), key=lambda f: (-shared[f.id], f.start, f.id))
    return Orphan(judgement, "the article is not read to say this any more", tuple(nearest[:_NEAREST]))


@dataclass(frozen=True, slots=True)
class Difference:
    """What one row of a table changes."""

    line: int
    finding_id: str
    before: Judgement | None
    after: Judgement | None


@dataclass(frozen=True, slots=True)
class Import:
    """What a table changes, ready to be kept."""

    #: every judgement of the table, also where it says what is held already: it may know the article better
    kept: tuple[Judgement, ...]
    withdrawn: tuple[str, ...]
    differences: tuple[Difference, ...]
    unchanged: int
    #: judged rows whose finding is not mined
    orphaned: int

    def summary(self, table: DecisionFile) -> str:
        """The counts in words."""
        new = sum(d.before is None for d in self.differences)
        changed = len(self.differences) - new - len(self.withdrawn)
        noted = f" ({table.noted:,} of them with a note)" if table.noted else ""
        return (
            f"{new:,} new, {changed:,} changed, {len(self.withdrawn):,} taken back, {self.unchanged:,} as before; "
            f"{table.blank:,} rows without a verdict left alone{noted}"
        )


def plan_import(
    table: DecisionFile, held: Mapping[str, Judgement], mined: Mined, corpus: Articles, current: Current
) -> Import:
    """What the table changes; raises UsageFailure where a correction does not fit its finding."""
    entries = [_placed(entry, held) for entry in table.entries]
    found = _located(entries, mined)
    refuse(table.name, list(_misfits(entries, found)))
    sentences = _sentences(found, corpus)
    entries = [_described(entry, found, sentences) for entry in entries]
    judged = [entry.judgement for entry in entries if entry.judgement]
    differences = [
        Difference(entry.line, entry.finding_id, held.get(entry.finding_id), entry.judgement)
        for entry in entries
        if held.get(entry.finding_id) != entry.judgement
    ]
    return Import(
        tuple(judged),
        tuple(entry.finding_id for entry in entries if entry.judgement is None and entry.finding_id in held),
        tuple(differences),
        len(entries) - len(differences),
        len(orphans(judged, mined, current)),
    )


def _placed(entry: Entry, held: Mapping[str, Judgement]) -> Entry:
    """What is held knows the article of a row that does not say it, or says less of it."""
    before = held.get(entry.finding_id)
    if entry.judgement is None or before is None or before.origin is None:
        return entry
    known = entry.judgement.origin
    return entry if known and known.participants else _with_origin(entry, before.origin)


def _with_origin(entry: Entry, origin: Origin) -> Entry:
    return replace(entry, judgement=replace(entry.judgement, origin=origin)) if entry.judgement else entry


def _located(entries: Iterable[Entry], mined: Mined) -> dict[str, tuple[MinedArticle, Finding]]:
    """Finding id -> where it is mined; a row without its article costs a look at all."""
    judged = {entry.finding_id: entry.judgement.origin for entry in entries if entry.judgement}
    pmids = {origin.pmid for origin in judged.values() if origin}
    everywhere = not all(judged.values())
    return {
        finding.id: (MinedArticle(article.id, article.text_digest), finding)
        for article in (mined.mined(None if everywhere else pmids) if judged else ())
        for finding in article.findings
        if finding.id in judged
    }


def _misfits(entries: Iterable[Entry], found: Mapping[str, tuple[MinedArticle, Finding]]) -> Iterator[Problem]:
    for entry in entries:
        if entry.judgement and entry.finding_id in found:
            misfit = entry.judgement.correction.misfit(found[entry.finding_id][1])
            if misfit:
                yield Problem(entry.line, f"corrected_{misfit[0]}", misfit[1])


def _sentences(found: Mapping[str, tuple[MinedArticle, Finding]], corpus: Articles) -> dict[str, str]:
    """Finding id -> its sentence, where the article is held as it was mined."""
    places: dict[int, list[tuple[MinedArticle, Finding]]] = {}
    for mined, finding in found.values():
        places.setdefault(int(mined.id), []).append((mined, finding))
    return {
        finding.id: article.text[finding.start : finding.end]
        for article in corpus.articles(places)
        for mined, finding in places[article.pmid]
        if mined.text_digest == article.text_digest
    }


def _described(entry: Entry, found: Mapping[str, tuple[MinedArticle, Finding]], sentences: Mapping[str, str]) -> Entry:
    """With the finding as it is mined today beside the judgement."""
    if entry.finding_id not in found:
        return entry
    mined, finding = found[entry.finding_id]
    known = entry.judgement.origin.sentence if entry.judgement and entry.judgement.origin else ""
    sentence = sentences.get(entry.finding_id, known)
    origin = Origin(int(mined.id), sentence, finding.kind, finding.relation, finding.polarity)
    whole = replace(origin, participants=finding.participants)
    return _with_origin(entry, whole if whole.finding_id() == entry.finding_id else origin)


def judgement_counts(judgements: Iterable[Judgement]) -> dict[str, int]:
    """Verdict -> how many."""
    counts = dict.fromkeys(get_args(Verdict), 0)
    for judgement in judgements:
        counts[judgement.verdict] += 1
    return counts


def known_values(
    kinds: Iterable[str], certainties: Iterable[str], pmids: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Filters as a person types them; raises UsageFailure and IdentifierError for what does not exist."""
    chosen = {"kind": tuple(kinds), "certainty": tuple(certainties)}
    for name, known in (("kind", get_args(FindingKind)), ("certainty", get_args(Certainty))):
        for value in chosen[name]:
            if value not in known:
                raise UsageFailure(f"unknown {name} {value!r}; known: {', '.join(known)}")
    return chosen["kind"], chosen["certainty"], tuple(pmid(text) for text in pmids)


class _Nothing:
    """What is mined where nothing has been."""

    def mined(self, pmids: Iterable[int] | None = None) -> Iterator[MinedArticle]:
        del pmids
        return iter(())


@contextmanager
def mined_or_nothing(session: Session) -> Iterator[Mined]:
    """The findings, or none before the first mining: judgements can come back before their findings do."""
    if not session.settings.findings_db.exists():
        yield _Nothing()
        return
    with session.findings() as store:
        yield store


def difference_row(difference: Difference) -> dict[str, Any]:
    """A difference in words."""
    before, after = difference.before, difference.after
    return {
        "line": difference.line,
        "id": difference.finding_id,
        "before": _worded(before) if before else WITHDRAWN,
        "after": _worded(after) if after else WITHDRAWN,
    }


def _worded(judgement: Judgement) -> str:
    said = judgement.correction
    parts: list[str] = [judgement.verdict]
    parts += [value for value in (said.kind, said.relation, said.polarity, said.certainty) if value]
    parts += [f"level {judgement.level}"] if judgement.level else []
    parts += [f"note: {judgement.note}"] if judgement.note else []
    return ", ".join(parts)


ORPHAN_COLUMNS = ("id", "judgement", "judged_by", "pmid", "finding", "sentence", "why", "today")


def orphan_shown(orphan: Orphan) -> dict[str, Any]:
    """An orphaned judgement in words, with the ids of what is mined instead."""
    judgement, origin = orphan.judgement, orphan.judgement.origin
    row = {"id": judgement.finding_id, "judgement": _worded(judgement), "judged_by": judgement.judged_by}
    row |= {"why": orphan.reason, "today": "; ".join(f"{f.id} {f.kind} {f.relation}" for f in orphan.nearest)}
    if origin is None:
        return row
    said = " ".join(part for part in (origin.kind, origin.relation, *(key for _, key in origin.participants)) if part)
    return row | {"pmid": f"PMID:{origin.pmid}", "finding": said, "sentence": origin.sentence}


def _pages(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while page := list(islice(items, size)):
        yield page
