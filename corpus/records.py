"""What a PubMed record becomes: the frozen types that leave the corpus package."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

DatePrecision = Literal["day", "month", "season", "year", "range"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of the article text: the title, or one part of the English abstract."""

    #: "TITLE", the part's own label ("METHODS"), or "" for an unlabelled part
    label: str
    #: NlmCategory of a labelled part; "" where the record gives none
    category: str
    #: code points into Article.text, half-open; a labelled part's range starts at its label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """Journal issue date as printed; a year is not the first of January."""

    #: the date as the record gives it ("1979 Jul-Sep")
    verbatim: str
    #: may be None where no four-digit year can be read
    year: int | None
    precision: DatePrecision
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The known part as YYYY, YYYY-MM or YYYY-MM-DD; "" without a year."""
        if self.year is None:
            return ""
        parts = [f"{self.year:04d}"]
        if self.precision in ("day", "month") and self.month:
            parts.append(f"{self.month:02d}")
            if self.precision == "day" and self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class MeshHeading:
    """One MeSH heading; major when the descriptor or any of its qualifiers is."""

    ui: str
    name: str
    major: bool
    #: (ui, name, major) of each qualifier, in record order
    qualifiers: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A coded term of the record: publication type, chemical or supplementary MeSH name."""

    ui: str
    name: str
    #: registry number of a chemical ("0" kept as given), Type of a supplementary name, else ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Keyword:
    """An author or NLM keyword."""

    text: str
    owner: str
    major: bool


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a collective, in record order."""

    last_name: str = ""
    fore_name: str = ""
    initials: str = ""
    suffix: str = ""
    #: name of a group author; "" for a person
    collective: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()
    valid: bool = True
    equal_contribution: bool = False

    @property
    def name(self) -> str:
        """ "Last Initials", or the collective's name."""
        return self.collective or " ".join(x for x in (self.last_name, self.initials or self.fore_name) if x)


@dataclass(frozen=True, slots=True)
class Correction:
    """One CommentsCorrections entry, exactly as the record states it."""

    #: RefType, for example "RetractionIn", "ErratumFor", "UpdateOf"
    kind: str
    #: citation text of the other record
    source: str
    #: may be None: the DTD makes it optional
    pmid: int | None = None


@dataclass(frozen=True, slots=True)
class DataBank:
    """Accession numbers in one data bank ("ClinicalTrials.gov": NCT numbers)."""

    name: str
    accessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherAbstract:
    """An abstract in another language or of another kind; kept, never mined."""

    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Journal:
    """Where the article appeared; nlm_id identifies the journal, ISSNs may be absent."""

    title: str = ""
    abbreviation: str = ""
    nlm_id: str = ""
    issn: str = ""
    issn_type: str = ""
    issn_linking: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class HistoryDate:
    """One PubMedPubDate: "pubmed" is the entry date, "entrez" the create date, "medline" the MeSH date."""

    status: str
    iso: str


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one PubMed record.

    text is title, one space, then the abstract's parts joined by one space, labelled parts as
    "LABEL: text"; super- and subscripts as plain text. Every offset anywhere counts Unicode code
    points into it, half-open.
    """

    pmid: int
    version: int
    title: str
    text: str
    passages: tuple[Passage, ...] = ()
    #: title and abstract parts with ^{sup} and _{sub} marks; "" where the text carries neither
    marked_text: str = ""
    vernacular_title: str = ""
    #: the title stands in [brackets]: NLM's translation
    title_translated: bool = False
    copyright: str = ""
    other_abstracts: tuple[OtherAbstract, ...] = ()
    #: three-letter codes, in record order
    languages: tuple[str, ...] = ()
    journal: Journal = Journal()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publication_date: PublicationDate | None = None
    #: electronic publication date, ISO, "" if absent
    electronic_date: str = ""
    #: DateRevised, ISO, "" if absent; NLM may change a record without moving it
    revised_date: str = ""
    history: tuple[HistoryDate, ...] = ()
    #: MedlineCitation Status ("MEDLINE", "Publisher" ...) and PublicationStatus ("ppublish" ...)
    status: str = ""
    publication_status: str = ""
    publication_types: tuple[Term, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    supplementary_mesh: tuple[Term, ...] = ()
    chemicals: tuple[Term, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    data_banks: tuple[DataBank, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doi: str = ""
    pmcid: str = ""
    pii: str = ""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    investigators: tuple[Author, ...] = ()
    grants: tuple[str, ...] = ()
    #: PMIDs cited by the record, in record order, without duplicates
    references: tuple[int, ...] = ()
    reference_count: int = 0
    #: True for a PubmedBookArticle
    book: bool = False

    @property
    def abstract(self) -> str:
        """The abstract part of text; "" without an abstract."""
        return self.text[self.passages[1].start :] if len(self.passages) > 1 else ""

    @property
    def text_digest(self) -> str:
        """Digest of what is mined: the text with the passage layout."""
        layout = ";".join(f"{p.start},{p.end},{p.label},{p.category}" for p in self.passages)
        return hashlib.sha256(f"{layout}\n{self.text}".encode()).hexdigest()[:32]

    @property
    def registry_ids(self) -> tuple[str, ...]:
        """Trial registry ids of the record's own data bank list, in record order."""
        return tuple(
            accession for bank in self.data_banks if bank.name in TRIAL_REGISTRIES for accession in bank.accessions
        )


#: DataBankName values that are trial registries (NLM's list of data bank sources, 2026).
TRIAL_REGISTRIES = frozenset(
    (
        "ANZCTR",
        "ChiCTR",
        "CRiS",
        "CTRI",
        "ClinicalTrials.gov",
        "DRKS",
        "EudraCT",
        "IRCT",
        "ISRCTN",
        "JapicCTI",
        "JMACCT",
        "JPRN",
        "KCT",
        "NTR",
        "PACTR",
        "RBR",
        "ReBec",
        "REPEC",
        "RPCEC",
        "SLCTR",
        "TCTR",
        "UMIN-CTR",
        "UMIN_CTR",
        "UMINCTR",
        "UMIN CTR",
    )
)


@dataclass(frozen=True, slots=True)
class Deletion:
    """A PMID that an update file announces as deleted."""

    pmid: int


@dataclass(frozen=True, slots=True)
class SearchRun:
    """One run of a search: what was asked, how PubMed read it, how many it promised."""

    query: str
    #: ISO time the run began, UTC
    run_at: str
    translation: str = ""
    warnings: tuple[str, ...] = ()
    count: int = 0
    pmids: tuple[int, ...] = field(default=(), repr=False)
