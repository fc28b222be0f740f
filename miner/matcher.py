"""Vocabulary names in text: an Aho-Corasick automaton over folded surface forms, read from the built cache."""

import json
from array import array
from collections.abc import Iterable
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from miner.concepts import Hit, SurfaceEntry
from miner.folding import fold

AUTOMATON = "automaton.bin"
ENTRIES = "entries.jsonl"
INDEX = "entries.idx"
#: readings kept decoded; a corpus names some tens of thousands of different surface forms
_DECODED = 65_536


def write_matcher(folder: Path, surfaces: Iterable[tuple[str, list[SurfaceEntry]]]) -> int:
    """Write the three files of a matcher and return the number of surface keys.

    Keys are folded and distinct; entries come best first.
    """
    keys: list[str] = []
    starts = array("Q", [0])
    with (folder / ENTRIES).open("wb") as out:
        for key, entries in surfaces:
            keys.append(key)
            fields = [
                (e.concept_id, e.type, e.kind, e.mode, e.surface, e.prior, e.name_kind, e.ambiguous) for e in entries
            ]
            starts.append(starts[-1] + out.write(json.dumps(fields, ensure_ascii=False).encode()))
    (folder / INDEX).write_bytes(starts.tobytes())
    (folder / AUTOMATON).write_bytes(CharwiseDoubleArrayAhoCorasick(keys).serialize())
    return len(keys)


class FileMatcher:
    """Matches with the automaton in memory and the entries mapped from disk, which worker processes share.

    Raises:
        OSError, ValueError: a file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._automaton = CharwiseDoubleArrayAhoCorasick.deserialize((folder / AUTOMATON).read_bytes())
        self._starts = array("Q")
        self._starts.frombytes((folder / INDEX).read_bytes())
        with (folder / ENTRIES).open("rb") as file:
            self._entries = mmap(file.fileno(), 0, access=ACCESS_READ)
        if not self._starts or self._starts[-1] != len(self._entries):
            raise ValueError(f"{ENTRIES} is not what {INDEX} describes")
        self._readings = lru_cache(maxsize=_DECODED)(self._decode)

    def find(self, text: str) -> list[Hit]:
        """All hits that respect word boundaries, by start then longest first; they may overlap.

        A plural s after a class, a disease or a test belongs to the hit.
        """
        folded = fold(text)
        shape, size = folded.shape, len(folded.shape)
        hits = []
        for start, end, value in self._automaton.find_overlapping(folded.key):
            if start and shape[start - 1].isalnum():
                continue
            plural = end < size and shape[end].isalnum()
            if plural and not (shape[end] == "s" and (end + 1 == size or not shape[end + 1].isalnum())):
                continue
            written = shape[start:end]
            entries = tuple(
                entry
                for entry, form in self._readings(value)
                if _agrees(entry.mode, form, written) and (not plural or _has_plural(entry, written))
            )
            if entries:
                hits.append(Hit(*folded.span(start, end + plural), entries))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def _decode(self, value: int) -> tuple[tuple[SurfaceEntry, str], ...]:
        rows = json.loads(self._entries[self._starts[value] : self._starts[value + 1]])
        return tuple((SurfaceEntry(*row), fold(row[4]).shape if row[3] == "exact" else "") for row in rows)


def _agrees(mode: str, form: str, written: str) -> bool:
    if mode == "exact":
        return written == form
    return mode == "folded" or written[0].isupper() or not written[0].isalpha()


def _has_plural(entry: SurfaceEntry, written: str) -> bool:
    countable = entry.type in ("disease", "test") or entry.kind in ("class", "family")
    return countable and written[-1].isalpha() and written[-1] != "s"
