"""Scores the complaint pack: short texts with the mentions that must and must not be found in them.

The format of a pack is in tests/complaints/README.md.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from miner.errors import MinerInputError
from miner.evaluation.scores import Annotate
from miner.findings import Mention

#: the pack that comes with the program
PACK = Path(__file__).with_name("complaints.tsv")
_COLUMNS = ("id", "source", "kind", "text", "wanted", "unwanted")
_TYPES = ("gene", "variant", "drug", "disease", "test", "*")


@dataclass(frozen=True, slots=True)
class Expected:
    """One item: a mention that must, or must not, be found."""

    #: "*" for any
    surface: str
    #: of wanted items: the n-th place of the surface, at least n mentions for "*"; 0 = anywhere
    occurrence: int
    #: of unwanted items: mentions that overlap the surface count as well
    overlapping: bool
    type: str
    #: CURIEs, "null", "-" (whatever the id), "*" (any id or none) or the beginning of a CURIE with "*" behind
    ids: tuple[str, ...]

    def __str__(self) -> str:
        place = f"#{self.occurrence}" if self.occurrence else ""
        return f"{'~' * self.overlapping}{self.surface}{place}|{self.type}|{'/'.join(self.ids)}"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One case of the pack."""

    id: str
    source: str
    kind: str
    text: str
    wanted: tuple[Expected, ...]
    unwanted: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that failed: the items that were missed, and what was found that must not be."""

    case: Complaint
    missed: tuple[Expected, ...]
    extra: tuple[Mention, ...]
    found: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class ComplaintsReport:
    """Cases that passed, of all and of each kind; the failures in the order of the pack."""

    cases: int
    #: kind -> (passed, cases)
    kinds: dict[str, tuple[int, int]]
    failures: tuple[Failure, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: all kinds together, then each in name order."""
        yield _row("all", self.cases - len(self.failures), self.cases)
        for kind in sorted(self.kinds):
            yield _row(kind, *self.kinds[kind])

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each case that failed."""
        for failure in self.failures:
            yield {
                "id": failure.case.id,
                "kind": failure.case.kind,
                "missed": " ; ".join(map(str, failure.missed)),
                "extra": " ; ".join(map(_described, failure.extra)),
                "found": " ; ".join(map(_described, failure.found)),
                "text": failure.case.text,
            }


def score_complaints(pack: Path, annotate: Annotate) -> ComplaintsReport:
    """Which cases of a pack pass.

    Raises:
        MinerInputError: the file is no such pack.
    """
    cases: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    failures = []
    for case in read_complaints(pack):
        cases[case.kind] += 1
        failure = judge(case, annotate(case.id, "", case.text).mentions)
        if failure is not None:
            failed[case.kind] += 1
            failures.append(failure)
    kinds = {kind: (cases[kind] - failed[kind], cases[kind]) for kind in cases}
    return ComplaintsReport(sum(cases.values()), kinds, tuple(failures))


def read_complaints(pack: Path) -> Iterator[Complaint]:
    """The cases of a pack, in its order.

    Raises:
        MinerInputError: a column is missing, an item is none, or an id is used twice.
    """
    seen: set[str] = set()
    with pack.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise MinerInputError(str(pack), f"the columns {', '.join(missing)} are missing from the header line")
        for number, row in enumerate(rows, 2):
            where = f"{pack} line {number}"
            if None in row or None in row.values():
                raise MinerInputError(where, f"{len(_COLUMNS)} columns are wanted, with tabs between them")
            if row["id"] in seen:
                raise MinerInputError(where, f"the id {row['id']} stands above already; ids name one case each")
            seen.add(row["id"])
            yield Complaint(
                row["id"],
                row["source"],
                row["kind"],
                row["text"],
                tuple(_items(row["wanted"], row["text"], where, wanted=True)),
                tuple(_items(row["unwanted"], row["text"], where, wanted=False)),
            )


def judge(case: Complaint, mentions: Sequence[Mention]) -> Failure | None:
    """What is wrong with the mentions of a case, None when nothing is."""
    missed = tuple(item for item in case.wanted if not _is_found(item, case.text, mentions))
    extra = tuple(m for m in mentions if any(_forbids(item, case.text, m) for item in case.unwanted))
    return Failure(case, missed, extra, tuple(mentions)) if missed or extra else None


def _items(cell: str, text: str, where: str, *, wanted: bool) -> Iterator[Expected]:
    if cell in ("", "-"):
        return
    for item in cell.split(" ; "):
        try:
            written, type_, ids = item.strip().split("|")
        except ValueError as error:
            raise MinerInputError(where, f"{item!r} is no item; an item is surface|type|id") from error
        surface, _, occurrence = written.removeprefix("~").partition("#")
        if type_ not in _TYPES:
            raise MinerInputError(where, f"{item!r} has the type {type_!r}; known: {', '.join(_TYPES)}")
        if not ids or (not occurrence.isdecimal() and "#" in written):
            raise MinerInputError(where, f"{item!r} is no item; an item is surface|type|id, after # stands a number")
        place = int(occurrence or 0)
        if surface != "*" and wanted and text.count(surface) < max(place, 1):
            raise MinerInputError(where, f"{surface!r} does not stand in the text as often as {item!r} says")
        yield Expected(surface, place, written.startswith("~"), type_, tuple(ids.split("/")))


def _is_found(item: Expected, text: str, mentions: Sequence[Mention]) -> bool:
    fitting = [m for m in mentions if _fits(item, m) and item.surface in ("*", m.text)]
    if item.surface == "*" or not item.occurrence:
        return len(fitting) >= max(item.occurrence, 1)
    start = -1
    for _ in range(item.occurrence):
        start = text.find(item.surface, start + 1)
    return any(m.start == start for m in fitting)


def _forbids(item: Expected, text: str, mention: Mention) -> bool:
    if not _fits(item, mention):
        return False
    if not item.overlapping:
        return item.surface in ("*", mention.text)
    start = text.find(item.surface)
    while start >= 0:
        if mention.start < start + len(item.surface) and start < mention.end:
            return True
        start = text.find(item.surface, start + 1)
    return False


def _fits(item: Expected, mention: Mention) -> bool:
    return item.type in ("*", mention.type) and any(_fits_id(id_, mention.concept_id) for id_ in item.ids)


def _fits_id(expected: str, found: str | None) -> bool:
    if expected in ("-", "*"):
        return True
    if expected == "null":
        return found is None
    # star alleles have a star as well ("TGV:HGNC:2621:*2"), never at the end
    if expected.endswith("*"):
        return found is not None and found.startswith(expected[:-1])
    return found == expected


def _described(mention: Mention) -> str:
    return f"{mention.text}|{mention.type}|{mention.concept_id or 'null'}"


def _row(what: str, passed: int, cases: int) -> dict[str, object]:
    return {"what": what, "passed": passed, "cases": cases, "rate": round(passed / cases, 3) if cases else None}
