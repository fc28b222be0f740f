"""Which of NLM's files are to be read, in which order, and when to stop (pure).

The numbers of a production year run on without a gap from the baseline through the daily updates, and a record in a
later file replaces the earlier one. A number that is missing is a lost day; a new year replaces everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import FileGapError, NewYearError
from corpus.files import local_file
from corpus.ledger import FileEntry


@dataclass(frozen=True, slots=True, order=True)
class NlmFile:
    """One of NLM's files, ordered as NLM means them."""

    #: production year, two digits
    year: int
    number: int
    name: str

    @classmethod
    def of(cls, name: str) -> "NlmFile":
        """The file of this name."""
        file = local_file(Path(name))
        return cls(file.year, file.number, name)


def to_read(offered: Iterable[str], held: Iterable[FileEntry], replaced: Iterable[str] = ()) -> list[NlmFile]:
    """The offered files that are to be read now, in order; replaced are held ones that NLM has put up anew.

    Raises NewYearError when a year later than the held one is offered.
    """
    files = sorted({NlmFile.of(name) for name in offered})
    known = {NlmFile.of(x.name): x for x in held}
    known = {file: entry for file, entry in known.items() if file.year}
    year = max((file.year for file in known), default=files[-1].year if files else 0)
    newer = [file for file in files if file.year > year]
    if newer:
        raise NewYearError(newer[0].name, year)
    again = set(replaced)
    done = {file for file, entry in known.items() if entry.state == "complete" and file.name not in again}
    return [file for file in files if file.year == year and file not in done]


def before_gap(files: list[NlmFile], held: Iterable[FileEntry]) -> tuple[list[NlmFile], FileGapError | None]:
    """The files of one year up to the first number that is neither among them nor held, and what is missing there."""
    if not files:
        return files, None
    year = files[0].year
    present = {file.number for file in (*files, *(NlmFile.of(x.name) for x in held)) if file.year == year}
    expected = min(present)
    for place, file in enumerate(files):
        if missing := [number for number in range(expected, file.number) if number not in present]:
            return files[:place], FileGapError(file.name, missing)
        expected = file.number
    return files, None


def replaced_files(said: Mapping[str, str], held: Iterable[FileEntry]) -> list[str]:
    """Names of held files whose MD5 is not what is said now; those without either are passed over."""
    return [x.name for x in held if x.md5 and said.get(x.name) and said[x.name] != x.md5]
