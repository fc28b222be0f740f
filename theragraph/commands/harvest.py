"""harvest: PubMed records into the article store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from theragraph.exits import Exit, UsageFailure
from theragraph.output import progress, say
from theragraph.session import Session

if TYPE_CHECKING:
    from corpus.harvest import HarvestReport
    from corpus.nlm_server import Kind

harvest = typer.Typer(help="Bring PubMed records into the corpus.", no_args_is_help=True)


@harvest.command("files")
def files(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="PubMed XML files (.xml, .xml.gz) or folders of them.")],
) -> None:
    """PubMed XML files, gzipped or not, baseline or update files: in NLM's order, deletions applied."""
    from theragraph.chain import harvest_into_corpus

    session: Session = context.obj
    with session.writing(create=True), progress("harvest", quiet=session.quiet) as advance:
        report = harvest_into_corpus(session, paths, advance)
    _tell(session, report)


@harvest.command("search")
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A PubMed query, as you would type it on the PubMed page.")],
    save: Annotated[str | None, typer.Option(help="Keep the search under this name, for later refreshes.")] = None,
) -> None:
    """A PubMed search through E-utilities, of any size."""
    from theragraph.chain import search_into_corpus

    session: Session = context.obj
    with session.writing(create=True), progress("harvest", quiet=session.quiet) as advance:
        report = search_into_corpus(session, query, save, advance)
    _tell(session, report)


@harvest.command("ids")
def ids(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="PMIDs, one a line, or an RIS or NBIB file; - reads stdin.")],
    save: Annotated[str | None, typer.Option(help="Keep the list under this name, as a scope of its own.")] = None,
) -> None:
    """The records of a list of PMIDs, those held already included: they may have been revised."""
    import sys

    from theragraph.chain import ids_into_corpus

    session: Session = context.obj
    if file != "-" and not Path(file).is_file():
        raise UsageFailure(f"the file {file} does not exist; name one, or - to read from stdin")
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    with progress("harvest", quiet=session.quiet) as advance:
        report = ids_into_corpus(session, data, "stdin" if file == "-" else Path(file).name, save, advance)
    _tell(session, report)


From = Annotated[
    Path | None, typer.Option("--from", help="A folder that mirrors NLM's files, instead of the server.", metavar="DIR")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Most files to read now; the next run goes on behind them.")]


@harvest.command("updates")
def updates(context: typer.Context, mirror: From = None, limit: Limit = None) -> None:
    """NLM's daily update files that are not held yet, in order: new, revised and deleted records."""
    _nlm_files(context.obj, "updatefiles", mirror, limit)


@harvest.command("baseline")
def baseline(context: typer.Context, mirror: From = None, limit: Limit = None) -> None:
    """NLM's yearly baseline: all of PubMed, some 1,300 files; can be interrupted and goes on."""
    _nlm_files(context.obj, "baseline", mirror, limit)


def _nlm_files(session: Session, kind: "Kind", mirror: Path | None, limit: int | None) -> None:
    from theragraph.chain import nlm_files_into_corpus

    with session.writing(create=True), progress("harvest", quiet=session.quiet) as advance:
        report = nlm_files_into_corpus(session, kind, mirror, limit, advance)
    _tell(session, report)


def _tell(session: Session, report: "HarvestReport") -> None:
    counts = report.counts
    say(str(session.settings.home), quiet=session.quiet)
    say(
        f"{counts.new:,} new, {counts.revised_text:,} revised, {counts.metadata_only:,} with new metadata only, "
        f"{counts.unchanged:,} unchanged, {counts.outdated:,} older than what is held, {counts.deleted:,} deleted",
        quiet=session.quiet,
    )
    if report.skipped:
        say(f"{report.skipped} files had been read whole before", quiet=session.quiet)
    for failure in report.failures[:20]:
        say(f"error: {failure.error}")
    if len(report.failures) > 20:
        say(f"error: {len(report.failures) - 20} more failures; `theragraph corpus failures` lists them")
    for warning in report.warnings:
        say(f"note: {warning}", quiet=session.quiet)
    if not report.usable:
        raise typer.Exit(Exit.USAGE)
    raise typer.Exit(Exit.COMPLETE if report.complete else Exit.INCOMPLETE)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(harvest, name="harvest")
