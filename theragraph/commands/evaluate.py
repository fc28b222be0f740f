"""evaluate: scores against gold, with the split named."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from theragraph.commands.recogniser import Recogniser
from theragraph.exits import UsageFailure
from theragraph.output import say, show, write_file
from theragraph.session import Session

evaluate = typer.Typer(help="Score the extraction against gold data.", no_args_is_help=True)

Gold = Annotated[Path, typer.Argument(help="The gold file.")]
Format = Annotated[str, typer.Option(help="table, json, jsonl, csv or md.")]
Errors = Annotated[bool, typer.Option("--errors", help="List every error instead of the scores.")]
Split = Annotated[str, typer.Option(help="What the file is: train, development, held out ...; said with the scores.")]
Kept = Annotated[
    bool,
    typer.Option("--kept", help="Only documents that the recipe keeps out of training (its split of NCBI Disease)."),
]


@evaluate.command("ner")
def ner(
    context: typer.Context,
    file: Gold,
    format: Format = "table",
    errors: Errors = False,
    split: Split = "",
    kept: Kept = False,
    _recogniser: Recogniser = None,
) -> None:
    """Mentions by stretch and type, strict and relaxed, against PubTator, BioC or IOB gold."""
    from theragraph.scoring import score_mentions_file, what_was_scored

    report = score_mentions_file(context.obj, _existing(file), kept=kept)
    _print(context.obj, report, format, errors, what_was_scored(file, report, split, kept=kept))


@evaluate.command("linking")
def linking(
    context: typer.Context,
    file: Gold,
    format: Format = "table",
    errors: Errors = False,
    split: Split = "",
    kept: Kept = False,
    _recogniser: Recogniser = None,
) -> None:
    """Concepts of each document, and the id at each mention, against PubTator or BioC gold."""
    from theragraph.scoring import score_links_file, what_was_scored

    report = score_links_file(context.obj, _existing(file), kept=kept)
    _print(context.obj, report, format, errors, what_was_scored(file, report, split, kept=kept))


@evaluate.command("quality")
def quality(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(help="The folder with the corpora that docs/quality.md names.")],
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")] = False,
    _recogniser: Recogniser = None,
) -> None:
    """Every score of docs/quality.md, as that page."""
    from theragraph.scoring import quality_page

    if not data.is_dir():
        raise UsageFailure(f"the data folder {data} does not exist")
    page = quality_page(context.obj, data)
    if output is None:
        typer.echo(page, nl=False)
    else:
        write_file(output, page, force=force)


@evaluate.command("findings")
def findings(
    context: typer.Context,
    file: Gold,
    texts: Annotated[Path | None, typer.Option(help="PubMed XML with the articles of a label file.")] = None,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """Direction and roles of findings, sentence by sentence (JSONL, or a label file (TSV) with --texts)."""
    from theragraph.scoring import score_findings_file

    report = score_findings_file(context.obj, _existing(file), texts and _existing(texts))
    _print(context.obj, report, format, errors)


@evaluate.command("challenges")
def challenges(
    context: typer.Context,
    file: Gold,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """Challenge classes and stance, sentence by sentence (TSV); of a CSV of Lahav et al., any challenge."""
    from theragraph.scoring import score_challenges_file

    _print(context.obj, score_challenges_file(context.obj, _existing(file)), format, errors)


@evaluate.command("design")
def design(
    context: typer.Context,
    file: Gold,
    texts: Annotated[Path, typer.Option(help="PubMed XML with the labelled articles (.xml or .xml.gz).")],
    half: Annotated[str, typer.Option(help="Only this half: mend or check.")] = "",
    format: Format = "table",
    errors: Errors = False,
) -> None:
    """Study design, phase, number of patients and trial ids of each article (TSV)."""
    from theragraph.scoring import score_design_file

    report, scored = score_design_file(_existing(file), _existing(texts), half)
    _print(context.obj, report, format, errors, scored)


@evaluate.command("curated")
def curated(
    context: typer.Context,
    file: Gold,
    texts: Annotated[Path, typer.Option(help="The abstracts (JSONL: pmid, title, abstract).")],
    readable: Annotated[Path, typer.Option(help="Which rows the abstracts say (TSV: row, pmid, readable).")],
    format: Format = "table",
    errors: Errors = False,
    found: Annotated[bool, typer.Option("--found", help="List every finding on the abstracts, to be judged.")] = False,
    split: Split = "",
    _recogniser: Recogniser = None,
) -> None:
    """Recall of what knowledge bases curated from an abstract, where the abstract itself says it (TSV)."""
    from theragraph.scoring import named_split, score_curated_file

    if errors and found:
        raise UsageFailure("--errors and --found are two listings; give one of them")
    report = score_curated_file(context.obj, *map(_existing, (file, texts, readable)))
    scored = f"scored {file.name}, {report.documents} abstracts; {named_split(split)}"
    rows = list(report.found_rows()) if found else None
    _print(context.obj, report, format, errors, scored, rows)


@evaluate.command("pairs")
def pairs(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A folder or tar archive of sentences in brat standoff.")],
    format: Format = "table",
    errors: Errors = False,
    split: Split = "",
    _recogniser: Recogniser = None,
) -> None:
    """Drug-gene pairs of predictive findings, sentence by sentence (brat standoff of CIViCmine)."""
    from theragraph.scoring import named_split, score_pairs_path

    if not path.exists():
        raise UsageFailure(f"the gold {path} does not exist")
    report = score_pairs_path(context.obj, path)
    _print(context.obj, report, format, errors, f"scored {report.described(path.name)}; {named_split(split)}")


@evaluate.command("scope")
def scope(
    context: typer.Context, file: Gold, format: Format = "table", errors: Errors = False, split: Split = ""
) -> None:
    """Negation and speculation: sentences, cues and scopes (XML of BioScope, gzipped or not); errors by cue."""
    from miner.evaluation.scope import read_bioscope, score_scope
    from theragraph.scoring import named_split

    report = score_scope(read_bioscope(_existing(file)))
    scored = f"scored {file.name}, {report.documents:,} abstracts, {report.sentences:,} sentences"
    _print(context.obj, report, format, errors, f"{scored}; {named_split(split)}")


@evaluate.command("complaints")
def complaints(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A pack of cases; the one that comes with the program.")] = None,
    format: Format = "table",
    errors: Errors = False,
    _recogniser: Recogniser = None,
) -> None:
    """What users complain about: cases of entities that must be read right (TSV)."""
    from theragraph.scoring import score_complaints_file

    report = score_complaints_file(context.obj, file and _existing(file))
    scored = f"scored {file or 'the pack of complaints that comes with the program'}; nothing trains on it, rules do"
    _print(context.obj, report, format, errors, scored)


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise UsageFailure(f"the gold file {file} does not exist")
    return file


def _print(
    session: Session,
    report: object,
    format: str,
    errors: bool,
    scored: str = "scored on the file named; name its split (train, development, held out) when you quote it",
    listed: Sequence[Mapping[str, object]] | None = None,
) -> None:
    """The rows listed, or those of the report."""
    if listed is None:
        listed = list(report.error_rows() if errors else report.score_rows())  # type: ignore[attr-defined]
    rows = list(listed)
    show(rows, tuple(rows[0]) if rows else (), format=format)
    say(scored, quiet=session.quiet)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(evaluate, name="evaluate")
