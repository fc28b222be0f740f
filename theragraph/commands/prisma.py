"""prisma: the flow numbers of saved searches."""

import json
from pathlib import Path
from typing import Annotated

import typer

from theragraph.output import say, show, write_file
from theragraph.session import Session


def prisma(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Saved searches, taken together; duplicates are counted.")],
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            help="Remove before screening, as often as needed: no-abstract, design=review, state=retracted, "
            "language!=eng, type=letter ... The first that fits a record counts it."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Also which records entered or left since this day (2026-03-01), and why.")
    ] = None,
    format: Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")] = False,
) -> None:
    """PRISMA 2020 flow numbers of saved searches; the boxes of screening stay empty until people have decided."""
    from theragraph.prisma_flow import COLUMNS
    from theragraph.prisma_flow import prisma as numbers
    from theragraph.saved_searches import iso_day

    session: Session = context.obj
    made = numbers(session, names, exclude or (), iso_day(since))
    columns = COLUMNS if since else COLUMNS[:-1]
    if format != "json":
        show(made.rows(), columns, format=format, output=output, force=force)
    elif output is None:
        typer.echo(json.dumps(made.as_json(), ensure_ascii=False, indent=2))
    else:
        write_file(output, json.dumps(made.as_json(), ensure_ascii=False, indent=2) + "\n", force=force)
    if made.unmined:
        say(f"{made.unmined:,} records are not mined, so no exclusion by design removed them; run `theragraph mine`")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("prisma")(prisma)
