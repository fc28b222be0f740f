"""The files of the concept cache: one SQLite database and the matcher, made from the vocabulary rows."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from pathlib import Path

from miner.concepts import Concept, Target
from miner.folding import fold, look_up_key
from miner.matcher import write_matcher
from miner.span_names import EXACT, LEARNED, name_keys
from miner.surfaces import Named, WordList, surfaces
from miner.vocabulary_files import (
    GENE_DISEASES,
    LEARNED_IDS,
    LEARNED_NAMES,
    RETIRED,
    STOPPED,
    THERAPIES,
    WORDS,
    VocabularyRow,
    concept_rows,
    extra_rows,
    read_rows,
    targets,
)

DATABASE = "concepts.sqlite"
_TABLES = """
CREATE TABLE concepts (id TEXT PRIMARY KEY, type TEXT, has_targets INTEGER, body TEXT) WITHOUT ROWID;
CREATE TABLE names (key TEXT, reversed TEXT, name TEXT, concept TEXT, rank REAL);
CREATE TABLE spans (key TEXT, form INTEGER, concept TEXT, rank REAL, PRIMARY KEY (key, form, concept)) WITHOUT ROWID;
CREATE TABLE xrefs (xref TEXT, concept TEXT);
CREATE TABLE closure (concept TEXT, ancestor TEXT);
CREATE TABLE gene_diseases (gene TEXT, disease TEXT, sources TEXT);
CREATE TABLE retired (old TEXT PRIMARY KEY, current TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX concepts_type ON concepts (type, id);
CREATE INDEX names_key ON names (key);
CREATE INDEX names_reversed ON names (reversed);
CREATE INDEX xrefs_xref ON xrefs (xref);
CREATE INDEX closure_concept ON closure (concept, ancestor);
CREATE INDEX closure_ancestor ON closure (ancestor, concept);
"""
#: order of a concept among those with the same name, by how it carries the name
_RANKS = {"nickname": 0.1, "symbol": 0.2, "name": 0.2, "brand": 0.4, "code": 0.4, "salt": 0.4, "previous": 0.8}
_UNMATCHED_TYPES = ("challenge",)
_FIELDS = tuple(field.name for field in fields(Concept))


def build_cache(folder: Path, extra: tuple[Path, ...]) -> None:
    """Write database and matcher into folder; a user's row replaces the committed one with the same id."""
    rows = {row.id: row for row in concept_rows()}
    rows.update((row.id, row) for path in extra for row in extra_rows(path))
    ordered = [rows[key] for key in sorted(rows)]
    database = folder / DATABASE
    connection = sqlite3.connect(database)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        _write_concepts(connection, ordered, targets())
        connection.executemany("INSERT INTO spans VALUES (?, ?, ?, ?)", _spans(ordered))
        connection.executemany("INSERT INTO closure VALUES (?, ?)", _closure(rows))
        connection.executemany(
            "INSERT INTO gene_diseases VALUES (?, ?, ?)",
            ((row["gene_id"], row["disease_id"], row["sources"]) for row in read_rows(GENE_DISEASES)),
        )
        connection.executemany("INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?)", _learned(rows))
        retired = ((row["old"], row["current"]) for name in (RETIRED, LEARNED_IDS) for row in read_rows(name))
        connection.executemany("INSERT OR IGNORE INTO retired VALUES (?, ?)", retired)
        connection.executescript(_INDEXES)
        connection.commit()
    finally:
        connection.close()
    matched = (_named(row) for row in ordered if row.type not in _UNMATCHED_TYPES)
    write_matcher(folder, surfaces(matched, word_list()))


def word_list() -> WordList:
    """Common words, and the names that a person stopped or kept."""
    counts = {row["word"]: int(row["abstracts"]) for row in read_rows(WORDS)}
    decided = [(row["decision"], (row["type"], fold(row["name"]).key)) for row in read_rows(STOPPED)]
    stopped = frozenset(name for decision, name in decided if decision == "stop")
    return WordList(counts, stopped, frozenset(name for decision, name in decided if decision == "keep"))


def _named(row: VocabularyRow) -> Named:
    return Named(row.id, row.type, row.kind, ((row.name, "name"), *row.names), row.flags)


def _write_concepts(
    connection: sqlite3.Connection, rows: Iterable[VocabularyRow], links: dict[str, tuple[Target, ...]]
) -> None:
    therapies = {row["id"]: row["reasons"] for row in read_rows(THERAPIES)}
    for row in rows:
        concept = _concept(row, links.get(row.id, ()), therapies)
        body = json.dumps({name: _plain(getattr(concept, name)) for name in _FIELDS}, ensure_ascii=False)
        connection.execute("INSERT INTO concepts VALUES (?, ?, ?, ?)", (row.id, row.type, bool(concept.targets), body))
        names = {(look_up_key(name), name): _RANKS.get(kind, 0.6) for name, kind in ((row.name, "name"), *row.names)}
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
            ((key, key[::-1], name, row.id, rank) for (key, name), rank in names.items() if key),
        )
        connection.executemany("INSERT INTO xrefs VALUES (?, ?)", ((xref, row.id) for xref in row.xrefs))


def _spans(rows: Iterable[VocabularyRow]) -> list[tuple[str, int, str, float]]:
    """Levelled keys of every name, in the order of the index."""
    found: dict[tuple[str, int, str], float] = {}
    for row in rows:
        if row.type in _UNMATCHED_TYPES:
            continue
        for name, kind in ((row.name, "name"), *row.names):
            rank = _RANKS.get(kind, 0.6)
            for key, form in name_keys(name):
                if form != EXACT:
                    place = (key, form, row.id)
                    found[place] = min(rank, found.get(place, rank))
    return [(*place, found[place]) for place in sorted(found)]


def _learned(rows: dict[str, VocabularyRow]) -> Iterator[tuple[str, int, str, float]]:
    """Names that annotated corpora link to a held concept."""
    for row in read_rows(LEARNED_NAMES):
        if row["concept"] in rows:
            yield look_up_key(row["name"]), LEARNED, row["concept"], round(1 - float(row["share"]), 3)


def _plain(value: object) -> object:
    return (
        [astuple(item) if isinstance(item, Target) else item for item in value] if isinstance(value, tuple) else value
    )


def _concept(row: VocabularyRow, links: tuple[Target, ...], therapies: dict[str, str]) -> Concept:
    reasons = therapies.get(row.id, "")
    family = next((flag.removeprefix("family=") for flag in sorted(row.flags) if flag.startswith("family=")), "")
    return Concept(
        id=row.id,
        type=row.type,
        kind=row.kind,
        name=row.name,
        symbol=row.symbol,
        synonyms=tuple(dict.fromkeys(name for name, kind in row.names if kind != "symbol")),
        xrefs=row.xrefs,
        parents=row.parents,
        therapy=bool(reasons) or "therapy" in row.flags,
        targeted=bool(links) or "targeted" in reasons.split("|") or "targeted" in row.flags,
        rare="rare" in row.flags,
        neoplasm="neoplasm" in row.flags,
        targets=links,
        family=family,
        definition=row.definition,
    )


def _closure(rows: dict[str, VocabularyRow]) -> Iterator[tuple[str, str]]:
    """(concept, ancestor) pairs without the concept itself; cycles end where they began."""
    parents: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        parents[row.id] = [parent for parent in row.parents if parent in rows]
    for key in sorted(rows):
        seen: set[str] = set()
        queue = list(parents[key])
        while queue:
            ancestor = queue.pop()
            if ancestor not in seen and ancestor != key:
                seen.add(ancestor)
                queue.extend(parents[ancestor])
        yield from ((key, ancestor) for ancestor in sorted(seen))
