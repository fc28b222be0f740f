"""curate: findings out to people, their judgements back in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from theragraph.exits import Exit, UsageFailure
from theragraph.output import say, show, write_pieces
from theragraph.session import Session

curate = typer.Typer(help="Findings out to people, their judgements back in.", no_args_is_help=True)

Format = Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")]


Many = list[str] | None
Kinds = Annotated[Many, typer.Option("--kind", help="Only this kind of finding, as often as needed.")]
Certainties = Annotated[Many, typer.Option("--certainty", help="Only this certainty, as often as needed.")]
Pmids = Annotated[Many, typer.Option("--pmid", help="Only this article, as often as needed.")]
Judged = Annotated[
    bool | None, typer.Option("--decided/--undecided", help="Only findings with, or without, a judgement.")
]
Linked = Annotated[bool, typer.Option("--linked", help="Only findings that can be loaded: all they name has an id.")]


@curate.command("export")
def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The table to write, tab-separated; - writes to stdout.")],
    kinds: Kinds = None,
    certainties: Certainties = None,
    pmids: Pmids = None,
    judged: Judged = None,
    linked: Linked = False,
    limit: Annotated[int | None, typer.Option(help="At most so many rows.", min=1)] = None,
    sample: Annotated[int | None, typer.Option(help="So many findings, drawn by chance.", min=1)] = None,
    seed: Annotated[int, typer.Option(help="Another seed draws another sample.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """One row a finding with its sentence, to be judged in a spreadsheet; judgements made before are filled in.

    Write right, wrong or corrected into the column verdict. corrected goes with one of the corrected_ columns or a
    level; level replaces the suggested one (A to E, or none). Without filters, orphaned judgements come last: the
    table is then a backup of every judgement.
    """
    from theragraph.curation import Exporting, Wanted, known_values
    from theragraph.decision_file import table

    session: Session = context.obj
    chosen = known_values(kinds or (), certainties or (), pmids or ())
    wanted = Wanted(*chosen, judged=judged, linked=linked, limit=limit, sample=sample, seed=seed)
    with session.corpus() as corpus, session.findings() as findings:
        exporting = Exporting(findings, corpus, session.judgements(), session.current_id)
        write_pieces(table(exporting.rows(wanted)), None if file == "-" else Path(file), force=force)
    say(f"{session.settings.home}\n{exporting.written:,} rows", quiet=session.quiet)
    if exporting.stale:
        say(f"{exporting.stale:,} findings left out: their articles have changed since; run `theragraph mine` first")
        raise typer.Exit(Exit.INCOMPLETE)


@curate.command("import")
def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A table of `curate export`, judged; - reads stdin.")],
    judged_by: Annotated[str, typer.Option(help="Who judged, where a row does not say it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and keep nothing.")] = False,
    format: Format = "table",
) -> None:
    """Keep the judgements of a table, all of them or, if a cell cannot be used, none.

    Prints what changes. Rows without a verdict are left alone; the verdict undecided takes a judgement back. The graph
    follows at the next load.
    """
    from theragraph.curation import difference_row, mined_or_nothing, plan_import
    from theragraph.decision_file import read_decisions

    session: Session = context.obj
    if file != "-" and not Path(file).is_file():
        raise UsageFailure(f"the file {file} does not exist; name one, or - to read from stdin")
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    read = read_decisions(data, "stdin" if file == "-" else file, judged_by)
    with session.writing(), session.corpus() as corpus, mined_or_nothing(session) as mined:
        held = {judgement.finding_id: judgement for judgement in session.judgements()}
        plan = plan_import(read, held, mined, corpus, session.current_id)
        if not dry_run and (plan.kept or plan.withdrawn):
            with session.decisions() as store:
                store.change(plan.kept, plan.withdrawn)
    show(map(difference_row, plan.differences), ("line", "id", "before", "after"), format=format)
    say(str(session.settings.home), quiet=session.quiet)
    say(f"{'dry run, nothing was kept: ' if dry_run else ''}{plan.summary(read)}", quiet=session.quiet)
    if plan.orphaned:
        say(f"{plan.orphaned:,} of the judged findings are not mined; `theragraph curate orphans` lists them")
    if plan.differences and not dry_run:
        say("the graph follows with `theragraph load`", quiet=session.quiet)


@curate.command("orphans")
def orphans_(context: typer.Context, format: Format = "table") -> None:
    """Judgements whose finding is not mined any more, with what the article says instead; they are never deleted."""
    from theragraph.curation import ORPHAN_COLUMNS, mined_or_nothing, orphan_shown, orphans

    session: Session = context.obj
    with mined_or_nothing(session) as mined:
        found = orphans(session.judgements(), mined, session.current_id)
    show(map(orphan_shown, found), ORPHAN_COLUMNS, format=format)
    say(f"{len(found):,} orphaned judgements", quiet=session.quiet)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(curate, name="curate")
