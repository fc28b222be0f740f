"""status and doctor: the state of every stage, and of the installation."""

import json
from typing import Annotated, Any

import typer

from theragraph.exits import Exit
from theragraph.output import show
from theragraph.session import Session

Format = Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")]


def status(context: typer.Context, format: Format = "table") -> None:
    """What each stage holds; starts nothing."""
    from theragraph.overview import overview

    session: Session = context.obj
    facts = overview(session)
    if format == "json":
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    rows = [
        {"stage": stage, "what": what, "value": value} for stage, part in facts.items() for what, value in _flat(part)
    ]
    show(rows, ("stage", "what", "value"), format=format)


def _flat(part: Any) -> list[tuple[str, Any]]:
    if not isinstance(part, dict):
        return [("", part)]
    flat: list[tuple[str, Any]] = []
    for name, value in part.items():
        if isinstance(value, dict):
            flat += [(f"{name} {inner}", item) for inner, item in value.items()]
        else:
            flat.append((name, value))
    return flat


def doctor(context: typer.Context, format: Format = "table") -> None:
    """What is installed, reachable, shadowed or missing, and how to mend it."""
    from theragraph.doctor import examine

    session: Session = context.obj
    checks = list(examine(session))
    rows = [{"check": c.name, "ok": c.ok, "found": c.found, "what to do": c.advice} for c in checks]
    show(rows, ("check", "ok", "found", "what to do"), format=format)
    raise typer.Exit(Exit.COMPLETE if all(check.ok for check in checks) else Exit.INCOMPLETE)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("status")(status)
    app.command("doctor")(doctor)
