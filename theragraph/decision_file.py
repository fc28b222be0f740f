"""The table in which people judge findings: tab-separated, written for a spreadsheet, read back cell by cell.

Cells are quoted as a spreadsheet quotes them, and one that a spreadsheet would run as a formula begins with an
apostrophe. The judgement stands in the first columns; what follows is for the reader and is not read back, except the
columns that say which finding a row is about.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from corpus.identifiers import IdentifierError, pmid
from miner.decisions import Correction, JudgedLevel, Judgement, Origin, Verdict, corrections_allowed
from miner.findings import Finding, Participant
from theragraph.exits import UsageFailure

#: column -> what of a correction it states
CORRECTED = {f"corrected_{name}": name for name in ("kind", "relation", "polarity", "certainty")}
JUDGED = ("id", "verdict", "level", "note", "judged_by", *CORRECTED)
SHOWN = ("pmid", "kind", "relation", "polarity", "certainty", "subject", "participants", "comparators", "prior",
         "sentence", "title", "suggested_level", "confidence", "state")  # fmt: skip
COLUMNS = (*JUDGED, *SHOWN)
#: the verdict that takes an earlier one back
WITHDRAWN = "undecided"
VERDICTS = (*get_args(Verdict), WITHDRAWN)
#: problems told in one message
_TOLD = 20
_ID = re.compile(r"[0-9a-f]{32}")
_PARTICIPANT = re.compile(r"(?:^|; )[^;]*? \((drug|gene|variant|disease|event) ([^()]+(?:\([^()]*\)[^()]*)*)\)(?=; |$)")
_RISKY = ("=", "+", "-", "@")
_BREAKS = str.maketrans("\t\r\n", "   ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One judged row."""

    #: of its first line; the header is line 1
    line: int
    finding_id: str
    #: None takes an earlier judgement back
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a table says."""

    name: str
    entries: tuple[Entry, ...]
    #: rows without a verdict, and those of them with a note
    blank: int
    noted: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be used."""

    line: int
    column: str
    reason: str


def refuse(name: str, problems: list[Problem]) -> None:
    """Raises UsageFailure that lists the problems; does nothing where there are none."""
    if not problems:
        return
    told = [f"  line {p.line}, column {p.column}: {p.reason}" for p in problems[:_TOLD]]
    if len(problems) > _TOLD:
        told.append(f"  and {len(problems) - _TOLD} more")
    cells = "a cell" if len(problems) == 1 else f"{len(problems)} cells"
    raise UsageFailure("\n".join([f"{name}: {cells} cannot be used, so nothing was imported", *told]))


def table(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The table in pieces, header first."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line([_guarded(row.get(column, "")) for column in COLUMNS])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_RISKY) else text


def finding_row(
    finding: Finding, number: int, sentence: str, title: str, judgement: Judgement | None
) -> dict[str, str]:
    """The row of a finding, filled in as far as it is judged."""
    shown = {
        "id": finding.id,
        "pmid": str(number),
        "kind": finding.kind,
        "relation": finding.relation,
        "polarity": finding.polarity,
        "certainty": finding.certainty,
        "subject": finding.subject,
        "participants": _participants(finding),
        "comparators": "; ".join(p.name for p in finding.comparators),
        "prior": "; ".join(p.name for p in finding.prior),
        "sentence": sentence.translate(_BREAKS),
        "title": title.translate(_BREAKS),
        "suggested_level": finding.level or "",
        "confidence": f"{finding.confidence:.3f}",
        "state": "mined",
    }
    return shown | (_judged(judgement) if judgement else {})


def orphan_row(judgement: Judgement) -> dict[str, str]:
    """The row of a judgement whose finding is not mined any more, as far as it is remembered."""
    shown = {"id": judgement.finding_id, "state": "orphaned"} | _judged(judgement)
    if origin := judgement.origin:
        shown |= {"pmid": str(origin.pmid), "sentence": origin.sentence}
        shown |= {"kind": origin.kind, "relation": origin.relation, "polarity": origin.polarity}
        shown["participants"] = "; ".join(f"{key} ({role} {key})" for role, key in origin.participants)
    return shown


def _judged(judgement: Judgement) -> dict[str, str]:
    stated = {column: getattr(judgement.correction, name) or "" for column, name in CORRECTED.items()}
    return stated | {
        "verdict": judgement.verdict,
        "level": judgement.level or "",
        "note": judgement.note,
        "judged_by": judgement.judged_by,
    }


def _participants(finding: Finding) -> str:
    """Each with its role and id: "gefitinib (drug UNII:S65743JHBS)"."""
    roles: list[tuple[str, Participant]] = [("drug", p) for p in finding.drugs]
    roles += [("gene", p) for p in finding.genes]
    roles += [("variant", p) for p in finding.variants]
    roles += [("disease", finding.disease)] if finding.disease else []
    roles += [("event", finding.event)] if finding.event else []
    return "; ".join(f"{p.name} ({role} {p.key})" for role, p in roles)


def read_decisions(data: bytes, name: str, judged_by: str = "") -> DecisionFile:
    """The judgements of a table; judged_by stands in where a row says nobody.

    Raises:
        UsageFailure: it is no such table, or cells of it cannot be used: each is named by line and column.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    seen: dict[str, Entry] = {}
    blank = noted = 0
    for line, row in _rows(_decoded(data, name), name):
        found = _entry(line, row, judged_by, problems)
        if found is None:
            blank += 1
            noted += bool(row.get("note"))
            continue
        first = seen.setdefault(found.finding_id, found)
        if first is found:
            entries.append(found)
        elif first.judgement != found.judgement:
            problems.append(Problem(line, "id", f"is judged otherwise in line {first.line}; keep one of the two rows"))
    refuse(name, problems)
    return DecisionFile(name, tuple(entries), blank, noted)


def _decoded(data: bytes, name: str) -> str:
    """UTF-8, or the UTF-16 that spreadsheets call Unicode text."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageFailure(
            f"{name}: line {line} is not UTF-8; save the table as tab-separated text in UTF-8"
        ) from error


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of every row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            cells = [cell.strip() for cell in cells]
            if not header:
                header = _header(cells, name)
            elif any(cells):
                if any(cells[len(header) :]):
                    refuse(name, [Problem(first, str(len(header) + 1), "is beyond the last column of the header")])
                yield first, dict(zip(header, map(_unguarded, cells), strict=False))
    except csv.Error as error:
        raise UsageFailure(
            f"{name}: line {reader.line_num} is no row of tab-separated cells ({error}); "
            "a cell that begins with a quotation mark must end with one"
        ) from error
    if not header:
        _header([], name)


def _header(cells: list[str], name: str) -> list[str]:
    named = [cell for cell in cells if cell]
    if "id" not in named or "verdict" not in named:
        raise UsageFailure(
            f"{name}: line 1 must name the columns id and verdict, separated by tabs; "
            "`theragraph curate export` writes such a table"
        )
    known = ", ".join(COLUMNS)
    problems = [Problem(1, cell, f"is not known; known: {known}") for cell in named if cell not in COLUMNS]
    problems += [Problem(1, cell, "is named twice") for cell in sorted({c for c in named if named.count(c) > 1})]
    refuse(name, problems)
    return cells


def _entry(line: int, row: Mapping[str, str], judged_by: str, problems: list[Problem]) -> Entry | None:
    """What a row decides, None for one without a verdict; what cannot be used is added to the problems."""
    before = len(problems)
    verdict, level = row.get("verdict", "").lower(), _level(row.get("level", ""))
    stated = {name: value for column, name in CORRECTED.items() if (value := row.get(column, "").lower())}

    def problem(column: str, reason: str) -> None:
        problems.append(Problem(line, column, reason))

    if not verdict and not level and not stated:
        return None
    if not _ID.fullmatch(row.get("id", "")):
        problem("id", f"{row.get('id', '')!r} is no id of a finding (32 digits and letters a to f)")
    if verdict not in VERDICTS:
        said = f"{verdict!r}; use" if verdict else "is empty, but the row states a level or a correction; say"
        problem("verdict", f"{said} one of {', '.join(VERDICTS)}")
    if level and level not in get_args(JudgedLevel):
        problem("level", f"{level!r}; use one of {', '.join(get_args(JudgedLevel))}, or nothing to keep the suggestion")
    for column, reason in _unusable(stated):
        problem(column, reason)
    if stated and verdict in VERDICTS and verdict != "corrected":
        problem(f"corrected_{next(iter(stated))}", f"is filled in, but the verdict is {verdict}; say corrected")
    if verdict == "corrected" and not stated and not level:
        problem("verdict", f"is corrected, but none of level, {', '.join(CORRECTED)} says how")
    origin = _origin(row, problem)
    if len(problems) > before or verdict == WITHDRAWN:
        return Entry(line, row.get("id", ""), None)
    return Entry(
        line,
        row["id"],
        Judgement(
            row["id"],
            verdict,  # type: ignore[arg-type]
            level or None,  # type: ignore[arg-type]
            row.get("note", ""),
            row.get("judged_by", "") or judged_by,
            Correction(**stated),  # type: ignore[arg-type]
            origin,
        ),
    )


def _level(text: str) -> str:
    return text.lower() if text.lower() == "none" else text.upper()


def _unusable(stated: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(column, reason) for every stated value that no correction may have."""
    for name, allowed in corrections_allowed(stated.get("kind")).items():
        if name in stated and stated[name] not in allowed:
            yield f"corrected_{name}", f"{stated[name]!r}; use one of {', '.join(allowed)}"


def _origin(row: Mapping[str, str], problem: Callable[[str, str], None]) -> Origin | None:
    """The finding that a row shows; its participants only where the whole agrees with the id."""
    if not row.get("pmid"):
        return None
    try:
        number = pmid(row["pmid"])
    except IdentifierError:
        problem("pmid", f"{row['pmid']!r} is no PMID")
        return None
    named = tuple(sorted({(m[1], m[2]) for m in _PARTICIPANT.finditer(row.get("participants", ""))}))
    sentence, kind, relation, polarity = (row.get(name, "") for name in ("sentence", "kind", "relation", "polarity"))
    shown = Origin(number, sentence, kind, relation, polarity, named)
    return shown if shown.finding_id() == row.get("id") else replace(shown, participants=())
