"""A graph in memory behind the GraphEngine protocol; it understands the statements of graph/ddl.py, no others."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.engines import EngineInfo, EngineUnavailable, QueryResult, StatementFailed, WriteCounts

_LABEL = re.compile(r"\(x:(\w+)")
_ENDS = re.compile(r"\(a:(\w+).*?\(b:(\w+)", re.DOTALL)
_TYPE = re.compile(r"\[x:(\w+)\]")
_NAMES = re.compile(r"(?:x\.|[{,] )`(\w+)`")


class MemoryEngine:
    """Nodes by (label, id), relations by (type, start label, start, end label, end)."""

    info = EngineInfo("memory", "neo4j", "0", "memory:")

    def __init__(self) -> None:
        self.nodes: dict[tuple[str, str], dict[str, Any]] = {}
        self.relations: dict[tuple[str, str, str, str, str], dict[str, Any]] = {}
        #: write calls after which the "process" dies; None for never
        self.dies_after: int | None = None
        #: the last write reaches the graph, and only its acknowledgement is lost
        self.dies_late = False
        #: write calls that are not repeated reach the graph, and their acknowledgement is lost
        self.answers_late = False
        self.rows_written = 0

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int | None = None,
    ) -> QueryResult:
        label = (_LABEL.search(statement) or [""])[0][3:]
        if "labels(x)" in statement or "type(x)" in statement:
            return self._counts(by_label="labels(x)" in statement)
        if "UNWIND" not in statement:
            names = re.findall(r"x\.(\w+) AS", statement)
            return QueryResult(
                tuple(names),
                tuple(
                    tuple(({"id": i} | v).get(n) for n in names)
                    for (kind, i), v in sorted(self.nodes.items())
                    if kind == label
                ),
            )
        wanted = (parameters or {})["ids"]
        names = _NAMES.findall(statement)
        if "-[x:" in statement:
            return self._relations(statement, wanted, names)
        found = [(i, self.nodes[label, i]) for i in wanted if (label, i) in self.nodes]
        return QueryResult(("key", *names), tuple((i, *(v.get(n) for n in names)) for i, v in found))

    def write(
        self, batches: Iterable[tuple[str, Sequence[Mapping[str, Any]]]], *, once: bool = False
    ) -> list[WriteCounts]:
        dies = self.dies_after == 0
        if self.dies_after is not None:
            self.dies_after -= 1
        if dies and not self.dies_late:
            raise KeyboardInterrupt
        counts = [WriteCounts(len(rows), self._apply(text, rows)) for text, rows in batches]
        if dies:
            raise KeyboardInterrupt
        if once and self.answers_late:
            raise EngineUnavailable("it went away", where="memory:")
        return counts

    def define(self, statements: Iterable[str]) -> None:
        assert all(s.startswith("CREATE ") for s in statements)

    def wipe(self) -> None:
        self.nodes.clear()
        self.relations.clear()

    def close(self) -> None:
        return

    def read_untrusted(self, *args: Any, **kwargs: Any) -> QueryResult:
        raise NotImplementedError

    def _counts(self, *, by_label: bool) -> QueryResult:
        kinds = [key[0] for key in (self.nodes if by_label else self.relations)]
        return QueryResult(("kind", "n"), tuple((kind, kinds.count(kind)) for kind in sorted(set(kinds))))

    def _relations(self, statement: str, wanted: Sequence[str], names: Sequence[str]) -> QueryResult:
        type_, (start, end) = _TYPE.search(statement)[1], _ENDS.search(statement).groups()  # type: ignore[index,union-attr]
        chosen = set(wanted)
        return QueryResult(
            ("startKey", "endKey", *names),
            tuple(
                (key[2], key[4], *(v.get(n) for n in names))
                for key, v in self.relations.items()
                if key[:2] == (type_, start) and key[3] == end and key[2] in chosen
            ),
        )

    def _apply(self, text: str, rows: Sequence[Mapping[str, Any]]) -> int:
        if "Lease" in text:
            return self._take_lease(rows[0])
        self.rows_written += len(rows)
        names = _NAMES.findall(text)
        if "(a:" in text:
            return self._apply_relations(text, rows, names)
        label = _LABEL.search(text)[1]  # type: ignore[index]
        matched = 0
        for row in rows:
            key = (label, row["id"])
            if "DELETE" not in text:
                if "CREATE" in text and key in self.nodes:
                    raise StatementFailed(f"created twice: {key}")
                self.nodes[key] = {n: row[n] for n in names if row.get(n) is not None}
                matched += 1
            elif self.nodes.pop(key, None) is not None:
                matched += 1
                for found in [k for k in self.relations if key in (k[1:3], k[3:5])]:
                    del self.relations[found]
        return matched

    def _apply_relations(self, text: str, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> int:
        type_, (start, end) = _TYPE.search(text)[1], _ENDS.search(text).groups()  # type: ignore[index,union-attr]
        matched = 0
        for row in rows:
            key = (type_, start, row["s"], end, row["e"])
            if (start, row["s"]) not in self.nodes or (end, row["e"]) not in self.nodes:
                continue
            if "DELETE" not in text:
                if "CREATE" in text and key in self.relations:
                    raise StatementFailed(f"created twice: {key}")
                self.relations[key] = {n: row[n] for n in names if row.get(n) is not None}
                matched += 1
            elif self.relations.pop(key, None) is not None:
                matched += 1
        return matched

    def _take_lease(self, row: Mapping[str, Any]) -> int:
        lease = self.nodes.setdefault(("Lease", row["id"]), {})
        if lease.get("until") and lease["until"] >= row["now"] and lease.get("holder") != row["holder"]:
            return 0
        lease |= {"holder": row["holder"], "until": row["until"]}
        return 1
