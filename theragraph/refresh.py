"""The nightly job: saved searches and NLM's updates -> mine what changed -> load what changed -> what is different.

Each stage can be resumed by itself, so a night that was cut off is made good by the next one. What fails is kept apart
and told; it never takes away what was held before.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import InputError, ServiceError
from corpus.harvest import HarvestReport
from corpus.harvest_saved import SearchRefresh, refresh_search
from corpus.ledger import Failure
from corpus.nlm_order import to_read
from corpus.store import CorpusStore
from graph.report import LoadReport
from theragraph.chain import load_into_graph, mine_corpus, nlm_files_into_corpus, nlm_source, pubmed_client
from theragraph.exits import Exit, UsageFailure
from theragraph.output import Advance
from theragraph.session import Session

if TYPE_CHECKING:
    from miner.run import MineReport
    from queries.answers import GapMap

#: the maps whose cells are compared: rows and columns
MAPS = (("therapy", "disease"), ("therapy", "challenge"), ("test", "challenge"))
#: most rows and columns of them: the most studied ones
MAP_SIZE = 50


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a gap map that changed its state; "" where the map did not show it."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Requests:
    """How often PubMed was asked, and how often again."""

    sent: int = 0
    repeated: int = 0


@dataclass(slots=True)
class Night:
    """What a refresh did; filled stage by stage."""

    started: datetime
    versions: tuple[str, ...]
    searches: list[SearchRefresh] = field(default_factory=list)
    updates: HarvestReport | None = None
    #: (PMID, what became of it), see corpus.store_ledgers.Ledgers.events
    events: list[tuple[int, str]] = field(default_factory=list)
    mined: "MineReport | None" = None
    loaded: LoadReport | None = None
    cells: list[CellChange] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    #: stage -> seconds, in the order of the stages
    seconds: dict[str, float] = field(default_factory=dict)
    requests: Requests = Requests()
    #: lanes that were followed, and those of them that brought nothing because a service failed
    lanes: int = 0
    silent: int = 0

    @property
    def exit(self) -> Exit:
        """0, 1 when something failed, 3 when no lane got an answer."""
        if self.lanes and self.silent == self.lanes:
            return Exit.UNAVAILABLE
        failed = self.failures or (self.mined is not None and not self.mined.complete)
        return Exit.INCOMPLETE if failed else Exit.COMPLETE


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh is to follow."""

    searches: tuple[str, ...]
    updates: bool
    mirror: Path | None = None
    workers: int | None = None


def plan_of(store: CorpusStore, *, updates: bool | None, mirror: Path | None, workers: int | None = None) -> Plan:
    """Every saved search, and NLM's updates where they were read before or are asked for.

    Raises UsageFailure when there is nothing to follow.
    """
    read_before = mirror is not None or any(entry.md5 for entry in store.files())
    plan = Plan(tuple(store.searches()), read_before if updates is None else updates, mirror, workers)
    if not plan.searches and not plan.updates:
        raise UsageFailure(
            'there is nothing to follow: save a search with `theragraph harvest search "QUERY" --save NAME`, or add '
            "--updates for NLM's daily files"
        )
    return plan


def refresh(session: Session, plan: Plan, progress: Callable[[str], AbstractContextManager[Advance]]) -> Night:
    """Run the night; progress gives the bar of a stage. The caller holds the writing lock."""
    night = Night(datetime.now(UTC), session.versions())
    with session.corpus() as store:
        since = store.changes()
    with _timed(night, "map before"):
        before = _maps(session)
    with _timed(night, "harvest"), progress("harvest") as advance:
        _follow(session, plan, night, advance)
    with session.corpus() as store:
        night.events = list(store.events(since))
    with _timed(night, "mine"), progress("mine") as advance:
        night.mined = mine_corpus(session, workers=plan.workers, progress=advance)
    with _timed(night, "load"), progress("load") as advance:
        night.loaded = load_into_graph(session, rebuild=False, progress=advance)
    with _timed(night, "map after"):
        night.cells = list(_changed_cells(before, _maps(session)))
    return night


def _follow(session: Session, plan: Plan, night: Night, advance: Advance) -> None:
    """Both lanes; a lane that fails leaves the others alone."""
    if plan.updates:
        night.lanes += 1
        try:
            night.updates = nlm_files_into_corpus(session, "updatefiles", plan.mirror, None, advance)
            night.failures += night.updates.failures
            night.warnings += night.updates.warnings
        except (ServiceError, InputError) as error:
            night.silent += isinstance(error, ServiceError)
            night.failures.append(Failure("updates", 0, None, "harvest", str(error)))
    client = pubmed_client(session)
    with session.corpus() as store:
        for name in plan.searches:
            night.lanes += 1
            try:
                found = refresh_search(name, store, client, lambda at: advance(at.records, at.total))
                night.searches.append(found)
                night.failures += found.failures
                night.warnings += [f"{name}: {warning}" for warning in found.warnings]
            except (ServiceError, InputError) as error:
                night.silent += isinstance(error, ServiceError)
                night.failures.append(Failure(f"search {name}", 0, None, "harvest", str(error)))
    night.requests = Requests(client.sent, client.repeated)
    client.close()


def _maps(session: Session) -> dict[tuple[str, str], str]:
    """State of every cell of the maps, by row and column; empty where there is no graph yet."""
    from graph.manifest import last_load

    if not last_load(session.manifest_file)[0]:
        return {}
    from queries.gaps import gap_map

    newest = session.newest_entry()
    with session.engine() as engine:
        return {
            key: state
            for rows, columns in MAPS
            for key, state in _states(gap_map(engine, rows=rows, columns=columns, size=MAP_SIZE, newest=newest))
        }


def _states(found: "GapMap") -> Iterator[tuple[tuple[str, str], str]]:
    return (((cell.row.name, cell.column.name), cell.state) for cell in found.cells)


def _changed_cells(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> Iterator[CellChange]:
    """Cells whose state is another one; one that only came into or left the part that is shown is no change."""
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            yield CellChange(*key, before[key], after[key])


def intentions(session: Session, plan: Plan) -> Iterator[str]:
    """What a refresh would do now, in words; asks the services, changes nothing."""
    client = pubmed_client(session)
    with session.corpus() as store:
        if plan.updates:
            source = nlm_source(session, plan.mirror)
            files = to_read(source.names("updatefiles"), store.files())
            yield f"updates: {len(files)} files to read" + (f", from {files[0].name} on" if files else "")
        for name in plan.searches:
            query = store.searches()[name]
            held = next((run.count for run in reversed(store.run_entries(name)) if run.complete), 0)
            yield f"search {name}: PubMed finds {client.page(query).count:,} records now, {held:,} in the last run"
        waiting = sum(1 for _ in store.text_keys())
    yield f"then mine and load what changed of {waiting:,} articles"
    client.close()


@contextmanager
def _timed(night: Night, stage: str) -> Iterator[None]:
    """Notes the seconds of a stage."""
    begun = time.monotonic()
    try:
        yield
    finally:
        night.seconds[stage] = time.monotonic() - begun
