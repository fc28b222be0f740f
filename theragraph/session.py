"""One run of the command: its settings, and the stores it opens for the stages."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from theragraph.exits import Locked, UsageFailure
from theragraph.output import say
from theragraph.settings import Settings

if TYPE_CHECKING:
    from corpus.store import CorpusStore
    from graph.engines import GraphEngine
    from miner.concept_store import ConceptStore
    from miner.decisions import DecisionStore, Judgement
    from miner.store import FindingStore


class Session:
    """Opens stores on demand; nothing is imported, opened or created before a command asks for it."""

    def __init__(self, settings: Settings, *, quiet: bool = False, verbose: bool = False) -> None:
        self.settings = settings
        self.quiet = quiet
        self.verbose = verbose
        self._names: ConceptStore | None = None

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[None]:
        """The one lock of every command that writes; raises Locked at once when another run holds it.

        Only a harvest makes the home folder (create); any other command needs a corpus in it.
        """
        if create:
            self.settings.home.mkdir(parents=True, exist_ok=True)
        elif not self.settings.corpus_db.exists():
            raise UsageFailure(self._no_corpus())
        from filelock import FileLock, Timeout

        lock = FileLock(self.settings.lock_file, timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise Locked(
                f"another theragraph command is writing to {self.settings.home}; try again when it has finished"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _no_corpus(self) -> str:
        return (
            f"there is no corpus in {self.settings.home}; run `theragraph harvest files PATH` or "
            "`theragraph harvest search QUERY` first, or name another folder with --home"
        )

    @contextmanager
    def corpus(self, *, create: bool = False) -> Iterator["CorpusStore"]:
        """The article store; only a harvest creates one."""
        from corpus.store import CorpusStore

        if not create and not self.settings.corpus_db.exists():
            raise UsageFailure(self._no_corpus())
        with CorpusStore.open(self.settings.corpus_db, create=create) as store:
            yield store

    def newest_entry(self) -> str | None:
        """Newest entry date of the corpus, ISO; None where there is no corpus or nothing in it."""
        if not self.settings.corpus_db.exists():
            return None
        with self.corpus() as store:
            return store.status().newest_entry or None

    @contextmanager
    def findings(self, *, create: bool = False) -> Iterator["FindingStore"]:
        """What was mined."""
        from miner.store import FindingStore

        if not create and not self.settings.findings_db.exists():
            raise UsageFailure(f"nothing has been mined in {self.settings.home} yet; run `theragraph mine` first")
        with FindingStore.open(self.settings.findings_db) as store:
            yield store

    @contextmanager
    def decisions(self) -> Iterator["DecisionStore"]:
        """Human judgements; empty until somebody makes one."""
        from miner.decisions import DecisionStore

        with DecisionStore.open(self.settings.decisions_db) as store:
            yield store

    def judgements(self) -> list["Judgement"]:
        """Every human judgement; creates no store."""
        if not self.settings.decisions_db.exists():
            return []
        with self.decisions() as store:
            return list(store.list())

    def current_id(self, concept_id: str) -> str:
        """Today's id of a concept; opens the vocabulary when it is first asked, and builds none for it."""
        from miner.concept_store import concepts_ready

        if self._names is None and concepts_ready(self.settings.cache, self.settings.vocabulary_extra):
            self._names = self.concepts()
        concept = self._names.get(concept_id) if self._names else None
        return concept.id if concept else concept_id

    @property
    def manifest_file(self) -> Path:
        """What the loader wrote to the engine in use; one for each target."""
        return self.settings.home / f"manifest-{self.settings.engine}.db"

    def versions(self) -> tuple[str, ...]:
        """What made the graph, for the record of the run."""
        return tuple(f"{name} {version(name)}" for name in ("theragraph", "spacy", "neo4j", "arcadedb-embedded"))

    def discard_old_engine(self) -> None:
        """Before a rebuild: delete an embedded store that another engine version wrote."""
        if self.settings.engine == "embedded":
            from graph.engines.embedded import discard_embedded

            discard_embedded(self.settings.graph_folder)

    def concepts(self) -> "ConceptStore":
        """The vocabulary, built into the user cache at first use."""
        from miner.concept_store import concepts_ready, open_concepts

        if not concepts_ready(self.settings.cache, self.settings.vocabulary_extra):
            say("building the vocabulary cache, once: about half a minute", quiet=self.quiet)
        return open_concepts(self.settings.cache, self.settings.vocabulary_extra)

    @contextmanager
    def engine(self) -> Iterator["GraphEngine"]:
        """The graph engine that the settings name."""
        engine: GraphEngine
        if self.settings.engine == "neo4j":
            from graph.engines.neo4j import Neo4jSettings, open_neo4j

            engine = open_neo4j(
                Neo4jSettings(
                    uri=self.settings.neo4j_uri,
                    user=self.settings.neo4j_user,
                    password=self.settings.neo4j_password,
                    database=self.settings.neo4j_database,
                )
            )
        else:
            from graph.engines.embedded import open_embedded

            engine = open_embedded(self.settings.graph_folder, heap=self.settings.embedded_heap)
        try:
            yield engine
        finally:
            engine.close()
