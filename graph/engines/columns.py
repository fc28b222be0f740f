"""The columns of a statement, read from its last RETURN: the embedded engine names none where no row comes."""

from graph.engines.guard import tokens_of

_AFTER = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def columns_of(statement: str) -> tuple[str, ...]:
    """Names in order: the alias after AS, else the expression without spaces; empty for `RETURN *`."""
    tokens = tokens_of(statement)
    returns = [index for index, (token, depth) in enumerate(_nested(tokens)) if token.upper() == "RETURN" and not depth]
    if not returns:
        return ()
    items: list[list[str]] = [[]]
    for token, depth in _nested(tokens[returns[-1] + 1 :]):
        if not depth and token.upper() in _AFTER:
            break
        if not depth and token == ",":
            items.append([])
        else:
            items[-1].append(token)
    if items[0] and items[0][0].upper() == "DISTINCT":
        del items[0][0]
    return () if ["*"] in items else tuple(_name(item) for item in items if item)


def _name(item: list[str]) -> str:
    if len(item) > 2 and item[-2].upper() == "AS":
        return item[-1].strip("`")
    return "".join(item)


def _nested(tokens: list[str]) -> list[tuple[str, int]]:
    """Each token with the number of brackets around it."""
    depth = 0
    nested = []
    for token in tokens:
        depth -= token in _CLOSE
        nested.append((token, depth))
        depth += token in _OPEN
    return nested
