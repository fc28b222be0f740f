"""mine and annotate: what articles say."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from theragraph.commands.recogniser import Recogniser
from theragraph.exits import Exit, UsageFailure
from theragraph.output import progress, say, write_pieces
from theragraph.session import Session


def mine(
    context: typer.Context,
    workers: Annotated[int | None, typer.Option(help="Processes; 0 = one a core.", min=0)] = None,
    _recogniser: Recogniser = None,
) -> None:
    """Extract mentions, findings and challenges from what is new or changed."""
    from theragraph.chain import mine_corpus

    session: Session = context.obj
    with session.writing(), progress("mine", quiet=session.quiet) as advance:
        report = mine_corpus(session, workers=workers, progress=advance)
    say(str(session.settings.home), quiet=session.quiet)
    for line in report.lines():
        say(line, quiet=session.quiet)
    raise typer.Exit(Exit.COMPLETE if report.complete else Exit.INCOMPLETE)


def annotate(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Text, JSONL, PubTator or PubMed XML; - reads stdin.")] = "-",
    format: Annotated[str, typer.Option(help="jsonl, pubtator, table or html.")] = "jsonl",
    explain: Annotated[bool, typer.Option("--explain", help="Also what was dropped, at which gate, and why.")] = False,
    workers: Annotated[int | None, typer.Option(help="Processes; 0 = one a core.", min=0)] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")] = False,
    _recogniser: Recogniser = None,
) -> None:
    """Annotate documents as they come, one line each, in input order; no store is touched."""
    from theragraph.annotation import Annotating

    session: Session = context.obj
    if file != "-" and not Path(file).is_file():
        raise UsageFailure(f"the file {file} does not exist; name one, or - to read from stdin")
    annotating = Annotating(session, explain=explain, workers=workers)
    with open(sys.stdin.fileno() if file == "-" else file, "rb") as stream:
        name = "stdin" if file == "-" else Path(file).name
        write_pieces(annotating.pieces(stream, name, format), output, force=force)
    raise typer.Exit(Exit.INCOMPLETE if annotating.failed else Exit.COMPLETE)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("mine")(mine)
    app.command("annotate")(annotate)
