"""A sentence that was drawn to be labelled, and what every drawing shares: ranks, closed records, part files."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from miner.document import Document
from miner.errors import MinerInputError

_Item = TypeVar("_Item")
#: a sentence shorter than this says nothing, a longer one is a list or a table (code points)
LENGTHS = (40, 700)
#: lines of a part file: what one reader labels in a sitting
PART = 225
#: development sets: nothing is drawn from their abstracts
_DEVELOPMENT_IDS = ("challenges/dev.tsv", "challenges/seed_classes_dev.tsv")
_DEVELOPMENT_TABLES = ("findings/dev_curated.tsv", "findings/dev_readable.tsv")
_DEVELOPMENT_LINES = ("findings/roles_dev.jsonl", "findings/dev_abstracts.jsonl")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence with its neighbours; start and end are code points of Article.text."""

    id: str
    pmid: int
    title: str
    start: int
    end: int
    sentence: str
    previous: str
    next: str
    #: what it was drawn for, which is no label
    group: str


def drawn_sentence(document: Document, position: int, group: str) -> Drawn:
    """The sentence at a position of its document, still without an id."""
    sentences = document.sentences
    sentence = sentences[position]
    before = (
        document.sentence_text(sentences[position - 1]) if position and not sentences[position - 1].is_title else ""
    )
    after = document.sentence_text(sentences[position + 1]) if position + 1 < len(sentences) else ""
    text = document.sentence_text(sentence)
    return Drawn("", int(document.id), document.title, sentence.start, sentence.end, text, before, after, group)


def bodies(document: Document) -> Iterator[tuple[int, str]]:
    """Position and text of the abstract's sentences of a usable length."""
    for position, sentence in enumerate(document.sentences):
        if not sentence.is_title and LENGTHS[0] <= sentence.end - sentence.start <= LENGTHS[1]:
            yield position, document.sentence_text(sentence)


def same_text(sentence: str) -> str:
    """A key that is equal for sentences that differ in spaces and letter case alone."""
    return " ".join(sentence.lower().split())


def rank(seed: int, *parts: object) -> str:
    """A sort key that looks random and depends on nothing but the seed and the parts."""
    return hashlib.sha256("\t".join(map(str, (seed, *parts))).encode()).hexdigest()


def in_turns(items: Iterable[_Item], kind: Callable[[_Item], Any]) -> list[_Item]:
    """Items of each kind one after the other, kinds in their order, each kind's items in the order given."""
    turns: Counter[Any] = Counter()
    keyed = []
    for item in items:
        turns[kind(item)] += 1
        keyed.append(((turns[kind(item)], kind(item)), item))
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def shuffled(drawn: Iterable[Drawn], seed: int, letter: str) -> list[Drawn]:
    """In an order that tells nothing about the group, with ids in that order."""
    ordered = sorted(drawn, key=lambda d: rank(seed, "order", d.pmid, d.start))
    return [replace(d, id=f"{letter}{number:04d}") for number, d in enumerate(ordered, 1)]


def write_drawn(folder: Path, name: str, drawn: Sequence[Drawn]) -> None:
    """One JSONL file of all, and part files of PART lines."""
    lines = [json.dumps(asdict(d), ensure_ascii=False) + "\n" for d in drawn]
    (folder / f"{name}_drawn.jsonl").write_text("".join(lines), encoding="utf-8")
    for number, begin in enumerate(range(0, len(lines), PART), 1):
        part = "".join(lines[begin : begin + PART])
        (folder / f"{name}_part_{number}.jsonl").write_text(part, encoding="utf-8")


def closed_pmids(data: Path) -> frozenset[str]:
    """PMIDs from which nothing may be drawn: the list of what is held out, and every development set.

    Raises:
        MinerInputError: one of the files is not there or names no PMID, so that nothing would be closed.
    """
    closed = _some(data / "held_out_pmids.txt", _words(data / "held_out_pmids.txt"))
    for name in _DEVELOPMENT_IDS:
        closed |= _some(data / name, (row["id"].split(".")[0] for row in _table(data / name)))
    for name in _DEVELOPMENT_TABLES:
        closed |= _some(data / name, (row["pmid"] for row in _table(data / name)))
    for name in _DEVELOPMENT_LINES:
        lines = _text(data / name).splitlines()
        closed |= _some(data / name, (str(json.loads(line)["pmid"]) for line in lines if line.strip()))
    return closed


def _some(path: Path, pmids: Iterable[str]) -> frozenset[str]:
    found = frozenset(pmids)
    if not found or not all(pmid.isdecimal() for pmid in found):
        raise MinerInputError(str(path), "PMIDs are wanted in it and are not there; give the folder of the data sets")
    return found


def _words(path: Path) -> list[str]:
    return _text(path).split()


def _table(path: Path) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MinerInputError(str(path), f"cannot be read ({error.strerror}); nothing is drawn without it") from error
