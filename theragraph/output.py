"""Results to stdout, messages and progress to stderr: tables on a terminal, plain text in a pipe."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from theragraph.exits import UsageFailure

FORMATS = ("table", "json", "jsonl", "csv", "md")


class Advance(Protocol):
    """Reports progress: how many are done, of how many (None when unknown)."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


def messages() -> Console:
    """The console for progress and messages; colour only on a terminal."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str, *, quiet: bool = False) -> None:
    """One line to stderr."""
    if not quiet:
        messages().print(Text(text))


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Advance]:
    """A progress bar on stderr when it is a terminal; silent otherwise."""
    console = messages()
    if quiet or not console.is_terminal:
        yield lambda done, total=None: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total=None: bar.update(task, completed=done, total=total)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_cell(item)}" for key, item in value.items())
    return str(value)


def _guarded(value: Any) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    text = _cell(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def rendered(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], format: str) -> str:
    """The rows as text in one of FORMATS other than a terminal's table."""
    if format == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if format == "jsonl":
        return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
    if format == "md":
        lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
        lines += ["| " + " | ".join(_cell(row.get(c)).replace("|", "\\|") for c in columns) + " |" for row in rows]
        return "\n".join(lines) + "\n"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", delimiter="\t" if format == "table" else ",")
    writer.writerow(columns)
    writer.writerows([(_cell if format == "table" else _guarded)(row.get(c)) for c in columns] for row in rows)
    return buffer.getvalue()


def show(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    format: str = "table",
    output: Path | None = None,
    force: bool = False,
    title: str = "",
) -> None:
    """Rows to stdout or a file: a drawn table on a terminal, tab-separated text in a pipe."""
    if format not in FORMATS:
        raise UsageFailure(f"unknown format {format!r}; known: {', '.join(FORMATS)}")
    listed = list(rows)
    if output is not None:
        write_file(output, rendered(listed, columns, format), force=force)
    elif format == "table" and sys.stdout.isatty():
        _draw(listed, columns, title)
    else:
        sys.stdout.write(rendered(listed, columns, format))


def _draw(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str) -> None:
    table = Table(title=title or None, header_style="bold", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    Console(highlight=False).print(table)


def write_file(path: Path, text: str, *, force: bool) -> None:
    """Write a whole file or none of it; an existing one only with force."""
    if path.exists() and not force:
        raise UsageFailure(f"{path} exists; add --force to replace it")
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
