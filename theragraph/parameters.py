"""--param name=value: texts, numbers, truth values, lists, read as JSON where they are JSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from theragraph.exits import UsageFailure


def split_parameters(pairs: Sequence[str]) -> dict[str, str]:
    """name=value texts as a mapping; raises UsageFailure for a pair without "=" or a name given twice."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageFailure(f"--param {pair!r} is not name=value; write for example --param therapy=osimertinib")
        if name.strip() in values:
            raise UsageFailure(f"--param {name.strip()} is given twice; give it once")
        values[name.strip()] = _from_file(value) if value.startswith("@") else value
    return values


def _from_file(value: str) -> str:
    """@FILE: the file's first column, one value a line, as a JSON list; lines that begin with # are comments."""
    path = Path(value[1:])
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFailure(f"the parameter file {path} cannot be read: {error}") from error
    return json.dumps([line.split("\t")[0].strip() for line in lines if line.strip() and not line.startswith("#")])


def literal_parameters(pairs: Sequence[str]) -> dict[str, Any]:
    """The same, with every value that is JSON read as JSON ("3" is a number, "[1,2]" a list)."""
    return {name: _literal(value) for name, value in split_parameters(pairs).items()}


def _literal(value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
