"""harvest: PubMed records into the article store."""

from pathlib import Path
from typing import Annotated

import typer

from theragraph.exits import Exit
from theragraph.output import progress, say
from theragraph.session import Session

harvest = typer.Typer(help="Bring PubMed records into the corpus.", no_args_is_help=True)


@harvest.command("files")
def files(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="PubMed XML files (.xml, .xml.gz) or folders of them.")],
) -> None:
    """PubMed XML files, gzipped or not, baseline or update files: in NLM's order, deletions applied."""
    from corpus.harvest import harvest_files

    session: Session = context.obj
    with session.writing(), session.corpus(create=True) as store, progress("harvest", quiet=session.quiet) as advance:
        report = harvest_files(paths, store, progress=advance)
    _tell(session, report.lines())
    raise typer.Exit(Exit.COMPLETE if report.complete else Exit.INCOMPLETE)


@harvest.command("search")
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A PubMed query, as you would type it on the PubMed page.")],
    save: Annotated[str | None, typer.Option(help="Keep the search under this name, for later refreshes.")] = None,
) -> None:
    """A PubMed search through E-utilities, up to 9,999 results."""
    from corpus.entrez import EntrezClient
    from corpus.harvest import harvest_search

    session: Session = context.obj
    client = EntrezClient(email=session.settings.ncbi_email, api_key=session.settings.ncbi_api_key)
    with session.writing(), session.corpus(create=True) as store, progress("harvest", quiet=session.quiet) as advance:
        report = harvest_search(query, client, store, save_as=save, progress=advance)
    _tell(session, report.lines())
    raise typer.Exit(Exit.COMPLETE if report.complete else Exit.INCOMPLETE)


def _tell(session: Session, lines: tuple[str, ...]) -> None:
    say(str(session.settings.home), quiet=session.quiet)
    for line in lines:
        say(line, quiet=session.quiet)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(harvest, name="harvest")
