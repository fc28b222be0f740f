"""refresh: the nightly job."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from theragraph.exits import UsageFailure
from theragraph.output import progress, say, write_file
from theragraph.session import Session

if TYPE_CHECKING:
    from theragraph.refresh import Night

Updates = Annotated[
    bool | None,
    typer.Option(
        "--updates/--no-updates",
        help="Read NLM's daily files; without, where `harvest updates` or `baseline` was used before.",
    ),
]


def refresh(
    context: typer.Context,
    updates: Updates = None,
    mirror: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="A folder that mirrors NLM's.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes for mining; 0 is one a core.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be followed and fetched; change nothing.")
    ] = False,
    format: Annotated[str, typer.Option(help="md or json.")] = "md",
    output: Annotated[Path | None, typer.Option(help="Also write the report to this file.")] = None,
) -> None:
    """Follow saved searches and NLM's updates, mine and load what changed, and report what is different.

    For cron or a timer: one run at a time (a second one ends with 4), resumable, exit 1 when something is to be tried
    again and 3 when no service answered. The report is also kept in the folder reports of the home.
    """
    from theragraph.refresh import intentions, plan_of
    from theragraph.refresh import refresh as run

    session: Session = context.obj
    if format not in ("md", "json"):
        raise UsageFailure(f"unknown format {format!r}; known: md, json")
    with session.corpus() as store:
        plan = plan_of(store, updates=updates, mirror=mirror, workers=workers)
    if dry_run:
        for line in intentions(session, plan):
            typer.echo(line)
        return
    with session.writing():
        night = run(session, plan, lambda stage: progress(stage, quiet=session.quiet))
        text = _kept(session, night, format)
    typer.echo(text, nl=False)
    if output:
        write_file(output, text, force=True)
    raise typer.Exit(night.exit)


def _kept(session: Session, night: "Night", format: str) -> str:
    """Both forms into the home's reports; gives the one that is asked for."""
    from theragraph.night_report import night_json, night_markdown

    folder = session.settings.home / "reports"
    folder.mkdir(exist_ok=True)
    name = f"refresh-{night.started:%Y%m%dT%H%M%SZ}"
    texts = {"md": night_markdown(night), "json": json.dumps(night_json(night), ensure_ascii=False, indent=2) + "\n"}
    for suffix, text in texts.items():
        write_file(folder / f"{name}.{suffix}", text, force=True)
    say(f"report: {folder / name}.md and .json", quiet=session.quiet)
    return texts[format]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("refresh")(refresh)
