"""Answers as rows and texts: plain tables, CSV, JSON, JSON lines and Markdown, each with what a reader must know."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from queries.answers import ClaimEvidence, EvidenceAnswer, GapCell, GapMap, StudyEvidence

__all__ = [
    "FORMATS",
    "as_csv",
    "as_json",
    "as_jsonl",
    "as_markdown",
    "as_table",
    "cell_text",
    "evidence_rows",
    "gap_legend",
    "gap_matrix",
    "gap_rows",
    "rendered",
]

Row = Mapping[str, Any]
#: how a spreadsheet recognises a formula (OWASP, CSV Injection): such a cell gets a leading apostrophe
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: sides of a claim in the order they are shown
_SIDES = (
    "supporting",
    "contradicting",
    "synthesis",
    "synthesis_against",
    "considered",
    "uncounted",
)


def evidence_rows(answer: EvidenceAnswer) -> list[dict[str, Any]]:
    """One row for each study of each claim, claims in order, sides in the order for, against, syntheses, the rest."""
    return [
        _evidence_row(claim, side, study)
        for claim in answer.claims
        for side in _SIDES
        for study in getattr(claim, side)
    ]


def gap_rows(found: GapMap) -> list[dict[str, Any]]:
    """One row for each cell, then one for each column of the row "no therapy or test named"."""
    rows = [_gap_row(cell) for cell in found.cells]
    for barrier in found.unnamed:
        empty: dict[str, Any] = dict.fromkeys(_GAP_COLUMNS)
        rows.append(
            empty
            | {
                "row": "no therapy or test named",
                "column": barrier.column.name,
                "studies": barrier.studies,
                "reports": barrier.reports,
                "study_ids": list(barrier.study_ids),
                "row_id": "",
                "column_id": barrier.column.id,
            }
        )
    return rows


def gap_matrix(found: GapMap) -> tuple[list[str], list[dict[str, str]]]:
    """Column titles and one row of short cells for each row of the map: "evidence 7, 1 contradicted", "unread 3"."""
    titles = [found.row_kind, *(column.name for column in found.columns)]
    cells = {(cell.row.id, cell.column.id): cell for cell in found.cells}
    rows = [
        {found.row_kind: row.name} | {column.name: _short(cells[row.id, column.id]) for column in found.columns}
        for row in found.rows
    ]
    if found.unnamed:
        rows.append(
            {found.row_kind: "no therapy or test named"}
            | {barrier.column.name: str(barrier.studies or "") for barrier in found.unnamed}
        )
    return titles, rows


def gap_legend(found: GapMap, *, recall: str = "not measured") -> list[str]:
    """What the words of a map mean under its thresholds, line by line; recall is the measured one, in words."""
    limits = found.thresholds
    if found.column_kind == "challenge":
        evidence = f"at least {limits.enough_studies} studies that state the barrier or its absence"
        unread = "a report mentions the row and raises the challenge, but we tie them nowhere: may be our miss"
        thin = "fewer, or only retracted ones, or said to be overcome"
    else:
        evidence = f"at least {limits.enough_studies} primary studies, not all preclinical or computational (D, E)"
        unread = "a report mentions both, but we read no evidence on the pair: may be our miss"
        thin = "fewer, or all D or E, or only reviews, speculation or retracted studies"
    filters = "; ".join(f"{name}: {value}" for name, value in found.filters) or "none"
    return [
        f"evidence: {evidence}",
        f"thin: {thin}",
        f"unread: {unread}",
        "none: never together in this corpus",
        f"synthesis: at least {limits.synthesis_studies} studies and no review, meta-analysis or guideline "
        f"in the newest {limits.recent_years} years",
        f"stale: newest evidence more than {limits.recent_years} years before {found.newest or 'the newest record'}",
        f"filters: {filters}; recall of findings: {recall}; abstracts only, this corpus",
    ]


def rendered(rows: Sequence[Row], columns: Sequence[str], format: str) -> str:
    """The rows in one of FORMATS; raises KeyError for another."""
    return FORMATS[format](rows, columns)


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Comma-separated, header first; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_guarded(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue()


def as_json(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A list of objects."""
    return json.dumps([_ordered(row, columns) for row in rows], ensure_ascii=False, indent=2) + "\n"


def as_jsonl(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """One object a line."""
    return "".join(json.dumps(_ordered(row, columns), ensure_ascii=False) + "\n" for row in rows)


def as_markdown(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A Markdown table; bars and line breaks inside cells are escaped."""
    lines = [list(columns), ["---"] * len(columns)]
    lines += [[_markdown(cell_text(row.get(column))) for column in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Tab-separated plain text, header first; tabs and line breaks inside cells become spaces."""
    lines = [list(columns), *([" ".join(cell_text(row.get(c)).split()) for c in columns] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


FORMATS: dict[str, Callable[[Sequence[Row], Sequence[str]], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_jsonl,
    "md": as_markdown,
}

_GAP_COLUMNS = (
    "row",
    "column",
    "state",
    "studies",
    "reports",
    "comentions",
    "best_level",
    "first_year",
    "last_year",
    "synthesis_studies",
    "combination_studies",
    "contradicted_claims",
    "badges",
    "flags",
    "via",
    "study_ids",
    "unread_ids",
    "row_id",
    "column_id",
)


def cell_text(value: Any) -> str:
    """A value as a person reads it: nothing for None, yes and no, lists joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(item) for item in value)
    return str(value)


def _evidence_row(claim: ClaimEvidence, side: str, study: StudyEvidence) -> dict[str, Any]:
    return {
        "claim": claim.statement,
        "side": side.replace("_", " "),
        "badge": study.badge,
        "level": study.level,
        "design": study.design,
        "year": study.year,
        "pmid": study.study_id,
        "relation": study.relation,
        "certainty": study.certainty,
        "effect": study.effect,
        "sentences": list(study.sentences),
        "supporting": claim.support_count,
        "contradicting": claim.contradict_count,
        "conflict": claim.conflict_index,
        "synthesis": len(claim.synthesis) + len(claim.synthesis_against),
        "combination": claim.combination,
        "study": study.study_key,
        "url": study.url,
        "claim_id": claim.claim_id,
        "evidence_id": study.evidence_id,
    }


def _gap_row(cell: GapCell) -> dict[str, Any]:
    row: dict[str, Any] = {"row": cell.row.name, "column": cell.column.name}
    for name in _GAP_COLUMNS[2:-2]:
        value = getattr(cell, name)
        row[name] = list(value) if isinstance(value, tuple) else value
    return row | {"row_id": cell.row.id, "column_id": cell.column.id}


def _short(cell: GapCell) -> str:
    parts = [f"{cell.state} {cell.studies or (cell.comentions if cell.state == 'unread' else '')}".strip()]
    parts += [f"{cell.contradicted_claims} contradicted"] if cell.contradicted_claims else []
    parts += [*cell.badges, *cell.flags]
    return ", ".join(parts)


def _ordered(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {column: row.get(column) for column in columns}


def _guarded(value: Any) -> str:
    text = cell_text(value)
    is_text = not isinstance(value, int | float) or isinstance(value, bool)
    guarded = f"'{text}" if is_text and text.startswith(_FORMULA) else text
    # the csv module leaves a lone carriage return unquoted, and a reader then sees two rows
    return guarded.replace("\r\n", "\n").replace("\r", "\n")


def _markdown(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
