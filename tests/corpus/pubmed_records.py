"""Small PubMed records made by hand, in the shapes that NLM's own have."""

import gzip
from pathlib import Path

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
TAIL = "</PubmedArticleSet>\n"


def record(
    pmid: int | str = 101,
    *,
    version: int | str = 1,
    title: str = "Kinase inhibition in an invented tumour.",
    abstract: str = "<Abstract><AbstractText>Of 12 patients 7 responded.</AbstractText></Abstract>",
    article: str = "",
    citation: str = "",
    data: str = "",
    revised: str = "2021-06-07",
    pub_date: str = "<Year>2021</Year><Month>Jun</Month><Day>07</Day>",
) -> str:
    """One PubmedArticle; article, citation and data are appended to the elements of those names."""
    year, month, day = revised.split("-")
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="{version}">{pmid}</PMID>
<DateRevised><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue CitedMedium="Internet">
<Volume>7</Volume><Issue>2</Issue><PubDate>{pub_date}</PubDate></JournalIssue>
<Title>Journal of invented cases</Title><ISOAbbreviation>J Inv Cases</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>
{abstract}<Language>eng</Language>{article}</Article>
<MedlineJournalInfo><Country>England</Country><MedlineTA>J Inv Cases</MedlineTA><NlmUniqueID>0101</NlmUniqueID>
</MedlineJournalInfo>{citation}</MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2021</Year><Month>6</Month><Day>8</Day><Hour>6</Hour>
</PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList>{data}</PubmedData></PubmedArticle>
"""


def article_set(*records: str, deleted: tuple[int, ...] = ()) -> bytes:
    """A whole PubmedArticleSet."""
    pmids = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
    deletions = f"<DeleteCitation>{pmids}</DeleteCitation>" if deleted else ""
    return (HEAD + "".join(records) + deletions + TAIL).encode()


def write_set(path: Path, *records: str, deleted: tuple[int, ...] = ()) -> Path:
    """The set as a file, gzipped when its name says so."""
    data = article_set(*records, deleted=deleted)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
