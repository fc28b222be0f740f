"""Rows of the built tables, and their files: tab-separated, sorted, xz-compressed, the same bytes for the same rows."""

import lzma
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

#: concept tables; names are "kind:name", lists are joined by "|"
COLUMNS = ("id", "type", "kind", "name", "symbol", "names", "xrefs", "parents", "flags", "definition")


@dataclass(slots=True)
class ConceptRow:
    """One concept while it is being put together."""

    id: str
    type: str
    kind: str
    name: str
    symbol: str = ""
    #: surface form -> kind of name (symbol, alias, previous, brand, code, salt, abbreviation), first kind wins
    names: dict[str, str] = field(default_factory=dict)
    xrefs: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    definition: str = ""

    def add(self, name: str, kind: str) -> None:
        """Keep a surface form unless it is the preferred name or there already."""
        clean = " ".join(name.replace("|", " ").split())
        if clean and clean != self.name:
            self.names.setdefault(clean, kind)

    def fields(self) -> tuple[str, ...]:
        names = "|".join(f"{kind}:{name}" for name, kind in sorted(self.names.items(), key=lambda item: item[::-1]))
        lists = ["|".join(sorted(part)) for part in (self.xrefs - {self.id}, self.parents, self.flags)]
        return (self.id, self.type, self.kind, self.name, self.symbol, names, *lists, self.definition)


def concept_table(rows: Iterable[ConceptRow]) -> bytes:
    """The uncompressed text of a concept table, sorted by id."""
    return table(COLUMNS, (row.fields() for row in rows))


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """The uncompressed text of a table: header, then the rows sorted and without repeats."""
    lines = sorted({"\t".join(row) for row in rows})
    return "".join(f"{line}\n" for line in ("\t".join(columns), *lines)).encode()


def write_table(path: Path, content: bytes) -> bool:
    """Write a table (compressed where the name ends in .xz) unless the file already holds it.

    The comparison is of the uncompressed text: another release of liblzma may pack the same text into other bytes.
    """
    packed = path.suffix == ".xz"
    if path.exists():
        held = path.read_bytes()
        if (lzma.decompress(held) if packed else held) == content:
            return False
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME) if packed else content)
    return True
