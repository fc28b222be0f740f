"""PubMed XML bytes -> Article and Deletion, record by record; the fields of NLM's pubmed_250101.dtd.

No DTD is loaded and no network touched. A record that cannot be read comes out as a RecordError in its
place, so that the caller can keep the others and list it.
"""

from collections.abc import Iterator
from typing import BinaryIO, TypeAlias
from xml.etree.ElementTree import Element, ParseError, fromstring

from corpus import pubmed_dates, pubmed_text
from corpus import pubmed_fields as fields
from corpus.errors import RecordError
from corpus.pubmed_book import book_article
from corpus.pubmed_people import authors, authors_complete, investigators
from corpus.pubmed_references import References, cut_references
from corpus.pubmed_stream import RawRecord, pmid_in, split_records
from corpus.records import Article, Deletion

Item: TypeAlias = Article | Deletion | RecordError


def read_items(stream: BinaryIO, name: str, skip: int = 0) -> Iterator[tuple[int, Item]]:
    """(position, item) for everything in a PubMed article set, in file order.

    The first skip records are not parsed. Raises NotPubMedError before the first item,
    IncompleteFileError after the last whole one.
    """
    for raw in split_records(stream, name):
        if isinstance(raw, RecordError):
            yield raw.position, raw
        elif raw.tag.startswith("Delete"):
            for item in _deletions(raw, name):
                yield raw.position, item
        elif raw.position > skip:
            yield raw.position, _article(raw, name)


def parse_record(data: bytes) -> Article:
    """The article in the UTF-8 bytes of one PubmedArticle or PubmedBookArticle; raises RecordError."""
    body, references = cut_references(data)
    record = _tree(body)
    return _citation(record, references) if record.tag != "PubmedBookArticle" else book_article(record, references)


def _citation(record: Element, references: References) -> Article:
    citation = record.find("MedlineCitation")
    if citation is None:
        raise RecordError("no MedlineCitation element")
    parts = fields.parts(citation)
    pmid, version = fields.key(parts.get("PMID"))
    article = parts.get("Article")
    inner = fields.parts(article) if article is not None else {}
    data = record.find("PubmedData")
    outer = fields.parts(data) if data is not None else {}
    title = pubmed_text.forms(inner.get("ArticleTitle"))
    composed = pubmed_text.compose(title, fields.abstract_parts(inner))
    doi, pmcid, pii = fields.ids(outer.get("ArticleIdList"), article)
    issue = fields.parts(inner["Journal"]).get("JournalIssue") if "Journal" in inner else None
    return Article(
        pmid=pmid,
        version=version,
        title=title[0],
        text=composed.text,
        passages=composed.passages,
        marked_text=composed.marked,
        vernacular_title=pubmed_text.plain(inner.get("VernacularTitle")),
        title_translated=pubmed_text.is_translated(title[0]),
        copyright=fields.copyright_notice(inner),
        other_abstracts=tuple(pubmed_text.other_abstract(x) for x in citation.findall("OtherAbstract")),
        languages=fields.texts(article, "Language"),
        journal=fields.journal(inner.get("Journal"), parts.get("MedlineJournalInfo")),
        volume=fields.text(issue, "Volume"),
        issue=fields.text(issue, "Issue"),
        pages=fields.pages(inner.get("Pagination")),
        publication_date=pubmed_dates.publication_date(issue.find("PubDate")) if issue is not None else None,
        electronic_date=pubmed_dates.iso_date(inner.get("ArticleDate")),
        revised_date=pubmed_dates.iso_date(parts.get("DateRevised")),
        history=pubmed_dates.history(outer.get("History")),
        status=citation.get("Status") or "",
        publication_status=fields.text(data, "PublicationStatus"),
        publication_types=fields.terms(inner.get("PublicationTypeList")),
        mesh=fields.mesh(parts.get("MeshHeadingList")),
        supplementary_mesh=fields.terms(parts.get("SupplMeshList")),
        chemicals=fields.chemicals(parts.get("ChemicalList")),
        gene_symbols=fields.texts(parts.get("GeneSymbolList"), "GeneSymbol"),
        keywords=fields.keywords(citation),
        data_banks=fields.data_banks(inner.get("DataBankList")),
        corrections=fields.corrections(parts.get("CommentsCorrectionsList")),
        doi=doi,
        pmcid=pmcid,
        pii=pii,
        authors=authors(inner.get("AuthorList")),
        authors_complete=authors_complete(inner.get("AuthorList")),
        investigators=investigators(citation),
        grants=fields.grants(inner.get("GrantList")),
        references=references.pmids,
        reference_count=references.count,
    )


def _article(raw: RawRecord, name: str) -> Article | RecordError:
    try:
        return parse_record(raw.data)
    except RecordError as error:
        return RecordError(error.reason, name=name, position=raw.position, pmid=pmid_in(raw.data))


def _deletions(raw: RawRecord, name: str) -> Iterator[Item]:
    try:
        tree = _tree(raw.data)
        yield from [Deletion(fields.key(x)[0]) for x in tree.iter("PMID")]
    except RecordError as error:
        yield RecordError(f"list of deleted records: {error.reason}", name=name, position=raw.position)


def _tree(data: bytes) -> Element:
    try:
        return fromstring(data)
    except ParseError as error:
        try:
            data.decode()
        except UnicodeDecodeError as bad:
            raise RecordError(
                f"not valid UTF-8 (byte 0x{data[bad.start]:02X} at {bad.start}); wrong encoding"
            ) from None
        raise RecordError(f"not well-formed XML ({error})") from None
