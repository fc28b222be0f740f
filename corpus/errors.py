"""What can go wrong in the corpus package.

CorpusError
├── InputError                 what came in cannot be used: final
│   ├── MissingPathError       no such file or folder, or a folder without PubMed XML
│   ├── NotPubMedError         empty, not XML, an error page, another kind of XML
│   ├── IncompleteFileError    the file breaks off or is damaged; the good records before it were kept
│   ├── ChecksumError          a file whose MD5 is not what NLM says
│   ├── FileGapError           a number of NLM's files is missing: nothing behind it may be read
│   ├── NewYearError           NLM has begun a new yearly baseline
│   ├── IdListError            a list of PMIDs without any, or that cannot be kept
│   ├── ExclusionError         records to leave out that are named in no known way
│   ├── RecordError            one record cannot be read; carries its position and, if known, its PMID
│   └── QueryError             PubMed cannot answer the query as asked
├── ServiceError               PubMed's servers
│   ├── ServiceUnavailableError   may heal: the same command can be run again
│   └── ServiceReplyError         an answer that is not what was asked for: final
└── StoreError                 the article store on disk: full, read-only, damaged, not ours
    ├── StoreMissingError      there is no store yet
    └── StoreVersionError      written by a newer version of the program
"""

from pathlib import Path


class CorpusError(Exception):
    """Root of everything this package raises on purpose."""


class InputError(CorpusError):
    """What came in cannot be used."""


class MissingPathError(InputError):
    """A path that does not lead to PubMed XML."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class NotPubMedError(InputError):
    """A file or reply that is not a PubMed article set."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}; expected XML with the root element PubmedArticleSet, gzipped or not")
        self.name = name
        self.reason = reason


class IncompleteFileError(InputError):
    """A file that breaks off; records counts those that stand whole before the break."""

    def __init__(self, name: str, records: int, reason: str) -> None:
        super().__init__(
            f"{name}: {reason} after record {records}; the records before it are kept, fetch the file again"
        )
        self.name = name
        self.records = records
        self.reason = reason


class ChecksumError(InputError):
    """A file that is not the one NLM put up."""

    def __init__(self, name: str, found: str, said: str) -> None:
        super().__init__(f"{name}: MD5 {found}, NLM says {said}; nothing of it was read, fetch the file again")
        self.name = name
        self.reason = f"MD5 {found}, NLM says {said}"


class FileGapError(InputError):
    """Numbers of NLM's files that are neither held nor offered."""

    def __init__(self, name: str, missing: list[int]) -> None:
        some = ", ".join(map(str, missing[:5])) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        super().__init__(
            f"{name}: the files before it are not all there (missing: number {some}); it and those behind it are not "
            "read, since deletions and revisions would be lost: wait for NLM to put them up, or fetch them yourself "
            "and name them with `theragraph harvest files`"
        )
        self.name = name
        self.missing = tuple(missing)


class NewYearError(InputError):
    """A file of a later production year than the corpus is built on."""

    def __init__(self, name: str, year: int) -> None:
        super().__init__(
            f"{name}: NLM has begun a new yearly baseline, and this corpus stands on that of 20{year:02}; build a new "
            "one beside it (theragraph --home NEW harvest baseline, then harvest updates, mine, load), copy "
            "decisions.db, and go over to it when it is whole"
        )
        self.name = name
        self.year = year


class IdListError(InputError):
    """A file that should list PMIDs."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class ExclusionError(InputError):
    """An exclusion that cannot be used."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"exclusion {text!r}: {reason}")
        self.text = text
        self.reason = reason


class RecordError(InputError):
    """One record of a file that cannot be read; the others are not concerned."""

    def __init__(self, reason: str, *, name: str = "", position: int = 0, pmid: int | None = None) -> None:
        where = f"record {position}" + (f" (PMID {pmid})" if pmid else "")
        super().__init__(f"{name}, {where}: {reason}" if name else reason)
        self.reason = reason
        self.name = name
        #: 1 for the first record of the file
        self.position = position
        self.pmid = pmid


class QueryError(InputError):
    """A query that PubMed refuses or reads as nothing."""

    def __init__(self, query: str, reason: str) -> None:
        super().__init__(f"query {query!r}: {reason}")
        self.query = query
        self.reason = reason


class ServiceError(CorpusError):
    """PubMed's servers did not do what was asked; the text never carries an API key."""


class ServiceUnavailableError(ServiceError):
    """No usable answer now: the same command can be run again."""

    def __init__(self, service: str, reason: str, attempts: int) -> None:
        super().__init__(f"{service}: {reason}, {attempts} attempts; run the same command again later")
        self.service = service
        self.reason = reason
        self.attempts = attempts


class ServiceReplyError(ServiceError):
    """An answer that is not what was asked for."""

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason


class StoreError(CorpusError):
    """The store on disk cannot be read or written."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class StoreMissingError(StoreError):
    """There is no store at the path yet."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "no article store here; run a harvest first")


class StoreVersionError(StoreError):
    """The store was written by a newer version."""

    def __init__(self, path: Path | str, found: int, known: int) -> None:
        super().__init__(
            path, f"store format {found}, this version knows up to {known}; upgrade theragraph or use another --home"
        )
        self.found = found
        self.known = known
