"""The concept table: built from the vocabulary files at first use into a cache folder, then opened in milliseconds."""

import json
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from miner.concept_cache import DATABASE, build_cache
from miner.concepts import Concept, GeneDisease, Named, NearMatch, SurfaceMatcher, Target
from miner.errors import VocabularyError
from miner.findings import digest
from miner.folding import look_up_key
from miner.span_names import EXACT
from miner.vocabulary_files import vocabulary_digest

#: modules whose code decides what the cache holds; their digest is part of its key
_CODE = ("concept_cache.py", "folding.py", "matcher.py", "span_names.py", "surfaces.py", "vocabulary_files.py")
#: concepts kept decoded in a process
_HELD = 20_000
#: least similarity (difflib ratio) of a name offered for an unknown one
_NEAR = 0.6
#: seconds after which the cache of another version counts as forgotten
_UNUSED_S = 7 * 24 * 3600
#: names compared for one unknown name
_COMPARED = 3_000
_TYPE_ORDER = ("drug", "disease", "gene", "test", "challenge")
_log = logging.getLogger(__name__)


def open_concepts(cache_dir: Path, extra: tuple[Path, ...] = ()) -> "ConceptStore":
    """The concept table of the committed vocabularies and the user's extra files.

    The first call builds it under a file lock (some 20 seconds) and renames it into place, so that a killed build
    leaves nothing behind that a later call would open.

    Raises:
        VocabularyError: a table or an extra file is missing, damaged or has a wrong row.
    """
    tables, folder = _place(cache_dir, extra)
    if not (folder / DATABASE).exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(cache_dir / "vocabulary.lock"):
            if not (folder / DATABASE).exists():
                _build(cache_dir, folder, extra)
    return ConceptStore(folder, tables)


def concepts_ready(cache_dir: Path, extra: tuple[Path, ...] = ()) -> bool:
    """Whether open_concepts will find its cache built."""
    return (_place(cache_dir, extra)[1] / DATABASE).exists()


def _place(cache_dir: Path, extra: tuple[Path, ...]) -> tuple[str, Path]:
    """Digest of the tables, and the folder of the cache that this code makes of them."""
    tables = vocabulary_digest(extra)
    return tables, cache_dir / f"vocabulary-{digest('cache', _code(), tables)[:16]}"


def _code() -> list[str]:
    return [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in _CODE]


def _build(cache_dir: Path, folder: Path, extra: tuple[Path, ...]) -> None:
    _log.info("building the vocabulary cache in %s", folder)
    for leftover in cache_dir.glob("building-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix="building-", dir=cache_dir))
    try:
        build_cache(scratch, extra)
        os.replace(scratch, folder)
        prune(cache_dir, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def prune(cache_dir: Path, current: Path) -> None:
    """Remove caches of other versions that nobody has built for a week (250 MB each); an open one stays readable."""
    for other in cache_dir.glob("vocabulary-*"):
        if other != current and other.is_dir() and other.stat().st_mtime < current.stat().st_mtime - _UNUSED_S:
            shutil.rmtree(other, ignore_errors=True)


class ConceptStore:
    """Read-only look-up of concepts; see ConceptTable. Open one per process and thread."""

    def __init__(self, folder: Path, tables: str) -> None:
        self.digest = tables
        self._folder = folder
        try:
            self._db = sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro&immutable=1", uri=True)
            self._db.execute("SELECT 1 FROM concepts LIMIT 1")
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        self._matcher: SurfaceMatcher | None = None
        self._concept = lru_cache(maxsize=_HELD)(self._read)

    def close(self) -> None:
        self._db.close()

    def get(self, concept_id: str) -> Concept | None:
        """The concept, following the map of retired ids; None if unknown."""
        concept = self._concept(concept_id)
        if concept is None:
            row = self._db.execute("SELECT current FROM retired WHERE old = ?", (concept_id,)).fetchone()
            concept = self._concept(row[0]) if row else None
        return concept

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        """Concepts with this id, name, symbol, synonym or xref (case and punctuation folded), best first."""
        exact = self.get(name.strip())
        found = {exact.id: 0.0} if exact else {}
        for query, value in (
            ("SELECT concept, 0.1 FROM xrefs WHERE xref = ?", name.strip()),
            ("SELECT concept, rank FROM names WHERE key = ?", look_up_key(name)),
        ):
            for concept_id, rank in self._db.execute(query, (value,)):
                found[concept_id] = min(rank, found.get(concept_id, rank))
        concepts = [self._sure(concept_id) for concept_id in found]
        chosen = [concept for concept in concepts if not types or concept.type in types]
        return sorted(chosen, key=lambda c: (found[c.id], not c.therapy, _TYPE_ORDER.index(c.type), c.id))

    def near(self, name: str, types: Sequence[str] = (), limit: int = 5) -> list[NearMatch]:
        """Closest names for an error message, best first.

        One half of a misspelt name is usually right, so the names compared are those that share its first half or its
        last half.
        """
        key = look_up_key(name)
        half = max(2, len(key) // 2)
        rows: set[tuple[str, str, str]] = set()
        for column, part in (("key", key[:half]), ("reversed", key[::-1][:half])):
            query = (
                f"SELECT key, name, concept FROM names WHERE {column} >= ? AND {column} < ? "
                f"AND abs(length(key) - ?) <= ? ORDER BY {column} LIMIT ?"
            )
            rows.update(self._db.execute(query, (part, f"{part}\U0010ffff", len(key), 3 + len(key) // 3, _COMPARED)))
        matcher = SequenceMatcher(b=key, autojunk=False)
        scored: dict[str, tuple[float, str]] = {}
        for other, written, concept_id in sorted(rows):
            matcher.set_seq1(other)
            if matcher.quick_ratio() >= _NEAR and (score := round(matcher.ratio(), 3)) >= _NEAR:
                scored[concept_id] = max(scored.get(concept_id, (0.0, "")), (score, written))
        matches = []
        for concept_id, (_, written) in sorted(scored.items(), key=lambda item: (-item[1][0], item[0])):
            type_ = self._sure(concept_id).type
            if not types or type_ in types:
                matches.append(NearMatch(concept_id, written, type_))
        return matches[:limit]

    def named(self, key: str, form: int) -> list[Named]:
        """Concepts with a name of this key, best first; form: see miner/span_names.py."""
        if form == EXACT:
            query = "SELECT concept, min(rank) AS best FROM names WHERE key = ? GROUP BY concept ORDER BY best, concept"
            return [Named(*row) for row in self._db.execute(query, (key,))]
        query = "SELECT concept, rank FROM spans WHERE key = ? AND form = ? ORDER BY rank, concept"
        return [Named(*row) for row in self._db.execute(query, (key, form))]

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        """Ids of all is-a ancestors, the concept itself first, then sorted."""
        return self._closure("SELECT ancestor FROM closure WHERE concept = ? ORDER BY ancestor", concept_id)

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        """Ids of all is-a descendants, the concept itself first, then sorted."""
        return self._closure("SELECT concept FROM closure WHERE ancestor = ? ORDER BY concept", concept_id)

    def concepts(self, type: str, ids: Iterable[str] | None = None) -> Iterator[Concept]:
        """All concepts of a type in id order, or those of the given ids."""
        if ids is not None:
            found = (self.get(concept_id) for concept_id in sorted(set(ids)))
            yield from (concept for concept in found if concept and concept.type == type)
            return
        for row in self._db.execute("SELECT body FROM concepts WHERE type = ? ORDER BY id", (type,)):
            yield _concept(row[0])

    def targeting(self) -> Iterator[Concept]:
        """Drugs with at least one curated target, in id order."""
        for row in self._db.execute("SELECT body FROM concepts WHERE has_targets ORDER BY id"):
            yield _concept(row[0])

    def gene_diseases(self) -> Iterator[GeneDisease]:
        """Every curated gene-disease pair, sorted by gene then disease."""
        for gene, disease, sources in self._db.execute("SELECT * FROM gene_diseases ORDER BY gene, disease"):
            yield GeneDisease(gene, disease, tuple(sources.split("|")))

    def matcher(self) -> SurfaceMatcher:
        """The matcher over all surface forms; loaded at the first call, then shared."""
        if self._matcher is None:
            from miner.matcher import FileMatcher

            try:
                self._matcher = FileMatcher(self._folder)
            except (OSError, ValueError) as error:
                raise self._damaged(error) from error
        return self._matcher

    def _damaged(self, error: Exception) -> VocabularyError:
        return VocabularyError(
            str(self._folder), f"the built cache is damaged ({error}); delete this folder, the next command builds it"
        )

    def _closure(self, query: str, concept_id: str) -> tuple[str, ...]:
        concept = self.get(concept_id)
        if concept is None:
            return ()
        return (concept.id, *(row[0] for row in self._db.execute(query, (concept.id,))))

    def _sure(self, concept_id: str) -> Concept:
        concept = self._concept(concept_id)
        if concept is None:
            raise LookupError(f"the vocabulary cache names {concept_id} but does not hold it; delete {self._folder}")
        return concept

    def _read(self, concept_id: str) -> Concept | None:
        row = self._db.execute("SELECT body FROM concepts WHERE id = ?", (concept_id,)).fetchone()
        return _concept(row[0]) if row else None


def _concept(body: str) -> Concept:
    fields: dict[str, Any] = json.loads(body)
    targets = tuple(Target(*target) for target in fields.pop("targets"))
    fields.update((name, tuple(fields[name])) for name in ("synonyms", "xrefs", "parents"))
    return Concept(**fields, targets=targets)
