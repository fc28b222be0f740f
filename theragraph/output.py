"""Results to stdout, messages and progress to stderr: tables on a terminal, plain text in a pipe.

rich is imported where it draws: the help of a command answers in half a second.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from queries.report import FORMATS, cell_text, rendered
from theragraph.exits import UsageFailure

if TYPE_CHECKING:
    from rich.console import Console


class Advance(Protocol):
    """Reports progress: how many are done, of how many (None when unknown)."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


def messages() -> "Console":
    """The console for progress and messages; colour only on a terminal."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str, *, quiet: bool = False) -> None:
    """One line to stderr."""
    from rich.text import Text

    if not quiet:
        messages().print(Text(text))


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Advance]:
    """A progress bar on stderr when it is a terminal; silent otherwise."""
    console = messages()
    if quiet or not console.is_terminal:
        yield lambda done, total=None: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, header_style="bold", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell_text(row.get(column))) for column in columns))
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


def write_pieces(pieces: Iterable[str], path: Path | None, *, force: bool) -> None:
    """Pieces as they come to stdout, or a whole file or none of it; an existing one only with force."""
    if path is None:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    if path.exists() and not force:
        raise UsageFailure(f"{path} exists; add --force to replace it")
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
