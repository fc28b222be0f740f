"""Scores of study designs, phases, numbers of patients and trial ids against articles that a reader labelled.

A tab-separated file, UTF-8, with these columns; the texts come from elsewhere:

    pmid    PubMed id
    half    mend (its errors may be read to mend the rules) or check (scored only)
    design  one of miner.findings.DESIGNS
    phase   "1", "1/2" ...; empty where the abstract states none of this study
    n       patients or participants of this study; empty where none are stated
    trials  registry ids that the text names, joined by commas
    sure    yes, or no where two designs fit about equally
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from miner.design import read_design
from miner.document import Document
from miner.errors import MinerInputError
from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.findings import DESIGNS, Design

HALVES = ("mend", "check")
_COLUMNS = ("pmid", "half", "design", "phase", "n", "trials", "sure")


@dataclass(frozen=True, slots=True)
class DesignLabel:
    """What a reader says of one article."""

    pmid: str
    half: str
    design: str
    phase: str
    patients: int | None
    trials: frozenset[str]
    sure: bool


@dataclass(frozen=True, slots=True)
class DesignError:
    """One thing that was read otherwise than the label says, with the words that decided."""

    pmid: str
    #: design | phase | patients | trials
    what: str
    gold: str
    found: str
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DesignReport:
    """Scores over the labelled articles whose text is there."""

    labels: int
    #: PMIDs without a text
    not_found: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    errors: tuple[DesignError, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score."""
        return (estimate.row() for estimate in self.estimates)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        for error in self.errors:
            trace = "; ".join(error.trace)
            yield {"pmid": error.pmid, "error": error.what, "gold": error.gold, "found": error.found, "trace": trace}


def read_design_labels(path: Path) -> list[DesignLabel]:
    """The labels of a file, in its order.

    Raises:
        MinerInputError: a column is missing, or a row cannot be what its column says.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = set(_COLUMNS) - set(rows.fieldnames or ())
        if missing:
            named = ", ".join(sorted(missing))
            raise MinerInputError(str(path), f"the columns {named} are missing from the header line")
        labels = [_label(f"{path} line {number}", row) for number, row in enumerate(rows, 2)]
    if len({label.pmid for label in labels}) < len(labels):
        raise MinerInputError(str(path), "labels an article twice; keep one row for each PMID")
    return labels


def score_designs(labels: Sequence[DesignLabel], documents: Iterable[Document]) -> DesignReport:
    """Scores of the documents that are labelled; of a document that comes twice, the later one."""
    wanted = {label.pmid for label in labels}
    found = {document.id: read_design(document) for document in documents if document.id in wanted}
    judged = [(label, found[label.pmid]) for label in labels if label.pmid in found]
    counts: dict[Key, list[Counts]] = defaultdict(list)
    for label, design in judged:
        for key, count in _counts(label, design):
            counts[key].append(count)
    kept = {key: rows for key, rows in counts.items() if any(map(any, rows))}
    errors = tuple(error for label, design in judged for error in _errors(label, design))
    absent = tuple(label.pmid for label in labels if label.pmid not in found)
    return DesignReport(len(labels), absent, estimates(kept), errors)


def _label(where: str, row: dict[str, str]) -> DesignLabel:
    if None in row.values() or None in row:
        raise MinerInputError(where, "has more or fewer fields than the header line")
    if not row["pmid"].isdecimal() or (row["n"] and not row["n"].isdecimal()):
        raise MinerInputError(where, "pmid and n must be whole numbers")
    for column, allowed in (("half", HALVES), ("design", DESIGNS), ("sure", ("yes", "no"))):
        if row[column] not in allowed:
            raise MinerInputError(where, f"{column} is {row[column]!r}; one of {', '.join(allowed)} is wanted")
    return DesignLabel(
        row["pmid"],
        row["half"],
        row["design"],
        row["phase"],
        int(row["n"]) if row["n"] else None,
        frozenset(trial for trial in row["trials"].split(",") if trial),
        row["sure"] == "yes",
    )


def _counts(label: DesignLabel, found: Design) -> Iterator[tuple[Key, Counts]]:
    """What one article adds to each row; the same rows for every article.

    "every article" counts an article as right whose label states nothing and of which nothing was read; "stated"
    counts only what either side states, so that its precision falls with what was invented.
    """
    right = label.design == found.design
    yield ("design", "every article"), (right, 1, 1)
    yield ("design", "reader sure"), (right and label.sure, label.sure, label.sure)
    for name in DESIGNS:
        yield ("design", name), (right and label.design == name, found.design == name, label.design == name)
    for what, gold, read in (
        ("phase", label.phase or None, found.phase or None),
        ("patients", label.patients, found.sample_size),
    ):
        yield (what, "every article"), (gold == read, 1, 1)
        yield (what, "stated"), (gold == read is not None, read is not None, gold is not None)
    ids = frozenset(found.trial_ids)
    yield ("trial ids", "stated"), (len(ids & label.trials), len(ids), len(label.trials))


def _errors(label: DesignLabel, found: Design) -> Iterator[DesignError]:
    compared = (
        ("design", label.design + " (unsure)" * (not label.sure), found.design, label.design == found.design),
        ("phase", label.phase, found.phase, label.phase == found.phase),
        ("patients", _said(label.patients), _said(found.sample_size), label.patients == found.sample_size),
        (
            "trials",
            ",".join(sorted(label.trials)),
            ",".join(sorted(found.trial_ids)),
            label.trials == frozenset(found.trial_ids),
        ),
    )
    for what, gold, read, right in compared:
        if not right:
            yield DesignError(label.pmid, what, gold, read, found.trace)


def _said(number: int | None) -> str:
    return "" if number is None else str(number)
