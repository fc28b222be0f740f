"""evaluate: scores against gold, with the split named."""

from pathlib import Path
from typing import Annotated

import typer

from theragraph.commands.recogniser import Recogniser
from theragraph.exits import UsageFailure
from theragraph.output import say, show
from theragraph.session import Session

evaluate = typer.Typer(help="Score the extraction against gold data.", no_args_is_help=True)

Gold = Annotated[Path, typer.Argument(help="The gold file.")]
Format = Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")]
Errors = Annotated[bool, typer.Option("--errors", help="List every error instead of the scores.")]


@evaluate.command("findings")
def findings(
    context: typer.Context,
    file: Gold,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """Direction and roles of findings, sentence by sentence (JSONL)."""
    from theragraph.chain import score_findings_file

    _print(context.obj, score_findings_file(context.obj, _existing(file)), format, errors)


@evaluate.command("challenges")
def challenges(
    context: typer.Context,
    file: Gold,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """Challenge classes and stance, sentence by sentence (TSV)."""
    from theragraph.chain import score_challenges_file

    _print(context.obj, score_challenges_file(context.obj, _existing(file)), format, errors)


@evaluate.command("complaints")
def complaints(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A pack of cases; the one that comes with the program.")] = None,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """What users complain about: cases of entities that must be read right (TSV)."""
    from theragraph.chain import score_complaints_file

    _print(context.obj, score_complaints_file(context.obj, file and _existing(file)), format, errors)


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise UsageFailure(f"the gold file {file} does not exist")
    return file


def _print(session: Session, report: object, format: str, errors: bool) -> None:
    rows = list(report.error_rows() if errors else report.score_rows())  # type: ignore[attr-defined]
    show(rows, tuple(rows[0]) if rows else (), format=format)
    say(
        "scored on the file named; name its split (train, development, held out) when you quote it", quiet=session.quiet
    )


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(evaluate, name="evaluate")
