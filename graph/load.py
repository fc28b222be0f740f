"""Loads what changed into a graph: studies whose inputs differ, the claims they touch, the concepts they need.

Cost follows the change: inputs are compared by digest, rows by hash. Each engine transaction carries whole studies with
the finished rows of the claims they touch; the manifest follows after each acknowledged one, so a load that was killed
goes on with the same command and ends at the same digest. The release is written last.
"""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from graph.assemble import StudyRows
from graph.ddl import schema_checksum, schema_statements, statement, upsert_statement
from graph.difference import Ahead, Owned, Tally, Writer
from graph.digest import GraphDigest, digest_of
from graph.engines import GraphEngine
from graph.errors import ForeignGraph, LeaseHeld
from graph.evidence import EVERYTHING, Thresholds
from graph.history import ClaimChange, History, claim_changes
from graph.inputs import Inputs, MinedRecords, SavedSearch, StudyRecords
from graph.manifest import Manifest
from graph.recount import claims_owned, variants_owned
from graph.report import LoadReport
from graph.rows import NodeRow, RelationRow, Row
from graph.vocabulary import (
    VARIANT_PREFIX,
    Names,
    always_loaded,
    concept_node,
    concept_relations,
    rare_pairs,
    with_ancestors,
)
from miner.concepts import Concept, ConceptTable
from miner.decisions import Judgement

log = logging.getLogger(__name__)

T = TypeVar("T")

#: rows after which a transaction is sent; whole studies, so it may grow a little larger
BATCH_ROWS = 10_000
#: studies fetched from the stores in one go
FETCH = 500
#: claims or concepts in one transaction where all of them have to be looked at
SWEEP = 2_000
LEASE = timedelta(minutes=10)
#: new objects after which Python looks for cycles: rows have none, and looking for them took 5 s of 30 (measured)
COLLECT_AFTER = 200_000


class Advance(Protocol):
    """Told how many studies are done, of how many."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


def load_graph(
    engine: GraphEngine,
    studies: StudyRecords,
    mined: MinedRecords,
    concepts: ConceptTable,
    *,
    manifest: Path,
    history: Path,
    judgements: Iterable[Judgement] = (),
    searches: Sequence[SavedSearch] = (),
    thresholds: Thresholds = EVERYTHING,
    versions: Sequence[str] = (),
    release: str = "",
    rebuild: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Advance = lambda done, total=None: None,
) -> LoadReport:
    """Make the graph say what the stores say, and report the difference.

    manifest and history are files that this function creates; one manifest belongs to one target. Raises LeaseHeld,
    ForeignGraph, UnusableManifest, and what the engine raises.
    """
    with Manifest(manifest) as held, History(history) as past, _collecting_seldom():
        judged = {judgement.finding_id: judgement for judgement in judgements}
        inputs = Inputs(studies, mined, Names(concepts), judged, tuple(searches), thresholds)
        loading = _Loading(engine, held, inputs, now, progress)
        loading.claim_target(rebuild=rebuild)
        loading.run()
        return loading.finish(past, release, versions)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Loading:
    """One load in progress."""

    engine: GraphEngine
    manifest: Manifest
    inputs: Inputs
    now: Callable[[], datetime]
    progress: Advance
    tally: Tally = field(default_factory=Tally)
    #: concepts whose rows stand in the graph and follow from this vocabulary
    placed: set[str] = field(default_factory=set)
    #: gene id -> (disease id, sources) of its rare diseases
    pairs: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    #: the target was found empty, or emptied
    empty_before: bool = False
    #: studies added, changed, removed
    counts: tuple[int, int, int] = (0, 0, 0)
    started: datetime = field(init=False)
    #: when the lease was last taken
    renewed: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.renewed = self.now()

    def claim_target(self, *, rebuild: bool) -> None:
        """Make sure that the graph is ours to write, and as the manifest says; empty it for a rebuild."""
        holder = self.manifest.meta("holder")
        leases = self.engine.read(statement("read_lease")).rows
        for other, until in leases:
            if other != holder and until and until > _iso(self.now()):
                raise LeaseHeld(str(until))
        self.empty_before = rebuild or not leases
        if rebuild:
            self.engine.wipe()
            self.manifest.clear()
        elif not leases:
            if not self.manifest.is_empty():
                log.warning("the graph at %s is empty; it is written anew", self.engine.info.uri)
            self.manifest.clear()
        elif any(other != holder for other, _ in leases):
            raise ForeignGraph(self.engine.info.uri, "was loaded from another home, or its manifest is gone")
        else:
            releases = self.engine.read(statement("read_release")).rows
            said = str(releases[0][2]) if releases else ""
            if said not in (self.manifest.meta("digest"), self.manifest.meta("releasing")):
                raise ForeignGraph(self.engine.info.uri, "is not in the state in which this home left it")

    def run(self) -> None:
        """Bring studies, claims and concepts up to date."""
        wanted = self.inputs.study_inputs()
        known = self.manifest.studies()
        judged_again = self._judged_again()
        changed = sorted(p for p, made_from in wanted.items() if known.get(p) != made_from or p in judged_again)
        gone = sorted(known.keys() - wanted.keys())
        if not (changed or gone or self._stale()):
            return
        added = sum(pmid not in known for pmid in changed)
        self.counts = (added, len(changed) - added, len(gone))
        cut_off = bool(self.manifest.meta("dirty"))
        new_rules = self.manifest.meta("rules") != self.inputs.rules()
        self._begin()
        self._prepare_concepts(everything=new_rules or cut_off)
        for page in _pages(gone, FETCH):
            self._write_studies([], wanted, removed=page)
        self._write_changed(changed, wanted)
        self._settle_rest(all_claims=new_rules)
        self.progress(len(changed), len(changed))

    def finish(self, past: History, release: str, versions: Sequence[str]) -> LoadReport:
        """Write release, run and schema nodes and the history, and say what happened."""
        if not self.manifest.meta("dirty"):
            notes = past.releases()
            return self._report(notes[-1].name if notes else "", ())
        result = digest_of(self.manifest.all_rows())
        states = self.manifest.claim_states()
        changes = claim_changes(past.states(), states)
        ended = _iso(self.now())
        note = past.append(release, ended, result.value, states)
        self._note(releasing=result.value)
        self._write_keeping(result, note.name, ended, versions)
        with self.manifest.transaction():
            self.manifest.keep_judged(self.inputs.judged())
            self.manifest.note(digest=result.value, releasing="", dirty="", rules=self.inputs.rules())
            self.manifest.note(searches=self.inputs.searches_digest())
        return self._report(note.name, changes)

    def _judged_again(self) -> set[int]:
        """Studies with a finding whose judgement is new, changed or withdrawn."""
        before, after = self.manifest.judged(), self.inputs.judged()
        findings = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        return self.manifest.studies_of_findings(sorted(findings))

    def _stale(self) -> bool:
        """Something other than a study differs from what the graph reflects."""
        return bool(
            self.manifest.meta("dirty")
            or self.manifest.meta("rules") != self.inputs.rules()
            or self.manifest.meta("searches") != self.inputs.searches_digest()
            or self.manifest.judged() != self.inputs.judged()
        )

    def _begin(self) -> None:
        self._note(dirty="yes")
        if self.manifest.meta("schema") != schema_checksum():
            self.engine.define(schema_statements())
            self._note(schema=schema_checksum())
        self._renew_lease()

    def _prepare_concepts(self, *, everything: bool) -> None:
        if not everything:
            self.placed = {_bare(owner) for owner in self.manifest.owners("node")}
        for gene, disease, sources in rare_pairs(self.inputs.names.table):
            self.pairs.setdefault(gene, []).append((disease, sources))
        self._place(always_loaded(self.inputs.names.table))

    def _place(self, ids: Iterable[str]) -> None:
        """Write the nodes, then the relations, of these concepts and their ancestors."""
        concepts = self._not_placed(ids)
        nodes = ({f"node:{c.id}": [concept_node(c)] for c in page} for page in _pages(concepts, SWEEP))
        edges = (self._edges(page) for page in _pages(concepts, SWEEP))
        transactions: Ahead[Owned] = Ahead(chain(nodes, edges))
        for owned in transactions:
            self._send(owned, transactions.prepare)
        self.placed.update(concept.id for concept in concepts)

    def _not_placed(self, ids: Iterable[str]) -> list[Concept]:
        names = self.inputs.names
        found = (names.concept(i) for i in sorted(with_ancestors(ids, names) - self.placed))
        return [concept for concept in found if concept]

    def _edges(self, concepts: Iterable[Concept]) -> dict[str, Sequence[Row]]:
        names = self.inputs.names
        return {f"edges:{c.id}": concept_relations(c, names, self.pairs.get(c.id, ())) for c in concepts}

    def _write_changed(self, changed: Sequence[int], wanted: Mapping[int, str]) -> None:
        """While the engine writes some studies, the next ones are assembled."""
        done = 0
        batches = Ahead(self._batches(changed))
        for batch in batches:
            self._write_studies(batch, wanted, meanwhile=batches.prepare)
            done += len(batch)
            self.progress(done, len(changed))

    def _batches(self, changed: Sequence[int]) -> Iterator[list[StudyRows]]:
        batch: list[StudyRows] = []
        size = 0
        for page in _pages(changed, FETCH):
            for study in self.inputs.assembled(page):
                batch.append(study)
                size += len(study.rows)
                if size >= BATCH_ROWS:
                    yield batch
                    batch, size = [], 0
        if batch:
            yield batch

    def _write_studies(
        self,
        batch: Sequence[StudyRows],
        wanted: Mapping[int, str],
        *,
        removed: Sequence[int] = (),
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Replace what these studies have in the graph, with the claims and concepts they touch, in one transaction."""
        pmids = [*(study.pmid for study in batch), *removed]
        concepts = self._not_placed({concept for study in batch for concept in study.uses})
        with self.manifest.transaction():
            touched = self.manifest.claims_of_studies(pmids)
            variants = self.manifest.variants_of_studies(pmids, VARIANT_PREFIX)
            variants.update(i for study in batch for i in study.uses if i.startswith(VARIANT_PREFIX))
            names_before = {variant: self.manifest.variant_name(variant) for variant in variants}
            self.manifest.forget_studies(pmids)
            self.manifest.keep_studies(batch, wanted)
            touched |= self.manifest.claims_of_studies(pmids)
            for variant in variants:
                before = names_before[variant]
                # one without a name was used by nobody: its claims are those of the studies at hand
                if before and before != self.manifest.variant_name(variant):
                    touched |= self.manifest.claims_with(variant)
            owned: dict[str, Sequence[Row]] = {f"study:{pmid}": [] for pmid in removed}
            owned |= {f"study:{study.pmid}": study.rows for study in batch}
            owned |= variants_owned(variants, self.manifest)
            owned |= claims_owned(touched, self.manifest, self.inputs.names)
            owned |= {f"node:{concept.id}": [concept_node(concept)] for concept in concepts}
            owned |= self._edges(concepts)
            self._write(owned, meanwhile)
        self.placed.update(concept.id for concept in concepts)

    def _settle_rest(self, *, all_claims: bool) -> None:
        """What no single study decides: unsure rows, links, searches, concepts that nothing needs any more."""
        unsure = {_bare(owner) for owner in self.manifest.owners("claim", unknown_only=True)}
        touched = sorted(unsure | set(self.manifest.claim_keys())) if all_claims else sorted(unsure)
        for page in _pages(touched, SWEEP):
            with self.manifest.transaction():
                self._write(claims_owned(set(page), self.manifest, self.inputs.names))
        self._send(
            variants_owned(
                {_bare(owner) for owner in self.manifest.owners("variant", unknown_only=True)}, self.manifest
            )
        )
        self._send({"links:": self._link_rows(), "searches:": self._search_rows()})
        needed = with_ancestors(
            self.manifest.used_concepts() | always_loaded(self.inputs.names.table), self.inputs.names
        )
        self._place(needed)
        for kind in _CONCEPT_OWNERS:
            idle = [owner for owner in self.manifest.owners(kind) if _bare(owner) not in needed]
            for page in _pages(idle, SWEEP):
                self._send({owner: [] for owner in page})

    def _link_rows(self) -> list[Row]:
        return [
            RelationRow(type_, "Study", f"PMID:{start}", "Study", f"PMID:{end}")
            for type_, start, end in self.manifest.held_links()
        ]

    def _search_rows(self) -> list[Row]:
        held = self.manifest.studies()
        rows: list[Row] = []
        for search in self.inputs.searches:
            rows.append(NodeRow("Search", search.id, {"name": search.name}))
            found = sorted(set(search.pmids) & held.keys())
            rows += [RelationRow("FOUND", "Search", search.id, "Study", f"PMID:{pmid}") for pmid in found]
        return rows

    def _send(self, owned: Owned, meanwhile: Callable[[], None] = lambda: None) -> None:
        with self.manifest.transaction():
            self._write(owned, meanwhile)

    def _write_keeping(self, result: GraphDigest, name: str, ended: str, versions: Sequence[str]) -> None:
        """Bookkeeping nodes in one transaction, the release last, and the lease given back."""
        counts = [f"{kind}={number}" for kind, number in result.counts.items()]
        run = {"startedAt": _iso(self.started), "finishedAt": ended, "versions": list(versions), "counts": counts}
        rows: dict[str, dict[str, Any]] = {
            "Run": {"id": f"run:{_iso(self.started)}", **run},
            "SchemaVersion": {"id": "schema", "checksum": schema_checksum()},
            "Release": {"id": "release", "name": name, "createdAt": ended, "graphDigest": result.value},
        }
        batches = [(upsert_statement((label,)), [row]) for label, row in rows.items()]
        self.engine.write([*batches, (statement("take_lease"), [self._lease(until=None)])])

    def _report(self, release: str, changes: tuple[ClaimChange, ...]) -> LoadReport:
        return LoadReport(
            *self.counts,
            created=dict(self.tally.created),
            changed=dict(self.tally.changed),
            deleted=dict(self.tally.deleted),
            dropped=self.manifest.dropped(),
            claim_changes=changes,
            release=release,
            digest=self.manifest.meta("digest"),
        )

    def _write(self, owned: Owned, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Inside a manifest transaction."""
        if self.now() - self.renewed > LEASE / 5:
            self._renew_lease()
        Writer(self.engine, self.manifest, self.tally, self.empty_before).write(owned, meanwhile)

    def _renew_lease(self) -> None:
        self.renewed = self.now()
        lease = self._lease(until=_iso(self.renewed + LEASE))
        if self.engine.write([(statement("take_lease"), [lease])])[0].matched == 0:
            raise LeaseHeld(str(lease["until"]))

    def _lease(self, *, until: str | None) -> dict[str, Any]:
        """The lease row: who writes, and until when."""
        return {"id": "loader", "holder": self.manifest.meta("holder"), "now": _iso(self.now()), "until": until}

    def _note(self, **values: str) -> None:
        with self.manifest.transaction():
            self.manifest.note(**values)


#: owners of concept rows, in the order in which they can be deleted
_CONCEPT_OWNERS = ("edges", "node")


def _bare(owner: str) -> str:
    return owner.split(":", 1)[1]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _pages(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    return (items[first : first + size] for first in range(0, len(items), size))
