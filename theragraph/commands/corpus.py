"""corpus: what the article store holds."""

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from theragraph.exits import StoreFailure, UsageFailure
from theragraph.output import say, show
from theragraph.session import Session

if TYPE_CHECKING:
    from corpus.records import Article

corpus = typer.Typer(help="What the corpus holds.", no_args_is_help=True)

Format = Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")]


@corpus.command("status")
def status(context: typer.Context, format: Format = "table") -> None:
    """Articles, versions, tombstones, files and failures."""
    session: Session = context.obj
    with session.corpus() as store:
        facts = dataclasses.asdict(store.status())
    if format == "json":
        typer.echo(json.dumps(facts, indent=2))
    else:
        show([{"what": name, "value": value} for name, value in facts.items()], ("what", "value"), format=format)


@corpus.command("show")
def show_(
    context: typer.Context,
    pmid: Annotated[str, typer.Argument(help="123 or PMID:123.")],
    format: Annotated[str, typer.Option(help="table (for reading) or json.")] = "table",
    explain: Annotated[
        bool, typer.Option("--explain", help="Also what was mined from it, what almost was, and what was missing.")
    ] = False,
) -> None:
    """One article as it is held."""
    from corpus.identifiers import pmid as parsed

    session: Session = context.obj
    with session.corpus() as store:
        article = store.get(parsed(pmid))
    if article is None:
        raise UsageFailure(f"PMID {parsed(pmid)} is not in the corpus of {session.settings.home}")
    if explain:
        from theragraph.explained import explained_json, explained_lines, mined_of

        mined = mined_of(session, article)
    if format == "json":
        record = _record(article) | ({"mined": explained_json(session, article, mined)} if explain else {})
        typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{article.title}\n")
    typer.echo("; ".join(author.name for author in article.authors))
    date = article.publication_date.verbatim if article.publication_date else ""
    typer.echo(f"{article.journal.title or article.journal.abbreviation} {date}  PMID:{article.pmid}  {article.doi}")
    typer.echo(f"{', '.join(term.name for term in article.publication_types)}\n")
    for passage in article.passages[1:]:
        typer.echo(article.text[passage.start : passage.end] + "\n")
    for line in explained_lines(article, mined) if explain else ():
        typer.echo(line)


@corpus.command("export")
def export(
    context: typer.Context,
    search: Annotated[str | None, typer.Option(help="Only articles whose title or abstract hold these words.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")] = False,
) -> None:
    """Every article as one JSON line, in PMID order."""
    session: Session = context.obj
    if output and output.exists() and not force:
        raise UsageFailure(f"{output} exists; add --force to replace it")
    with session.corpus() as store:
        wanted = None if search is None else store.search(search, limit=1_000_000)
        lines = (json.dumps(_record(article), ensure_ascii=False) + "\n" for article in store.articles(wanted))
        if output is None:
            sys.stdout.writelines(lines)
            return
        temporary = output.with_name(f".{output.name}.part")
        try:
            with temporary.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(lines)
            temporary.replace(output)
        finally:
            temporary.unlink(missing_ok=True)


@corpus.command("failures")
def failures(context: typer.Context, format: Format = "table") -> None:
    """What could not be taken in, and why."""
    session: Session = context.obj
    with session.corpus() as store:
        rows = [dataclasses.asdict(failure) for failure in store.failures()]
    show(rows, tuple(rows[0]) if rows else ("name", "message"), format=format)


@corpus.command("searches")
def searches(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name of a saved search; without it, all of them.")] = None,
    since: Annotated[str | None, typer.Option(help="With a name: only runs from this day on (2026-03-01).")] = None,
    format: Format = "table",
) -> None:
    """Saved searches; with a name, its runs, and which records entered and left between them, and why."""
    from theragraph.saved_searches import (
        HISTORY_COLUMNS,
        SEARCH_COLUMNS,
        history,
        history_rows,
        iso_day,
        known_search,
        search_row,
    )

    session: Session = context.obj
    if since and name is None:
        raise UsageFailure("--since needs the name of a saved search; `theragraph corpus searches` lists them")
    day = iso_day(since)
    with session.corpus() as store:
        if name is None:
            show([search_row(each, store) for each in store.saved_names()], SEARCH_COLUMNS, format=format)
        elif format == "json":
            typer.echo(json.dumps(history(known_search(name, store), store, day), ensure_ascii=False, indent=2))
        else:
            show(history_rows(known_search(name, store), store, day), HISTORY_COLUMNS, format=format)


@corpus.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="File to write, a zip.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """corpus.db and decisions.db in one file, checked; other commands may read and write meanwhile."""
    from theragraph.backup import back_up

    session: Session = context.obj
    copies = back_up(session.settings, file, force=force)
    _tell(session, [f"{x.name}: {x.size:,} bytes" for x in copies] + [f"written to {file.absolute()}"])


@corpus.command("restore")
def restore_(context: typer.Context, file: Annotated[Path, typer.Argument(help="A file of `corpus backup`.")]) -> None:
    """A backup into an empty home; what can be built again follows with `theragraph mine` and `theragraph load`."""
    from theragraph.backup import restore

    session: Session = context.obj
    with session.writing(create=True):
        copies = restore(session.settings, file)
    _tell(session, [f"{x.name}: {x.size:,} bytes" for x in copies] + ["go on with `theragraph mine`"])


@corpus.command("check")
def check(context: typer.Context, format: Format = "table") -> None:
    """Are corpus.db and decisions.db whole: every record is read and compared with its digest."""
    from theragraph.backup import precious_stores, store_problems

    session: Session = context.obj
    stores = precious_stores(session.settings)
    rows = [{"store": path.name, "problem": line} for path in stores for line in store_problems(path)]
    show(rows, ("store", "problem"), format=format)
    if rows:
        raise StoreFailure(
            f"{session.settings.home}: {len(rows):,} problems; restore a backup into a new home "
            "(theragraph --home NEW corpus restore FILE), or harvest again into one"
        )
    _tell(session, [f"{', '.join(path.name for path in stores)}: whole"])


def _tell(session: Session, lines: list[str]) -> None:
    for line in (str(session.settings.home), *lines):
        say(line, quiet=session.quiet)


def _record(article: "Article") -> dict[str, Any]:
    from corpus.codec import plain_record

    return plain_record(article)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(corpus, name="corpus")
