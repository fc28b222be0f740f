"""Recall against rows of curated knowledge bases that a reader found in the abstract.

Three files: the rows (tab-separated: pmid, gene, drugs, significance ...), for each row by its number whether gene,
drug and relation can be read off title and abstract (tab-separated: row, pmid, readable), and the abstracts (JSON
lines: pmid, title, abstract). Only rows that are readable, name a drug, and are significant for sensitivity or
resistance are scored. They are counted twice over:

    as listed    distinct (abstract, gene, drug, direction) with the drug as the source writes it, one for each drug of
                 a combination; a drug that two sources write differently counts twice
    as concepts  distinct (abstract, gene, drugs, direction) without what a source adds in brackets, a combination once

A row is found when a predictive finding of its direction has its gene, and its drug among its drugs (as concepts: all
of them); a class of drugs is found by any drug in it. Reduced sensitivity counts as resistance.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from miner.concepts import ConceptTable
from miner.errors import MinerInputError
from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.evaluation.scores import Annotate
from miner.findings import Finding, MinedArticle, Participant

#: what the sources write -> direction
_DIRECTIONS = {
    "sensitivity/response": "sensitivity",
    "sensitivity": "sensitivity",
    "responsive": "sensitivity",
    "resistance": "resistance",
    "resistant": "resistance",
}
_RELATIONS = {"sensitivity": ("sensitivity",), "resistance": ("resistance", "reduced_sensitivity")}
_COLUMNS = ("pmid", "gene", "drugs", "significance")
_SPLIT = re.compile(r",\s*(?![^()]*\))")
#: what a source adds to a drug: its class in brackets, the generation of a class
_ADDED = re.compile(r"\s*\([^()]*\)|\s+\d(?:st|nd|rd|th) gens?\b")
COUNTINGS = ("as listed", "as concepts")
CERTAINTIES = ("asserted", "any certainty")


@dataclass(frozen=True, slots=True, order=True)
class CuratedRow:
    """One thing to be found in an abstract; several drugs are given together."""

    pmid: str
    gene: str
    drugs: tuple[str, ...]
    direction: str

    @property
    def described(self) -> str:
        return f"{self.gene} {self.direction} {' + '.join(self.drugs)}"


@dataclass(frozen=True, slots=True)
class CuratedReport:
    """Recall by way of counting and certainty, what was missed, and everything that was found."""

    documents: int
    #: only recall says something: what was found beyond the rows may well be right
    estimates: tuple[Estimate, ...]
    missed: tuple[tuple[str, CuratedRow], ...]
    found: tuple[tuple[MinedArticle, str], ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a recall."""
        for estimate in self.estimates:
            row = estimate.row()
            yield {key: row[key] for key in ("scoring", "what", "right", "gold", "recall", "recall_95")}

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each thing that no finding of any certainty says."""
        for counting, row in self.missed:
            yield {"pmid": row.pmid, "counted": counting, "error": "missed", "finding": row.described}

    def found_rows(self) -> Iterator[dict[str, object]]:
        """Every finding on the abstracts, for a reader to judge."""
        for mined, text in self.found:
            for f in mined.findings:
                yield {
                    "pmid": mined.id,
                    "kind": f.kind,
                    "relation": f.relation,
                    "polarity": f.polarity,
                    "certainty": f.certainty,
                    "drugs": _names(f.drugs),
                    "genes": _names((*f.genes, *f.variants)),
                    "disease": f.disease.name if f.disease else "",
                    "event": f.event.name if f.event else "",
                    "comparators": _names(f.comparators),
                    "confidence": f.confidence,
                    "sentence": text[f.start : f.end],
                }


def read_curated(rows: Path, readable: Path) -> dict[str, list[CuratedRow]]:
    """Way of counting -> its distinct rows, in order.

    Raises:
        MinerInputError: a column is missing, or the second file speaks of a row that the first does not have.
    """
    table = list(_table(rows, _COLUMNS))
    counted: dict[str, set[CuratedRow]] = {counting: set() for counting in COUNTINGS}
    for number, row in _readable_rows(readable, table):
        direction = _DIRECTIONS.get(row["significance"].lower())
        drugs = [drug for drug in _SPLIT.split(row["drugs"].strip()) if drug]
        if direction is None or not drugs:
            continue
        if not row["gene"]:
            raise MinerInputError(f"{rows} row {number}", "is marked as readable and has no gene; leave it out")
        plain = tuple(sorted(_ADDED.sub("", drug).lower() for drug in drugs))
        counted["as concepts"].add(CuratedRow(row["pmid"], row["gene"], plain, direction))
        counted["as listed"].update(CuratedRow(row["pmid"], row["gene"], (drug,), direction) for drug in drugs)
    return {counting: sorted(found) for counting, found in counted.items()}


def score_curated(
    gold: Mapping[str, Sequence[CuratedRow]], texts: Path, annotate: Annotate, concepts: ConceptTable
) -> CuratedReport:
    """Recall of the rows over the abstracts of a JSONL file; abstracts without a row are read as well.

    Raises:
        MinerInputError: the abstracts are broken, or that of a row is missing.
    """
    mined = {}
    for pmid, title, abstract in _abstracts(texts):
        mined[pmid] = annotate(pmid, title, abstract), f"{title} {abstract}" if title else abstract
    absent = sorted({row.pmid for rows in gold.values() for row in rows} - set(mined))
    if absent:
        raise MinerInputError(str(texts), f"does not hold the abstracts {', '.join(absent)}, which have readable rows")
    same = _Same(concepts)
    counts: dict[Key, list[Counts]] = {}
    missed: list[tuple[str, CuratedRow]] = []
    for counting, certainty in ((c, s) for c in COUNTINGS for s in CERTAINTIES):
        by_direction: dict[str, list[Counts]] = {what: [] for what in ("all", *_RELATIONS)}
        for pmid, (article, _) in mined.items():
            said = [f for f in article.findings if certainty == "any certainty" or f.certainty == certainty]
            wanted = [row for row in gold[counting] if row.pmid == pmid]
            hits = [row for row in wanted if any(same.says(finding, row) for finding in said)]
            if certainty == "any certainty":
                missed += [(counting, row) for row in wanted if row not in hits]
            for what, rows in by_direction.items():
                rows.append((_of(hits, what), 0, _of(wanted, what)))
        counts.update({(f"{counting}, {certainty}", what): rows for what, rows in by_direction.items()})
    return CuratedReport(len(mined), estimates(counts), tuple(missed), tuple(mined.values()))


class _Same:
    """Whether a finding says what a row says."""

    def __init__(self, concepts: ConceptTable) -> None:
        self._concepts = concepts

    def says(self, finding: Finding, row: CuratedRow) -> bool:
        if finding.kind != "predictive" or finding.polarity != "supports":
            return False
        if finding.relation not in _RELATIONS[row.direction]:
            return False
        genes = self._ids(row.gene, "gene")
        if not any(self._is(gene, genes, row.gene) for gene in finding.genes):
            return False
        return all(any(self._is(d, self._ids(drug, "drug"), drug) for d in finding.drugs) for drug in row.drugs)

    def _ids(self, name: str, type: str) -> frozenset[str]:
        """The concept of that name and all below it; of a class in the plural, too."""
        plain = _ADDED.sub("", name)
        for spelling in (plain, plain.removesuffix("s")):
            found = self._concepts.find(spelling, (type,))
            if found:
                return frozenset(self._concepts.descendants(found[0].id))
        return frozenset()

    @staticmethod
    def _is(participant: Participant, ids: frozenset[str], name: str) -> bool:
        if participant.id is None:
            return participant.name.lower() == _ADDED.sub("", name).lower()
        return participant.id in ids


def _of(rows: Sequence[CuratedRow], what: str) -> int:
    return sum(what in ("all", row.direction) for row in rows)


def _names(participants: Sequence[Participant]) -> str:
    return ", ".join(p.name for p in participants)


def _readable_rows(path: Path, table: Sequence[dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    for line in _table(path, ("row", "pmid", "readable")):
        number = int(line["row"]) if line["row"].isdecimal() else -1
        if not 0 <= number < len(table) or table[number]["pmid"] != line["pmid"]:
            raise MinerInputError(
                str(path), f"row {line['row']} of PMID {line['pmid']} is no row of the curated file; rows count from 0"
            )
        if line["readable"] == "yes":
            yield number, table[number]


def _table(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = set(columns) - set(rows.fieldnames or ())
        if missing:
            raise MinerInputError(
                str(path), f"the columns {', '.join(sorted(missing))} are missing from the header line"
            )
        yield from ({key: value or "" for key, value in row.items() if key} for row in rows)


def _abstracts(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield str(row["pmid"]), str(row.get("title") or ""), str(row["abstract"])
            except (ValueError, KeyError, TypeError) as error:
                raise MinerInputError(
                    f"{path} line {number}", "not an abstract; each line needs pmid, title and abstract as JSON"
                ) from error
