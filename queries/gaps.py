"""The evidence-gap map: therapies, classes or tests by diseases, challenges or genes, each cell in one of four states.

Mentions are fetched once a row and once a column and intersected here: a join on the engine costs 10 to 30 times as
much (gap matrix by OPTIONAL MATCH 2,584 ms, by collected lists 158 ms, on 20,000 studies).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graph.engines import GraphEngine
from miner.concepts import ConceptTable
from queries.answers import GapCell, GapMap, Thresholds, UnnamedBarrier
from queries.errors import ImpossibleMap
from queries.evidence import search_id
from queries.filters import Filters
from queries.gap_axes import COLUMN_KINDS, ROW_KINDS, SEED_FAMILIES, Axis, choose_columns, choose_rows
from queries.gap_cells import ClaimShape, Fact, Scope, gap_cell
from queries.library import internal_rows, release_name

__all__ = ["gap_map"]

NO_FILTERS = Filters()
DEFAULT_THRESHOLDS = Thresholds()

#: row or column -> its reports, each with its studyKey
Mentions = defaultdict[str, dict[str, str]]


def gap_map(
    engine: GraphEngine,
    *,
    rows: str = "therapy",
    columns: str = "disease",
    row_names: Sequence[str] = (),
    column_names: Sequence[str] = (),
    concepts: ConceptTable | None = None,
    size: int = 12,
    families: Sequence[str] = SEED_FAMILIES,
    filters: Filters = NO_FILTERS,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    newest: str | None = None,
) -> GapMap:
    """The map of the named rows and columns, or of the most studied ones (at most size of each).

    families: which challenges stand as columns when none is named. newest: the corpus's newest entry date, ISO, from
    which `stale` is measured; without it the newest year of publication in the graph.

    Raises ImpossibleMap, UnknownConcept, UnknownSearch, and the engine's own errors.
    """
    _check(rows, columns)
    if filters.search:
        filters = replace(filters, search=search_id(engine, filters.search))
    row_axis = choose_rows(engine, rows, columns, row_names, concepts, size, filters.search, families)
    column_axis = choose_columns(engine, columns, column_names, concepts, size, filters.search, families)
    until = newest or _newest_year(engine)
    scope = Scope(
        challenges=columns == "challenge",
        thresholds=thresholds,
        newest_year=int(until[:4]) if until else None,
        levels=frozenset(filters.levels),
        kinds=frozenset(filters.kinds),
    )
    raised = _mentions(engine, column_axis, filters)
    return GapMap(
        row_kind=rows,
        column_kind=columns,
        rows=row_axis.items,
        columns=column_axis.items,
        cells=_cells(engine, row_axis, column_axis, raised, scope, filters),
        unnamed=_unnamed(engine, column_axis, raised) if scope.challenges else (),
        thresholds=thresholds,
        filters=filters.named,
        newest=until,
        release=release_name(engine),
    )


def _cells(
    engine: GraphEngine, rows: Axis, columns: Axis, by_column: Mentions, scope: Scope, filters: Filters
) -> tuple[GapCell, ...]:
    facts = _facts(engine, rows, columns, filters)
    shapes = _shapes(engine, sorted({fact.claim_id for cell in facts.values() for fact in cell}))
    by_row = _mentions(engine, rows, filters)
    return tuple(
        gap_cell(
            row,
            column,
            facts.get((row.id, column.id), ()),
            shapes,
            by_row[row.id].keys() & by_column[column.id].keys(),
            scope,
        )
        for row in rows.items
        for column in columns.items
    )


def _check(rows: str, columns: str) -> None:
    if rows not in ROW_KINDS:
        raise ImpossibleMap(rows, columns, f"rows are one of {', '.join(ROW_KINDS)}")
    if columns not in COLUMN_KINDS:
        raise ImpossibleMap(rows, columns, f"columns are one of {', '.join(COLUMN_KINDS)}")
    if rows == "test" and columns != "challenge":
        raise ImpossibleMap(
            rows, columns, "findings are about drugs; tests meet challenges only, ask for those columns"
        )


def _facts(engine: GraphEngine, rows: Axis, columns: Axis, filters: Filters) -> dict[tuple[str, str], list[Fact]]:
    if not rows.items or not columns.items:
        return {}
    name = f"gap_evidence_{'test' if rows.kind == 'test' else 'therapy'}_{columns.kind}"
    wanted = {"rows": rows.ids, "columns": columns.ids, **filters.on_studies}
    cells: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in internal_rows(engine, name, wanted):
        cells[row["row_id"], row["column_id"]].append(_fact(row))
    return cells


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(
        claim_id=row["claim_id"],
        via=tuple(row["via"]),
        side=row["side"],
        polarity=row["polarity"],
        level=row["level"],
        study_id=row["study_id"],
        study_key=row["study_key"],
        design=row["design"],
        year=row["year"],
        status=row["status"],
    )


def _shapes(engine: GraphEngine, claims: list[str]) -> dict[str, ClaimShape]:
    if not claims:
        return {}
    return {
        row["claim_id"]: ClaimShape(
            kind=row["kind"],
            relation=row["relation"],
            drugs=tuple(row["drugs"]),
            others=tuple(row["others"]),
            variants=tuple(row["variants"]),
            opposes=tuple(row["opposes"]),
        )
        for row in internal_rows(engine, "gap_claims", {"claims": claims})
    }


def _mentions(engine: GraphEngine, axis: Axis, filters: Filters) -> Mentions:
    """Row or column -> its reports, each with its studyKey."""
    found: Mentions = defaultdict(dict)
    if axis.items:
        kind = "therapy" if axis.kind == "class" else axis.kind
        wanted = {"ids": axis.ids, **filters.on_studies}
        for row in internal_rows(engine, f"gap_mentions_{kind}", wanted):
            found[row["item_id"]] = dict(zip(row["study_ids"], row["study_keys"], strict=True))
    return found


def _unnamed(engine: GraphEngine, columns: Axis, raised: Mentions) -> tuple[UnnamedBarrier, ...]:
    """The row "no therapy or test named": studies that raise the class and tie it to neither."""
    if not columns.items:
        return ()
    tied = {
        row["item_id"]: set(row["study_ids"])
        for row in internal_rows(engine, "gap_tied_challenges", {"ids": columns.ids})
    }
    barriers = []
    for column in columns.items:
        left = {id_: key for id_, key in raised[column.id].items() if id_ not in tied.get(column.id, set())}
        barriers.append(UnnamedBarrier(column, len(set(left.values())), len(left), tuple(left)))
    return tuple(barriers)


def _newest_year(engine: GraphEngine) -> str:
    rows = internal_rows(engine, "gap_newest", {})
    return str(rows[0]["year"]) if rows and rows[0]["year"] is not None else ""
