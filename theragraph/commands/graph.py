"""load, stop and cypher: the evidence graph and its engine."""

from typing import Annotated

import typer

from theragraph.output import progress, say, show
from theragraph.session import Session


def load(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Empty the graph first and write it anew.")] = False,
    finding_confidence: Annotated[
        float | None, typer.Option(help="Load findings from this confidence on, 0 to 1.", min=0, max=1)
    ] = None,
    challenge_score: Annotated[
        float | None, typer.Option(help="Load challenges from this score on, 0 to 1.", min=0, max=1)
    ] = None,
) -> None:
    """Write what changed into the graph."""
    session: Session = context.obj
    with session.writing(), progress("load", quiet=session.quiet) as advance:
        from theragraph.chain import load_into_graph

        report = load_into_graph(
            session,
            rebuild=rebuild,
            progress=advance,
            finding_confidence=finding_confidence,
            challenge_score=challenge_score,
        )
    say(str(session.settings.home), quiet=session.quiet)
    for line in report.lines():
        say(line, quiet=session.quiet)


def stop(context: typer.Context) -> None:
    """End the embedded graph server."""
    from graph.engines.embedded import stop_embedded

    session: Session = context.obj
    stopped = stop_embedded(session.settings.graph_folder)
    say("the embedded server was stopped" if stopped else "no embedded server was running", quiet=session.quiet)


def cypher(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="A read-only Cypher statement, or - to read it from stdin.")],
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value, as often as needed.")] = None,
    format: Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")] = "table",
    timeout: Annotated[float, typer.Option(help="Seconds after which the statement is ended.")] = 60.0,
    limit: Annotated[int, typer.Option(help="Most rows to fetch.")] = 10_000,
) -> None:
    """Run a read-only Cypher statement; one that writes, changes the schema or reads files is refused."""
    import sys

    from theragraph.parameters import literal_parameters

    session: Session = context.obj
    text = sys.stdin.read() if statement == "-" else statement
    with session.engine() as engine:
        result = engine.read_untrusted(text, literal_parameters(param or []), timeout_s=timeout, max_rows=limit)
    show((dict(zip(result.columns, row, strict=True)) for row in result.rows), result.columns, format=format)
    if result.truncated:
        say(f"only the first {limit} rows are shown; ask for more with --limit", quiet=session.quiet)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("load")(load)
    app.command("stop")(stop)
    app.command("cypher")(cypher)
