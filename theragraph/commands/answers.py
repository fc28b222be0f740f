"""query, evidence and gaps: questions to the graph."""

from pathlib import Path
from typing import Annotated

import typer

from queries.report import FORMATS
from theragraph.output import say, show
from theragraph.parameters import split_parameters
from theragraph.session import Session

query = typer.Typer(help="The library of ready questions.", no_args_is_help=True)

Format = Annotated[str, typer.Option(help=f"{', '.join(FORMATS)}.")]
Search = Annotated[str | None, typer.Option(help="Only studies of this saved search.")]
Design = Annotated[list[str] | None, typer.Option(help="Only this study design; as often as needed.")]
Level = Annotated[list[str] | None, typer.Option(help="Only evidence of this level (A to E); as often as needed.")]
Output = Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")]


@query.command("list")
def list_(format: Format = "table") -> None:
    """Every question, for whom it is, its parameters and columns."""
    from queries.library import list_queries

    rows = [
        {
            "name": item.name,
            "question": item.question,
            "users": list(item.users),
            "parameters": [parameter.name for parameter in item.parameters],
            "columns": [column.name for column in item.columns],
        }
        for item in list_queries()
    ]
    shown = (
        ("name", "question", "parameters")
        if format == "table"
        else ("name", "question", "users", "parameters", "columns")
    )
    show(rows, shown, format=format)


@query.command("show")
def show_(name: Annotated[str, typer.Argument(help="Name of a question; `query list` has them all.")]) -> None:
    """The Cypher of one question, with its header."""
    from queries.library import get_query

    typer.echo(get_query(name).statement.rstrip())


@query.command("run")
def run(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a question; `query list` has them all.")],
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="name=value; @FILE reads a list.")] = None,
    format: Format = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """Ask one question; concepts may be named by id, name or synonym."""
    from queries.answers import CLOSING
    from queries.library import get_query, run_query

    session: Session = context.obj
    get_query(name)
    with session.engine() as engine:
        answer = run_query(engine, name, split_parameters(param or []), concepts=session.concepts())
    show(answer.records(), answer.columns, format=format, output=output, force=force, title=answer.question)
    if answer.truncated:
        say("there may be more rows; ask for more with --param limit=1000", quiet=session.quiet)
    say(f"release {answer.release or 'none'}; {CLOSING}", quiet=session.quiet)


def evidence(
    context: typer.Context,
    therapy: Annotated[str | None, typer.Option(help="Drug or therapy class: id, name or synonym.")] = None,
    disease: Annotated[str | None, typer.Option(help="Disease; its subtypes are included.")] = None,
    gene: Annotated[str | None, typer.Option(help="Gene: id, symbol or synonym.")] = None,
    search: Search = None,
    design: Design = None,
    level: Level = None,
    limit: Annotated[int, typer.Option(help="Most claims to show.")] = 20,
    studies: Annotated[int, typer.Option(help="Most studies to show on each side of a claim.")] = 5,
    format: Annotated[str, typer.Option(help="table (text for reading), json, jsonl, csv or md.")] = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """Supporting and contradicting studies side by side, with their sentences."""
    from queries.evidence import evidence as ask
    from queries.filters import Filters
    from queries.report import evidence_rows
    from theragraph.reading import evidence_lines

    session: Session = context.obj
    with session.engine() as engine:
        answer = ask(
            engine,
            therapy=therapy,
            disease=disease,
            gene=gene,
            filters=Filters(search, tuple(design or ()), tuple(level or ())),
            concepts=session.concepts(),
            limit=limit,
        )
    if format == "table" and output is None:
        for line in evidence_lines(answer, studies=studies):
            typer.echo(line)
        return
    rows = evidence_rows(answer)
    show(rows, tuple(rows[0]) if rows else (), format=format, output=output, force=force)


def gaps(
    context: typer.Context,
    rows: Annotated[str, typer.Option(help="therapy, class or test.")] = "therapy",
    columns: Annotated[str, typer.Option(help="disease, challenge or gene.")] = "disease",
    row: Annotated[list[str] | None, typer.Option(help="A row by name; without any, the most studied ones.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="A column by name; without any, the most studied ones.")
    ] = None,
    search: Search = None,
    design: Design = None,
    level: Level = None,
    size: Annotated[int, typer.Option(help="Most rows and columns when none are named.")] = 12,
    format: Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")] = "table",
    output: Output = None,
    force: Force = False,
) -> None:
    """The evidence-gap map: each cell is evidence, thin, unread or none."""
    from queries.answers import CLOSING
    from queries.filters import Filters
    from queries.gaps import gap_map
    from queries.report import gap_legend, gap_matrix, gap_rows

    session: Session = context.obj
    with session.engine() as engine:
        found = gap_map(
            engine, rows=rows, columns=columns, row_names=row or (), column_names=column or (),
            concepts=session.concepts(),
            filters=Filters(search, tuple(design or ()), tuple(level or ())),
            size=size,
            newest=session.newest_entry(),
        )  # fmt: skip
    if format == "table" and output is None:
        titles, matrix = gap_matrix(found)
        show(matrix, titles)
        for line in gap_legend(found):
            say(line, quiet=session.quiet)
    else:
        cells = gap_rows(found)
        show(cells, tuple(cells[0]) if cells else (), format=format, output=output, force=force)
    say(f"release {found.release or 'none'}; abstracts only, this corpus; {CLOSING}", quiet=session.quiet)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(query, name="query")
    app.command("evidence")(evidence)
    app.command("gaps")(gaps)
