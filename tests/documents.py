"""Documents generated from the program: `python -m tests.documents` writes them, a test compares them."""

from pathlib import Path

import typer
from typer.cli import get_docs_for_click

from graph.ddl import data_dictionary
from theragraph.cli import app

DOCS = Path(__file__).parent.parent / "docs"


def command_line() -> str:
    """Every command with its options, from the program's own help."""
    command = typer.main.get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="theragraph", title="The command line")
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


GENERATED = {"cli.md": command_line, "data-dictionary.md": data_dictionary}


def main() -> None:
    """Write every generated document."""
    for name, make in GENERATED.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
