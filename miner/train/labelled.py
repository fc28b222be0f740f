"""Labelled sentences as they are committed: where a sentence stands, its digest and its labels, never its text.

A tab-separated file, UTF-8, with these columns:

    pmid    PubMed id of the abstract
    start   first code point of the sentence in Article.text
    end     one behind its last
    sha256  hexadecimal digest of the sentence in UTF-8: labels of a text that has changed since are not used
    labels  the adjudicated labels as JSON: of a challenge {"classes": [...], "stance": "barrier"} (no class: stance
            null), of a finding sentence the list of its findings
    first   labels of the first pass in the same form; empty where it agreed with the adjudicated ones
    second  labels of the second pass, likewise
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Article
from miner.errors import MinerInputError

COLUMNS = ("pmid", "start", "end", "sha256", "labels", "first", "second")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence and what it was labelled; the labels are JSON as written."""

    pmid: int
    start: int
    end: int
    sha256: str
    labels: str
    first: str = ""
    second: str = ""

    @property
    def values(self) -> Any:
        """The adjudicated labels, decoded."""
        return json.loads(self.labels)

    @property
    def agreed(self) -> bool:
        """Both passes gave the adjudicated labels."""
        return not self.first and not self.second


def sentence_digest(sentence: str) -> str:
    """The digest that ties labels to a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()


def teaches(pmid: int) -> bool:
    """Whether judgements on an article may be fitted on: two articles in three, the others are for checking."""
    return int(hashlib.sha256(f"20261124\tconfidence\t{pmid}".encode()).hexdigest(), 16) % 3 != 0


def read_labelled(path: Path) -> list[Labelled]:
    """The rows of a file, in its order.

    Raises:
        MinerInputError: the file does not have these columns, or a row cannot be what its column says.
    """
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise MinerInputError(str(path), f"its first line must name the columns {', '.join(COLUMNS)}")
    rows = [_row(f"{path} line {number}", line.split("\t")) for number, line in enumerate(lines[1:], 2)]
    places = {(row.pmid, row.start) for row in rows}
    if len(places) < len(rows):
        raise MinerInputError(str(path), "labels a sentence twice; keep one row for each PMID and start")
    return rows


def write_labelled(path: Path, rows: Iterable[Labelled]) -> None:
    """Write rows by PMID and place, so that the same labels give the same file."""
    lines = ["\t".join(COLUMNS)]
    for row in sorted(rows, key=lambda r: (r.pmid, r.start)):
        lines.append("\t".join(str(getattr(row, column)) for column in COLUMNS))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_text(rows: Iterable[Labelled], articles: Iterable[Article]) -> Iterator[tuple[Labelled, Article, str]]:
    """Each row whose sentence still stands where it stood, with its article and the sentence, in article order."""
    by_pmid: dict[int, list[Labelled]] = defaultdict(list)
    for row in rows:
        by_pmid[row.pmid].append(row)
    for article in articles:
        for row in by_pmid.get(article.pmid, ()):
            sentence = article.text[row.start : row.end]
            if sentence_digest(sentence) == row.sha256:
                yield row, article, sentence


def _row(where: str, fields: list[str]) -> Labelled:
    if len(fields) != len(COLUMNS):
        raise MinerInputError(where, f"{len(COLUMNS)} columns are wanted, it has {len(fields)}")
    pmid, start, end, sha256, labels, first, second = fields
    if not (pmid.isdecimal() and start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise MinerInputError(where, "pmid, start and end must be whole numbers, and start must come before end")
    if not _DIGEST.fullmatch(sha256):
        raise MinerInputError(where, "sha256 must be 64 hexadecimal digits in small letters")
    for column, value in (("labels", labels), ("first", first), ("second", second)):
        if value or column == "labels":
            _checked(where, column, value)
    return Labelled(int(pmid), int(start), int(end), sha256, labels, first, second)


def _checked(where: str, column: str, value: str) -> None:
    try:
        json.loads(value)
    except ValueError as error:
        raise MinerInputError(where, f"{column} must be JSON ({error})") from error
