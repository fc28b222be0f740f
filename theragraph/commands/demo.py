"""demo: the whole job on bundled real records, in a folder of its own."""

from dataclasses import replace
from pathlib import Path

import typer

from theragraph.output import progress, say
from theragraph.session import Session

FOLDER = "theragraph-demo"


def demo(context: typer.Context) -> None:
    """Harvest, mine and load the bundled sample into ./theragraph-demo, and answer three questions."""
    from corpus.sample import sample_path
    from theragraph.chain import harvest_into_corpus, load_into_graph, mine_corpus
    from theragraph.tour import three_answers, what_next

    given: Session = context.obj
    settings = replace(given.settings, home=Path.cwd() / FOLDER, engine="embedded", vocabulary_extra=())
    session = Session(settings, quiet=given.quiet, verbose=given.verbose)
    say(f"working in {settings.home}", quiet=session.quiet)
    with session.writing(create=True):
        with progress("harvest", quiet=session.quiet) as advance:
            taken = harvest_into_corpus(session, [sample_path()], advance)
        say(f"harvest: {taken.counts.records} records of the bundled sample", quiet=session.quiet)
        with progress("mine", quiet=session.quiet) as advance:
            mined = mine_corpus(session, workers=None, progress=advance)
        say(f"mine: {mined.lines()[0]}", quiet=session.quiet)
        with progress("load", quiet=session.quiet) as advance:
            loaded = load_into_graph(session, rebuild=False, progress=advance)
        say(f"load: {loaded.rows:,} rows written, release {loaded.release}", quiet=session.quiet)
    for line in three_answers(session):
        typer.echo(line)
    for line in what_next(FOLDER):
        typer.echo(line)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("demo")(demo)
