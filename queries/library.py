"""The library of questions: one .cypher file each, its header parsed, its parameters checked, run on an engine."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.engines import GraphEngine
from miner.concepts import ConceptTable
from queries.answers import QueryAnswer
from queries.errors import ParameterError, QueryFileError, UnknownQuery
from queries.parameters import Parameter, bound, parse_parameter

__all__ = [
    "Column",
    "Query",
    "get_query",
    "internal_rows",
    "list_queries",
    "read_query",
    "release_name",
    "run_query",
]

FOLDER = Path(__file__).parent / "cypher"
#: light = one node's neighbourhood, medium = all claims of a kind, heavy = most of the graph
COSTS = ("light", "medium", "heavy")
_FIELDS = ("question", "for", "parameters", "columns", "cost")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question of the library."""

    #: file name without .cypher
    name: str
    question: str
    #: researcher | analyst | review author
    users: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    #: one of COSTS
    cost: str
    #: the Cypher text with its header
    statement: str

    def described(self) -> dict[str, Any]:
        """What `query list --format json` prints for it."""
        return {
            "name": self.name,
            "question": self.question,
            "users": list(self.users),
            "parameters": [p.described() for p in self.parameters],
            "columns": [c.name for c in self.columns],
        }


def list_queries() -> list[Query]:
    """All questions of the library, by name."""
    return [read_query(path) for path in sorted(FOLDER.glob("*.cypher"))]


def get_query(name: str) -> Query:
    """The question of that name; raises UnknownQuery with near matches."""
    known = sorted(path.stem for path in FOLDER.glob("*.cypher"))
    if name not in known:
        raise UnknownQuery(name, _near(name, known))
    return read_query(FOLDER / f"{name}.cypher")


def run_query(
    engine: GraphEngine,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    concepts: ConceptTable | None = None,
    timeout_s: float = 60.0,
) -> QueryAnswer:
    """The answer to one question, with the release it comes from.

    Values may be texts as typed on a command line ("20", "EGFR,ALK"). A parameter that means a therapy, disease,
    gene, test or challenge takes an id, a name or a synonym; without a concept table only an id.

    Raises UnknownQuery, ParameterError, UnknownConcept, and the engine's own errors.
    """
    query = get_query(name)
    values = bound(query.name, query.parameters, parameters or {}, concepts)
    result = engine.read(query.statement, values, timeout_s=timeout_s)
    expected = tuple(column.name for column in query.columns)
    if result.rows and result.columns != expected:
        raise QueryFileError(
            f"{name}.cypher", f"returns {', '.join(result.columns)}, its header says {', '.join(expected)}"
        )
    return QueryAnswer(
        query=query.name,
        question=query.question,
        parameters=tuple(values.items()),
        columns=expected,
        rows=result.rows,
        truncated=result.truncated or len(result.rows) == values.get("limit"),
        release=release_name(engine),
    )


def internal_rows(engine: GraphEngine, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a statement that serves this package's own answers (cypher/internal); parameters hold ids only."""
    query = read_query(FOLDER / "internal" / f"{name}.cypher")
    result = engine.read(query.statement, bound(name, query.parameters, parameters, None))
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def release_name(engine: GraphEngine) -> str:
    """Name of the release that the graph answers from; "" before the first load."""
    rows = internal_rows(engine, "release", {})
    return str(rows[0]["release"]) if rows else ""


@cache
def read_query(path: Path) -> Query:
    """The query in a file; raises QueryFileError when its header is not as it should be."""
    statement = path.read_text(encoding="utf-8")
    fields = _header(path.name, statement)
    missing = [name for name in _FIELDS if name not in fields]
    if missing:
        raise QueryFileError(path.name, f"has no // {missing[0]}: line")
    cost = fields["cost"][0]
    if cost not in COSTS:
        raise QueryFileError(path.name, f"says cost {cost!r}, known are {', '.join(COSTS)}")
    try:
        parameters = tuple(parse_parameter(line) for line in fields["parameters"])
    except ParameterError as error:
        raise QueryFileError(path.name, f"has the parameter line {error.problems[0]!r}") from error
    return Query(
        name=path.stem,
        question=" ".join(fields["question"]),
        users=tuple(user.strip() for user in fields["for"][0].split(",")),
        parameters=parameters,
        columns=tuple(_column(path.name, line) for line in fields["columns"]),
        cost=cost,
        statement=statement,
    )


def _header(file: str, statement: str) -> dict[str, list[str]]:
    """Field name -> its lines: what follows the name on its line, then the indented lines below."""
    fields: dict[str, list[str]] = {}
    current = ""
    for line in statement.splitlines():
        if not line.startswith("//"):
            break
        text = line[2:]
        name, colon, rest = text.strip().partition(":")
        if colon and not text.startswith("  ") and name in _FIELDS:
            current = name
            fields[current] = [rest.strip()] if rest.strip() else []
        elif current and text.strip():
            fields[current].append(text.strip())
        else:
            raise QueryFileError(file, f"has a header line that belongs to no field: {line!r}")
    return fields


def _column(file: str, line: str) -> Column:
    name, dash, meaning = line.partition(" - ")
    if not dash:
        raise QueryFileError(file, f"has the column line {line!r}, which is not `name - meaning`")
    return Column(name.strip(), meaning.strip())


def _near(name: str, known: Sequence[str]) -> list[str]:
    close = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    words = {word for word in name.lower().replace("-", "_").split("_") if len(word) > 3}
    return close + [k for k in known if k not in close and words & set(k.split("_"))][: 3 - len(close)]
