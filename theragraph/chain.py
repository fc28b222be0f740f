"""The stages joined: stores opened here are handed to each stage as plain arguments."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.corrections import study_state
from corpus.records import Article
from corpus.store import CorpusStore
from graph.assemble import StudyState
from graph.evidence import Thresholds
from graph.inputs import SavedSearch
from graph.load import load_graph
from graph.report import LoadReport
from miner.decisions import renewed
from theragraph.exits import UsageFailure
from theragraph.output import Advance
from theragraph.session import Session

if TYPE_CHECKING:
    from corpus.entrez import EntrezClient
    from corpus.harvest import HarvestReport
    from corpus.nlm_server import FileSource, Kind
    from miner.pipeline import PipelineSource
    from miner.run import MineReport


def harvest_into_corpus(session: Session, paths: Iterable[Path], progress: Advance) -> "HarvestReport":
    """Take PubMed files in; the first harvest creates the corpus."""
    from corpus.harvest import harvest_files

    with session.corpus(create=True) as store:
        return harvest_files(paths, store, progress=lambda at: progress(at.done, at.total))


def pubmed_client(session: Session) -> "EntrezClient":
    """The E-utilities client that the settings describe."""
    from corpus.entrez import EntrezClient

    settings = session.settings
    return EntrezClient(
        settings.cache, settings.ncbi_eutils_url, email=settings.ncbi_email, api_key=settings.ncbi_api_key
    )


def ids_into_corpus(session: Session, data: bytes, name: str, save: str | None, progress: Advance) -> "HarvestReport":
    """Take in the records of a list of PMIDs, given as the bytes of a file of that name."""
    from corpus.harvest_ids import harvest_ids
    from corpus.id_lists import read_id_list

    wanted = read_id_list(data, name)
    with session.writing(create=True), session.corpus(create=True) as store:
        return harvest_ids(wanted, store, pubmed_client(session), save or "", lambda at: progress(at.records, at.total))


def search_into_corpus(session: Session, query: str, save: str | None, progress: Advance) -> "HarvestReport":
    """Run a PubMed search and take its records in."""
    from corpus.harvest import harvest_search

    client = pubmed_client(session)
    with session.corpus(create=True) as store:
        if save in store.saved_names() and save not in store.searches():
            raise UsageFailure(f"{save!r} is a saved list of PMIDs already; save the search under another name")
        return harvest_search(query, store, client, name=save or "", progress=lambda at: progress(at.records, at.total))


def nlm_files_into_corpus(
    session: Session, kind: "Kind", mirror: Path | None, limit: int | None, progress: Advance
) -> "HarvestReport":
    """Take in NLM's yearly or daily files, from its server or from a folder that mirrors it."""
    from corpus.harvest_nlm import harvest_nlm

    source = nlm_source(session, mirror)
    with session.corpus(create=True) as store:
        return harvest_nlm(source, kind, store, lambda at: progress(at.done, at.total), limit=limit)


def nlm_source(session: Session, mirror: Path | None) -> "FileSource":
    """NLM's files from the server of the settings, or from a folder that mirrors it."""
    from corpus.nlm_server import MirrorFolder, NlmServer

    settings = session.settings
    return MirrorFolder(mirror) if mirror else NlmServer(settings.cache / "nlm", settings.ncbi_files_url)


def pipeline(session: Session) -> "PipelineSource":
    """The pipeline that the settings describe; raises MinerInputError for a model that is not there."""
    settings = session.settings
    kind, _, model = settings.recogniser_name.partition(":")
    if kind == "spacy":
        from miner.plugged import PluggedPipeline, checked_labels
        from miner.spacy_model import find_model

        find_model(model)
        return PluggedPipeline(
            settings.cache, settings.vocabulary_extra, model, checked_labels(settings.recogniser_labels)
        )
    if kind == "dictionary":
        from miner.pipeline import DictionaryPipeline

        return DictionaryPipeline(settings.cache, settings.vocabulary_extra)
    from miner.statistical import StatisticalPipeline

    return StatisticalPipeline(settings.cache, settings.vocabulary_extra)


def mine_corpus(session: Session, *, workers: int | None, progress: Advance) -> "MineReport":
    """Mine what is new or changed."""
    from miner.executors import local_executor
    from miner.run import mine

    wanted = session.settings.mining_workers if workers is None else workers
    source = pipeline(session)
    with ExitStack() as stack:
        corpus = stack.enter_context(session.corpus())
        findings = stack.enter_context(session.findings(create=True))
        session.concepts().close()
        executor = stack.enter_context(local_executor(wanted))
        return mine(corpus.text_keys(), corpus.articles, findings, source, executor, progress=progress)


@dataclass(frozen=True, slots=True)
class CorpusStudies:
    """The corpus as the loader sees it: live records with the state of each study."""

    store: CorpusStore

    def study_digests(self) -> Iterator[tuple[int, str]]:
        """(PMID, digest of the record and of what other records say of it)."""
        said = self.store.noticed()
        return ((key.pmid, key.content_hash + said.get(key.pmid, "")) for key in self.store.text_keys())

    def studies(self, pmids: Sequence[int]) -> Iterator[tuple[Article, StudyState]]:
        """These records with their state."""
        for article in self.store.articles(pmids):
            said = self.store.notices(article.pmid)
            named = [*(c.pmid for c in article.corrections if c.pmid), *(pmid for _, pmid in said)]
            found = study_state(article, {notice.pmid: notice for notice in self.store.articles(named)}, said)
            yield article, StudyState(found.state, found.date, found.notice_pmid)


def saved_searches(store: CorpusStore) -> list[SavedSearch]:
    """Every saved search with the PMIDs of its last complete run."""
    found = ((name, [run for run in store.run_entries(name) if run.complete]) for name in store.saved_names())
    return [SavedSearch(f"search:{name}", name, store.run_pmids(runs[-1].number)) for name, runs in found if runs]


def load_into_graph(
    session: Session,
    *,
    rebuild: bool,
    progress: Advance,
    finding_confidence: float | None = None,
    challenge_score: float | None = None,
) -> LoadReport:
    """Bring the graph up to date with the stores; thresholds that are None are those of the settings."""
    settings = session.settings
    thresholds = Thresholds(
        settings.load_finding_confidence if finding_confidence is None else finding_confidence,
        settings.load_challenge_score if challenge_score is None else challenge_score,
        settings.load_hindrance_score,
    )
    with ExitStack() as stack:
        corpus = stack.enter_context(session.corpus())
        findings = stack.enter_context(session.findings())
        if rebuild:
            session.discard_old_engine()
        engine = stack.enter_context(session.engine())
        return load_graph(
            engine,
            CorpusStudies(corpus),
            findings,
            session.concepts(),
            manifest=session.manifest_file,
            history=session.settings.history_db,
            judgements=renewed(session.judgements(), session.current_id),
            searches=saved_searches(corpus),
            thresholds=thresholds,
            versions=session.versions(),
            rebuild=rebuild,
            progress=progress,
        )
