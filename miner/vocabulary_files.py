"""The committed vocabulary tables and a user's own rows, read into records."""

import csv
import hashlib
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.concepts import Target
from miner.errors import REINSTALL, VocabularyError

FOLDER = Path(__file__).parent / "vocabularies"
#: one format: columns of miner/vocabularies/building/tables.py
CONCEPT_TABLES = ("genes.tsv.xz", "diseases.tsv.xz", "drugs.tsv.xz", "terms.tsv")
GENE_DISEASES = "gene_diseases.tsv.xz"
TARGETS = "targets.tsv"
THERAPIES = "therapies.tsv"
RETIRED = "retired.tsv"
WORDS = "words.tsv.xz"
STOPPED = "stopped_names.tsv"
#: names and ids that only annotated corpora tell (recipe: miner/train/names.py)
LEARNED_NAMES = "learned_names.tsv"
LEARNED_IDS = "learned_ids.tsv"
DATA_FILES = (*CONCEPT_TABLES, GENE_DISEASES, TARGETS, THERAPIES, RETIRED, WORDS, STOPPED, LEARNED_NAMES, LEARNED_IDS)
#: columns of a user's file; id, type and name must have a value, synonyms, xrefs and parents are joined by "|",
#: therapy is "yes" or "no" and counts for drugs
EXTRA_COLUMNS = ("id", "type", "name", "synonyms", "xrefs", "parents", "therapy")
_EXTRA_TYPES = ("gene", "drug", "disease", "test")


@dataclass(frozen=True, slots=True)
class VocabularyRow:
    """One concept as a table holds it."""

    id: str
    type: str
    kind: str
    name: str
    symbol: str
    #: (name, kind of name), without the preferred name
    names: tuple[tuple[str, str], ...]
    xrefs: tuple[str, ...]
    parents: tuple[str, ...]
    flags: frozenset[str]
    definition: str = ""


def read_rows(name: str, folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """Rows of one table, xz-compressed or not; raises VocabularyError for a missing or damaged one."""
    data = _bytes(name, folder)
    try:
        text = (lzma.decompress(data) if name.endswith(".xz") else data).decode()
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise _damaged(name, f"is damaged ({error})", folder) from error
    if not text.endswith("\n"):
        raise _damaged(name, "is damaged (it breaks off)" if text else "is empty", folder)
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows)
    for row in rows:
        if len(row) != len(header):
            problem = f"is damaged (line {rows.line_num} has {len(row)} fields, the header {len(header)})"
            raise _damaged(name, problem, folder)
        yield dict(zip(header, row, strict=True))


def _bytes(name: str, folder: Path) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise _damaged(name, "is missing", folder) from error
    except OSError as error:
        raise _damaged(name, f"cannot be read ({error})", folder) from error


def _damaged(name: str, problem: str, folder: Path) -> VocabularyError:
    return VocabularyError(str(folder / name), f"{problem}; {REINSTALL.format('miner/vocabularies')}")


def concept_rows(folder: Path = FOLDER) -> Iterator[VocabularyRow]:
    """Every concept of the committed tables, table by table, each in id order."""
    for table in CONCEPT_TABLES:
        for row in read_rows(table, folder):
            names = tuple((name, kind) for kind, _, name in (part.partition(":") for part in _list(row["names"])))
            yield VocabularyRow(
                row["id"],
                row["type"],
                row["kind"],
                row["name"],
                row["symbol"],
                names,
                _list(row["xrefs"]),
                _list(row["parents"]),
                frozenset(_list(row["flags"])),
                row.get("definition", ""),
            )


def targets(folder: Path = FOLDER) -> dict[str, tuple[Target, ...]]:
    """Curated targets by drug id."""
    found: dict[str, list[Target]] = {}
    for row in read_rows(TARGETS, folder):
        found.setdefault(row["drug_id"], []).append(Target(row["gene_id"], row["action"], row["source"]))
    return {drug: tuple(sorted(links, key=lambda t: (t.gene_id, t.source))) for drug, links in found.items()}


def extra_rows(path: Path) -> list[VocabularyRow]:
    """A user's own concepts.

    Raises:
        VocabularyError: the file is missing or no UTF-8 text, or a row is wrong; the message says file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(str(path), f"cannot be read ({error}); check [vocabulary] extra") from error
    header = tuple(lines[0].split("\t")) if lines else ()
    if header[:3] != EXTRA_COLUMNS[:3] or set(header) - set(EXTRA_COLUMNS):
        raise VocabularyError(
            f"{path}:1", f"the header must be tab-separated, the first three needed: {' '.join(EXTRA_COLUMNS)}"
        )
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            rows.append(
                _extra_row(dict(zip(header, line.split("\t"), strict=False)), line.count("\t"), header, path, number)
            )
    return rows


def _extra_row(row: dict[str, str], tabs: int, header: tuple[str, ...], path: Path, number: int) -> VocabularyRow:
    row = {column: value.strip() for column, value in row.items()}
    problem = ""
    if tabs >= len(header):
        problem = f"has {tabs + 1} fields, the header has {len(header)}"
    elif not all(row.get(column) for column in EXTRA_COLUMNS[:3]):
        problem = "needs an id, a type and a name"
    elif ":" not in row["id"]:
        problem = f'has the id "{row["id"]}", which is no CURIE such as TGD:my-drug'
    elif row["type"] not in _EXTRA_TYPES:
        problem = f'has the type "{row["type"]}"; known: {", ".join(_EXTRA_TYPES)}'
    elif row.get("therapy", "") not in ("", "yes", "no"):
        problem = f'has therapy "{row["therapy"]}"; write yes or no'
    if problem:
        raise VocabularyError(f"{path}:{number}", f"the row {problem}; correct it and run the command again")
    kind = {"drug": "class" if row["id"].startswith("TGC:") else "substance", "gene": "gene"}.get(row["type"], "")
    symbol = row["name"] if row["type"] == "gene" else ""
    return VocabularyRow(
        row["id"],
        row["type"],
        kind,
        row["name"],
        symbol,
        tuple((name, "alias") for name in _list(row.get("synonyms", ""))),
        _list(row.get("xrefs", "")),
        _list(row.get("parents", "")),
        frozenset({"extra", *(["therapy"] if row.get("therapy") == "yes" else [])}),
    )


def vocabulary_digest(extra: tuple[Path, ...], folder: Path = FOLDER) -> str:
    """32 hex digits that change with any vocabulary file or user row."""
    state = hashlib.sha256()
    for name in DATA_FILES:
        state.update(hashlib.sha256(_bytes(name, folder)).digest())
    for path in extra:
        try:
            state.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise VocabularyError(str(path), f"cannot be read ({error}); check [vocabulary] extra") from error
    return state.hexdigest()[:32]


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
