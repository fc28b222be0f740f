"""A user's statement, looked at before any engine sees it: only plain reads pass.

The engines' own locks hold behind this (the embedded server's `reader`, Neo4j's READ mode and EXPLAIN); this check
covers what they let through, and gives one and the same reason on both.
"""

import re

from graph.engines.errors import StatementRefused

#: procedures that only read the graph or its schema; every other CALL is refused, since procedures can do anything
ALLOWED_PROCEDURES = frozenset(
    {
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "dbms.components",
    }
)

_WRITES = frozenset({"CREATE", "DELETE", "DETACH", "FOREACH", "INSERT", "MERGE", "REMOVE", "SET"})
_ADMINISTERS = frozenset(
    {"ALTER", "DENY", "DROP", "DRYRUN", "ENABLE", "GRANT", "RENAME", "REVOKE", "SHOW", "TERMINATE", "USE"}
)
_PLANS = frozenset({"EXPLAIN", "PROFILE"})

#: one token: comment, text, quoted name, word, or a single other character; a broken text or comment ends the statement
_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:\\.|[^'\\])*(?:'|\Z)|"(?:\\.|[^"\\])*(?:"|\Z)|`[^`]*(?:`|\Z)|[^\W\d]\w*|\S""",
    re.DOTALL,
)


def refuse_unless_read(statement: str) -> None:
    """Raise StatementRefused with the reason unless the statement is one plain read.

    Words count where Cypher could take them for a clause: not after `.`, `:` or `$`, not before `:` (a map key), not
    in text, comments or backticks.
    """
    # Neo4j reads \\u0060 and its like as the character itself, before anything else
    if re.search(r"\\u[0-9a-fA-F]{4}", re.sub(r"'[^']*'|\"[^\"]*\"", "", statement)):
        raise StatementRefused("it hides characters behind \\u outside of text")
    tokens = tokens_of(statement)
    if not tokens:
        raise StatementRefused("it is empty")
    if ";" in tokens:
        raise StatementRefused("it holds more than one statement")
    for index, token in enumerate(tokens):
        if _is_clause(tokens, index):
            _check(token.upper(), tokens, index)


def tokens_of(statement: str) -> list[str]:
    """The statement's tokens without comments and closing semicolons; texts and quoted names are one token each."""
    tokens = [token for token in _TOKEN.findall(statement) if not token.startswith(("//", "/*"))]
    while tokens and tokens[-1] == ";":
        tokens.pop()
    return tokens


def _is_clause(tokens: list[str], index: int) -> bool:
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    return tokens[index][0].isalpha() and before not in (".", ":", "$", "|", "&", "!") and after not in (":", ".")


def _check(word: str, tokens: list[str], index: int) -> None:
    after = tokens[index + 1].upper() if index + 1 < len(tokens) else ""
    if word in _WRITES:
        raise StatementRefused(f"{word} changes the graph (where a name is meant, put it in backticks)")
    if word in _ADMINISTERS:
        raise StatementRefused(f"{word} reaches outside the graph's data (where a name is meant, put it in backticks)")
    if word in _PLANS and index == 0:
        raise StatementRefused(f"{word} answers with a plan, not with rows")
    if word == "LOAD" and after == "CSV":
        raise StatementRefused("LOAD CSV reads files")
    if word == "CALL" and after not in ("{", "("):
        _check_procedure(tokens, index + 1)
    if word == "TRANSACTIONS" and tokens[index - 1].upper() in ("IN", "CONCURRENT"):
        raise StatementRefused("IN TRANSACTIONS opens transactions of its own")


def _check_procedure(tokens: list[str], index: int) -> None:
    name: list[str] = []
    for token in tokens[index:]:
        if token not in (".",) and not re.fullmatch(r"`[^`]*`|[^\W\d]\w*", token):
            break
        if name and token != "." and name[-1] != ".":
            break
        name.append(token.strip("`"))
    procedure = "".join(name)
    if procedure.lower() not in ALLOWED_PROCEDURES:
        known = ", ".join(sorted(ALLOWED_PROCEDURES))
        raise StatementRefused(f"the procedure {procedure or '?'} is not one of those that only read ({known})")
