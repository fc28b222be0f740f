"""List files over 400 lines and functions over 40, part of `make check`; beyond 600 and 80 they fail it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("corpus", "miner", "graph", "queries", "theragraph")
FILE_BUDGET, FILE_LIMIT = 400, 600
FUNCTION_BUDGET, FUNCTION_LIMIT = 40, 80


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name, first line and length of every function in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def main() -> int:
    """Print what is over budget; 1 when something is over the hard limit."""
    root = Path(__file__).parent.parent
    over_limit = False
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            name = path.relative_to(root)
            if lines > FILE_BUDGET:
                print(f"over budget: {name} has {lines} lines (budget {FILE_BUDGET})")
                over_limit |= lines > FILE_LIMIT
            for function, line, length in functions(path):
                if length > FUNCTION_BUDGET:
                    print(f"over budget: {name}:{line} {function} has {length} lines (budget {FUNCTION_BUDGET})")
                    over_limit |= length > FUNCTION_LIMIT
    return int(over_limit)


if __name__ == "__main__":
    sys.exit(main())
