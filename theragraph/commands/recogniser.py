"""The option --recogniser of every command that reads text: it counts for this run, over the settings."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from theragraph.settings import recogniser_name


def _choose(context: typer.Context, value: str | None) -> str | None:
    if value is not None and not context.resilient_parsing:
        name = recogniser_name(value, Path.cwd())
        context.obj.settings = replace(context.obj.settings, recogniser_name=name)
    return value


#: annotation of the parameter; nothing is left to do with its value
Recogniser = Annotated[
    str | None,
    typer.Option(
        "--recogniser",
        help="What finds entities: model, dictionary, or spacy: and the package or folder of a model.",
        callback=_choose,
        show_default="that of the settings",
    ),
]
