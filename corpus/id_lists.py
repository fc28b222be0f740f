"""PMIDs from a file: one a line, RIS, or NBIB as PubMed writes it (pure).

Of RIS only the fields are read that hold identifiers: an abstract may speak of another paper's PMID. A number without
a word that says what it is counts as a PMID only where the entry names PubMed or MEDLINE as its database, since other
databases number their records as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import IdListError
from corpus.identifiers import HIGHEST_PMID, IdentifierError, doi, pmid

Kind = Literal["list", "RIS", "NBIB"]

_LINK = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:PMID|PUBMED)\s*[:\-]?\s*(\d{1,9})\b", re.IGNORECASE)
_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")
_RIS = re.compile(r"^TY {1,2}- ", re.MULTILINE)
_NBIB = re.compile(r"^PMID ?- ", re.MULTILINE)
_XML = re.compile(r"\s*<")
#: RIS fields, the likelier place of the entry's own PMID first; the others hold notes, links and custom values
_ACCESSION, _LINKS = ("AN", "PM", "ID"), ("UR", "LK", "L1", "L2", "L3", "L4")
_NOTES = ("N1", *(f"{letter}{n}" for letter in "CMU" for n in range(1, 9)))
_DATABASE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line, or the entry that begins there, that gives no PMID."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class IdList:
    """The PMIDs of a file."""

    #: of the file
    name: str
    kind: Kind
    #: each once, in the order of the file
    pmids: tuple[int, ...]
    bad: tuple[BadLine, ...] = ()
    #: PMIDs that stood there before
    repeated: int = 0


@dataclass(slots=True)
class _Entry:
    """One RIS entry: where it begins, and its fields."""

    line: int
    fields: list[tuple[str, str]] = field(default_factory=list)


def read_id_list(data: bytes, name: str) -> IdList:
    """The PMIDs in a file's bytes; raises IdListError where there is none, or only what merely looks like one."""
    text = data.decode("utf-16" if data[:2] in _UTF16 else "utf-8-sig", "replace")
    if _XML.match(text):
        raise IdListError(name, "it is XML or HTML, no list; `theragraph harvest files` takes in PubMed XML")
    kind: Kind = "RIS" if _RIS.search(text) else "NBIB" if _NBIB.search(text) else "list"
    lines = text.splitlines()
    found = list({"RIS": _ris, "NBIB": _nbib, "list": _plain}[kind](lines))
    pmids = [x for x in found if isinstance(x, int)]
    bad = tuple(x for x in found if isinstance(x, BadLine))
    if not pmids:
        raise IdListError(name, _why_none(kind, bad))
    if kind == "list" and not any(_NAMED.search(line) or _LINK.search(line) for line in lines):
        _no_years(name, pmids)
    unique = tuple(dict.fromkeys(pmids))
    return IdList(name, kind, unique, bad, len(pmids) - len(unique))


def _plain(lines: Sequence[str]) -> Iterator[int | BadLine]:
    """One PMID a line; # begins a comment, and the first line may be a heading."""
    for number, line in enumerate(lines, 1):
        text = line.split("#", 1)[0].strip().strip(",;\"'").strip()
        if not text or (number == 1 and text.lower() in ("pmid", "pmids")):
            continue
        link = _LINK.search(text)
        yield _checked(link[1] if link else text, number)


def _nbib(lines: Sequence[str]) -> Iterator[int | BadLine]:
    """The PMID field of each record; records are set apart by empty lines."""
    begun = None
    for number, line in enumerate([*lines, ""], 1):
        match = _TAGGED.fullmatch(line)
        if match and match[1] == "PMID":
            begun = 0
            yield _checked(match[2], number)
        elif match and begun is None:
            begun = number
        elif not line.strip():
            if begun:
                yield BadLine(begun, "a record without PMID")
            begun = None


def _ris(lines: Sequence[str]) -> Iterator[int | BadLine]:
    entry: _Entry | None = None
    for number, line in enumerate(lines, 1):
        match = _TAGGED.fullmatch(line.rstrip())
        if not match:
            continue
        if match[1] == "TY":
            if entry:
                yield _of_entry(entry)
            entry = _Entry(number)
        elif match[1] == "ER" and entry:
            yield _of_entry(entry)
            entry = None
        elif entry:
            entry.fields.append((match[1], match[2].strip()))
    if entry:
        yield _of_entry(entry)


def _of_entry(entry: _Entry) -> int | BadLine:
    """The entry's own PMID, from the likeliest fields that name any."""
    ours = any(tag in ("DB", "DP") and _DATABASE.search(value) for tag, value in entry.fields)
    for tags in (_ACCESSION, _LINKS, _NOTES):
        values = [(tag, value) for tag, value in entry.fields if tag in tags]
        named = {x for _, value in values for pattern in (_NAMED, _LINK) for x in pattern.findall(value)}
        if not named and ours:
            named = {value for tag, value in values if tag in _ACCESSION and value.isdigit()}
        if len(named) > 1:
            return BadLine(entry.line, f"an entry with several PMIDs ({', '.join(sorted(named))})")
        if named:
            return _checked(named.pop(), entry.line)
    title = next((value for tag, value in entry.fields if tag in ("TI", "T1")), "")
    return BadLine(entry.line, f"an entry without PMID{f' ({title[:80]!r})' if title else ''}")


def _checked(text: str, line: int) -> int | BadLine:
    try:
        number = pmid(re.sub(r"(?i)^pmid\s*[:\-]?\s*", "", text.strip()))
    except IdentifierError:
        return BadLine(line, f"{_kind_of(text)}, no PMID: {text.strip()[:80]!r}")
    return (
        number if number <= HIGHEST_PMID else BadLine(line, f"a PMID has at most eight digits: {text.strip()[:80]!r}")
    )


def _kind_of(text: str) -> str:
    try:
        doi(text)
    except IdentifierError:
        return "a PMC id" if re.match(r"PMC\d", text.strip(), re.IGNORECASE) else "something else"
    return "a DOI"


def _why_none(kind: Kind, bad: Sequence[BadLine]) -> str:
    if not bad:
        return "no PMID in it; one a line is expected, or RIS or NBIB"
    if kind == "list" and all(x.reason.startswith("a DOI") for x in bad):
        return f"it lists DOIs ({len(bad):,}) and no PMID; PMIDs are needed, as PubMed's citation matcher finds them"
    return f"no PMID in it; line {bad[0].line}: {bad[0].reason}"


def _no_years(name: str, pmids: Sequence[int]) -> None:
    """Numbers that are all years are hardly the PMIDs of 1975 that they could be."""
    if all(1800 <= number <= 2100 for number in pmids):
        raise IdListError(
            name, f"its numbers look like years ({pmids[0]}); if they are PMIDs, write them as PMID:{pmids[0]}"
        )
