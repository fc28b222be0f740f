"""Is the graph whole: does the engine hold exactly what the manifest lists, every row valid, nothing dangling."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from graph.ddl import statement
from graph.digest import RowSums, digest_of, read_rows
from graph.engines import GraphEngine
from graph.errors import RowRefused
from graph.manifest import Manifest
from graph.rows import RelationRow, Row, check_row, row_hash
from graph.schema import NODES, RELATIONS

#: nodes without which another node means nothing: label -> relation type that each must have, outgoing
_NEEDS = {"Evidence": ("REPORTED_IN", "QUOTES"), "Sentence": ("PART_OF",)}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was compared; the graph is whole when there is no problem."""

    digest: str
    counts: dict[str, int]
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def lines(self) -> list[str]:
        """The report in words."""
        total = f"{sum(self.counts.values()):,} rows, digest {self.digest}"
        if self.whole:
            return [f"the graph is whole: {total}"]
        return [*self.problems, f"the graph is not whole: {total}; run load, and load --rebuild if that does not help"]


def check_graph(engine: GraphEngine, manifest: Path) -> CheckReport:
    """Read the whole graph back and compare it with its manifest."""
    sums = RowSums()
    problems: list[str] = []
    needed = _Needs()
    for row in read_rows(engine):
        sums.add(row.kind[0], row_hash(row))
        needed.see(row)
        try:
            check_row(row)
        except RowRefused as error:
            problems.append(f"{error.kind} {error.key!r}: {error.reason}")
    problems += needed.problems()
    found = sums.result()
    with Manifest(manifest) as held:
        expected = digest_of(held.all_rows())
        if held.meta("dirty"):
            problems.append("a load was cut off; run load to finish it")
    for kind in sorted(found.counts.keys() | expected.counts.keys()):
        have, want = found.counts.get(kind, 0), expected.counts.get(kind, 0)
        if have != want:
            problems.append(f"{kind}: the graph has {have:,}, the manifest lists {want:,}")
    if found.counts == expected.counts and found.value != expected.value:
        problems.append("the counts agree and the digests differ: something else changed property values")
    return CheckReport(found.value, dict(found.counts), (*problems, *_foreign(engine)))


class _Needs:
    """Counts nodes and the relations they cannot do without."""

    def __init__(self) -> None:
        self._nodes: Counter[str] = Counter()
        self._starts: dict[str, set[str]] = {}

    def see(self, row: Row) -> None:
        """Take a row into account."""
        if isinstance(row, RelationRow):
            if row.type in _NEEDS.get(row.start_label, ()):
                self._starts.setdefault(row.type, set()).add(row.start)
        elif row.label in _NEEDS:
            self._nodes[row.label] += 1

    def problems(self) -> list[str]:
        """One line for each kind of node of which some lack a relation they need."""
        lines = []
        for label, types in _NEEDS.items():
            for type_ in types:
                missing = self._nodes[label] - len(self._starts.get(type_, ()))
                if missing:
                    lines.append(f"{label}: {missing:,} have no {type_}")
        return lines


def _foreign(engine: GraphEngine) -> list[str]:
    """Labels and types in the graph that the schema does not know."""
    problems = []
    for name, known, what in (("count_nodes", NODES, "label"), ("count_relations", RELATIONS, "relation type")):
        for kind, number in engine.read(statement(name), timeout_s=600.0).rows:
            if kind not in known:
                problems.append(f"{number:,} rows of the {what} {kind}, which is not ours")
    return problems
