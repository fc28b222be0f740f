"""What can go wrong between a question and its answer.

QueryError
├── QueryFileError         a .cypher file of the library does not follow its header's rules
├── UnknownQuery           no query of that name; near matches offered
├── ParameterError         a parameter is unknown, missing or of the wrong type
├── UnknownConcept         a name that no gene, therapy, disease, test or challenge carries; near matches offered
├── UnknownSearch          no saved search of that name; near matches offered
└── ImpossibleMap          a gap map over rows and columns that no evidence can ever join

All are final: asking again without a change gives the same error.
Errors of the engine stand in graph/engines/errors.py.
"""

from collections.abc import Sequence


class QueryError(Exception):
    """Root of the queries package's errors."""


class QueryFileError(QueryError):
    """A .cypher file whose header cannot be read; carries file and reason."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"the query file {file} {reason}; mend its header (docs/queries.md shows the form)")
        self.file = file
        self.reason = reason


class UnknownQuery(QueryError):
    """No query of that name; carries name and near."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        hint = f"did you mean {_alternatives(near)}? " if near else ""
        super().__init__(f"there is no query {name!r}; {hint}`theragraph query list` shows them all")
        self.name = name
        self.near = tuple(near)


class ParameterError(QueryError):
    """Parameters that do not fit a query; carries query and one line for each problem."""

    def __init__(self, query: str, problems: Sequence[str]) -> None:
        super().__init__(f"{query}: {'; '.join(problems)}; `theragraph query show {query}` explains its parameters")
        self.query = query
        self.problems = tuple(problems)


class UnknownConcept(QueryError):
    """Names that no concept of the wanted kind carries; carries kind, names and the near matches of each."""

    def __init__(self, kind: str, names: Sequence[str], near: Sequence[Sequence[str]]) -> None:
        parts = [
            f"{name!r}" + (f" (did you mean {_alternatives(close)}?)" if close else "")
            for name, close in zip(names, near, strict=True)
        ]
        super().__init__(
            f"no {kind} is known as {', '.join(parts)}; give a name, a synonym or an id such as {_EXAMPLE[kind]}"
        )
        self.kind = kind
        self.names = tuple(names)
        self.near = tuple(tuple(close) for close in near)


class UnknownSearch(QueryError):
    """No saved search of that name in the graph; carries name, near and known."""

    def __init__(self, name: str, near: Sequence[str], known: Sequence[str]) -> None:
        hint = f"did you mean {_alternatives(near)}?" if near else f"known: {', '.join(known) or 'none yet'}"
        super().__init__(f"no saved search {name!r} in the graph; {hint}")
        self.name = name
        self.near = tuple(near)
        self.known = tuple(known)


class ImpossibleMap(QueryError):
    """Rows and columns that no evidence can join; carries rows and columns."""

    def __init__(self, rows: str, columns: str, reason: str) -> None:
        super().__init__(f"a gap map of {rows} by {columns} cannot be drawn: {reason}")
        self.rows = rows
        self.columns = columns


_EXAMPLE = {
    "therapy": "UNII:3C06JJ0Z2O (osimertinib)",
    "gene": "HGNC:3236 (EGFR)",
    "disease": "MONDO:0005233 (non-small cell lung carcinoma)",
    "test": "TGT:whole-genome-sequencing",
    "challenge": "challenge:cost",
}


def _alternatives(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
