"""PubmedBookArticle (NCBI Bookshelf chapters and books) -> Article (pure)."""

from xml.etree.ElementTree import Element

from corpus import pubmed_dates, pubmed_text
from corpus import pubmed_fields as fields
from corpus.errors import RecordError
from corpus.pubmed_people import authors, authors_complete
from corpus.pubmed_references import References
from corpus.records import Article, Author, Journal


def book_article(record: Element, references: References) -> Article:
    """The article in a PubmedBookArticle element; raises RecordError."""
    document = record.find("BookDocument")
    if document is None:
        raise RecordError("no BookDocument element")
    parts = fields.parts(document)
    pmid, version = fields.key(parts.get("PMID"))
    book = fields.parts(parts["Book"]) if "Book" in parts else {}
    data = record.find("PubmedBookData")
    outer = fields.parts(data) if data is not None else {}
    book_title = pubmed_text.plain(book.get("BookTitle"))
    title = pubmed_text.forms(parts.get("ArticleTitle"))
    title = title if title[0] else pubmed_text.forms(book.get("BookTitle"))
    composed = pubmed_text.compose(title, fields.abstract_parts(parts))
    doi, pmcid, pii = fields.ids(outer.get("ArticleIdList"), parts.get("ArticleIdList"), document)
    writers, complete = _writers(document, parts.get("Book"))
    return Article(
        pmid=pmid,
        version=version,
        title=title[0],
        text=composed.text,
        passages=composed.passages,
        marked_text=composed.marked,
        vernacular_title=pubmed_text.plain(parts.get("VernacularTitle")),
        title_translated=pubmed_text.is_translated(title[0]),
        copyright=fields.copyright_notice(parts),
        languages=fields.texts(document, "Language"),
        journal=Journal(title=book_title),
        volume=fields.text(parts.get("Book"), "Volume"),
        pages=fields.pages(parts.get("Pagination")),
        publication_date=pubmed_dates.publication_date(book.get("PubDate")),
        electronic_date=pubmed_dates.iso_date(parts.get("ContributionDate")),
        revised_date=pubmed_dates.iso_date(parts.get("DateRevised")),
        history=pubmed_dates.history(outer.get("History")),
        publication_status=fields.text(data, "PublicationStatus"),
        publication_types=fields.terms(document, "PublicationType"),
        keywords=fields.keywords(document),
        doi=doi,
        pmcid=pmcid,
        pii=pii,
        authors=writers,
        authors_complete=complete,
        grants=fields.grants(parts.get("GrantList")),
        references=references.pmids,
        reference_count=references.count,
        book=True,
    )


def _writers(document: Element, book: Element | None) -> tuple[tuple[Author, ...], bool]:
    """Authors of the chapter, else of the book; editors are not authors."""
    for parent in (document, book):
        for people in parent.findall("AuthorList") if parent is not None else ():
            if people.get("Type") != "editors":
                return authors(people), authors_complete(people)
    return (), True
