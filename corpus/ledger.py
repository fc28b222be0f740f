"""The store's accounts: where records came from, what became of them, what failed."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from corpus.files import local_file

FileState = Literal["reading", "complete", "incomplete"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a search that records come from, with what is known about its age."""

    name: str
    #: production year and number of an NLM file; 0 for anything else
    year: int = 0
    number: int = 0
    #: delivered by the service itself just now, so newer than any file
    live: bool = False

    @classmethod
    def of_file(cls, path: Path) -> "Source":
        """The source a file is, by its name."""
        file = local_file(path)
        return cls(path.name, file.year, file.number)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records of a batch, a file or a run."""

    new: int = 0
    #: the text that is mined changed
    revised_text: int = 0
    #: something else of the record changed
    metadata_only: int = 0
    unchanged: int = 0
    #: older than what is held, or deleted by a newer file: left out
    outdated: int = 0
    #: PMIDs that were held and are deleted now
    deleted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)))

    @property
    def changed(self) -> int:
        """How many records made the store's content change."""
        return self.new + self.revised_text + self.metadata_only + self.deleted

    @property
    def records(self) -> int:
        """How many records were read."""
        return self.new + self.revised_text + self.metadata_only + self.unchanged + self.outdated


@dataclass(frozen=True, slots=True)
class Failure:
    """One record or file that could not be used."""

    source: str
    #: of the record in its file, 1 for the first; 0 for the whole source
    position: int
    pmid: int | None
    stage: str
    error: str
    #: ISO time, UTC; set by the store
    at: str = ""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the store knows about a file it has read."""

    sha256: str
    name: str
    state: FileState
    #: records read so far
    records: int
    updated_at: str = ""
    #: as NLM says it; "" for a file that was named by hand
    md5: str = ""


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a saved search has been followed; ISO days of NLM's clock (US Eastern)."""

    #: everything created or revised up to this day is known
    followed: str
    #: day on which all ids were last compared with what is held
    compared: str


@dataclass(frozen=True, slots=True)
class TextKey:
    """What a later stage needs to see whether a record is new to it."""

    pmid: int
    version: int
    text_digest: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What the store holds."""

    path: str
    #: records, counted by PMID
    articles: int
    versions: int
    tombstones: int
    files: int
    files_incomplete: int
    failures: int
    searches: int
    #: newest PubMed entry date, ISO, "" in an empty store
    newest_entry: str
    digest: str
    #: goes up with every batch that changes content
    changes: int
    size_bytes: int
