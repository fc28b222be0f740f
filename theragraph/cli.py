"""The one command: global options, the sub-commands, and the exit code of every failure."""

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from theragraph.commands import answers, corpus, curate, demo, evaluate, graph, harvest, mine, prisma, refresh, state
from theragraph.exits import Exit, exit_code
from theragraph.session import Session
from theragraph.settings import read_settings

app = typer.Typer(
    name="theragraph",
    help="Mine PubMed into an evidence graph of personalised medicine: harvest, mine, load, ask.",
    epilog="Start with: theragraph demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (demo, harvest, corpus, mine, graph, answers, prisma, curate, refresh, evaluate, state):
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"theragraph {version('theragraph')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Folder of the stores.", show_default="nearest theragraph.toml")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file to use.")] = None,
    engine: Annotated[str | None, typer.Option(help="Graph engine: embedded or neo4j.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no messages, only errors.")] = False,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Global options come before the command."""
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    # what the harvester waits for, and NCBI's office hours: a user at the terminal wants to know
    logging.getLogger("corpus").setLevel(logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING)
    context.obj = Session(read_settings(home=home, config=config, engine=engine), quiet=quiet, verbose=verbose)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code; a failure is one message, never a trace."""
    try:
        app(args=arguments, prog_name="theragraph", standalone_mode=True)
    except BrokenPipeError:
        # The reader of our output has gone (head, less): say nothing, and keep Python from flushing into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.COMPLETE)
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        sys.exit(_report(error))


def _report(error: Exception) -> Exit:
    code = exit_code(error)
    if code is not Exit.BUG:
        sys.stderr.write(f"error: {error}\n")
        return code
    place = traceback.extract_tb(error.__traceback__)[-1]
    sys.stderr.write(
        f"error: a bug in theragraph: {type(error).__name__}: {error} "
        f"(in {Path(place.filename).name}, line {place.lineno}). Please report it with the command you ran"
        " and the lines that --verbose prints.\n"
    )
    logging.getLogger(__name__).info("trace", exc_info=error)
    return code
