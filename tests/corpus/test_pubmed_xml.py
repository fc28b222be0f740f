import io

import pytest

from corpus.errors import RecordError
from corpus.pubmed_xml import parse_record, read_items
from corpus.records import Article, Correction, DataBank, Deletion, Keyword, MeshHeading, Term
from tests.corpus.pubmed_records import article_set, record


def parse(xml: str) -> Article:
    return parse_record(xml.encode())


def test_a_plain_record() -> None:
    article = parse(record(34093647))
    assert (article.pmid, article.version) == (34093647, 1)
    assert article.text == "Kinase inhibition in an invented tumour. Of 12 patients 7 responded."
    assert article.abstract == "Of 12 patients 7 responded."
    assert article.publication_date is not None
    assert article.publication_date.iso == "2021-06-07"
    assert (article.journal.nlm_id, article.journal.abbreviation) == ("0101", "J Inv Cases")
    assert (article.volume, article.issue, article.pages) == ("7", "2", "1-9")
    assert [(x.status, x.iso) for x in article.history] == [("pubmed", "2021-06-08")]
    assert (article.revised_date, article.status, article.publication_status) == ("2021-06-07", "MEDLINE", "ppublish")


def test_labelled_parts_make_passages_that_cover_the_text() -> None:
    parts = (
        '<Abstract><AbstractText Label="AIM" NlmCategory="OBJECTIVE">To ask.</AbstractText>'
        '<AbstractText Label="RESULTS:" NlmCategory="RESULTS">Yes.</AbstractText><AbstractText/>'
        "<CopyrightInformation>© 2021 Nobody.</CopyrightInformation></Abstract>"
    )
    article = parse(record(title="A question.", abstract=parts))
    assert article.text == "A question. AIM: To ask. RESULTS: Yes."
    assert [article.text[p.start : p.end] for p in article.passages] == ["A question.", "AIM: To ask.", "RESULTS: Yes."]
    assert [(p.label, p.category) for p in article.passages[1:]] == [("AIM", "OBJECTIVE"), ("RESULTS", "RESULTS")]
    assert article.copyright == "© 2021 Nobody."


def test_a_record_without_title_begins_with_its_abstract() -> None:
    article = parse(record(title=""))
    assert article.text == "Of 12 patients 7 responded."
    assert article.abstract == article.text
    assert article.passages[0].end == 0


def test_a_record_without_abstract_is_its_title() -> None:
    article = parse(record(title="Only this.", abstract=""))
    assert (article.text, article.abstract) == ("Only this.", "")


def test_other_abstracts_are_kept_and_not_mined() -> None:
    other = '<OtherAbstract Type="plain-language-summary" Language="spa"><AbstractText>Resumen.</AbstractText>'
    article = parse(record(citation=f"{other}</OtherAbstract>"))
    assert "Resumen" not in article.text
    assert [(x.kind, x.language, x.text) for x in article.other_abstracts] == [
        ("plain-language-summary", "spa", "Resumen.")
    ]


def test_only_the_records_own_ids_count() -> None:
    data = (
        "<ReferenceList><Title>References</Title><Reference><Citation>A</Citation><ArticleIdList>"
        '<ArticleId IdType="pubmed">55</ArticleId><ArticleId IdType="doi">10.1000/cited</ArticleId></ArticleIdList>'
        "</Reference><ReferenceList><Reference><Citation>B</Citation><ArticleIdList>"
        '<ArticleId IdType="pubmed">56</ArticleId></ArticleIdList></Reference><Reference><Citation>C</Citation>'
        "</Reference></ReferenceList></ReferenceList>"
    )
    locations = (
        '<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>'
        '<ELocationID EIdType="doi" ValidYN="Y">10.1000/RIGHT</ELocationID>'
        '<ELocationID EIdType="pii" ValidYN="Y">S12</ELocationID>'
    )
    article = parse(record(article=locations, data=data))
    assert (article.doi, article.pii) == ("10.1000/right", "S12")
    assert (article.references, article.reference_count) == ((55, 56), 3)


def test_a_heading_is_major_by_any_of_its_qualifiers() -> None:
    mesh = (
        '<MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Neoplasms</DescriptorName>'
        '<QualifierName UI="Q1" MajorTopicYN="Y">genetics</QualifierName></MeshHeading>'
        '<MeshHeading><DescriptorName UI="D2" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList>'
    )
    assert parse(record(citation=mesh)).mesh == (
        MeshHeading("D1", "Neoplasms", True, (("Q1", "genetics", True),)),
        MeshHeading("D2", "Humans", False),
    )


def test_coded_lists() -> None:
    citation = (
        "<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>"
        '<NameOfSubstance UI="C1">invented-nib</NameOfSubstance></Chemical></ChemicalList>'
        '<SupplMeshList><SupplMeshName Type="Disease" UI="C2">Rare disease</SupplMeshName></SupplMeshList>'
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">'
        '<RefSource>J Inv. 2022 May 3;1:2</RefSource><PMID Version="1">7</PMID></CommentsCorrections>'
        '<CommentsCorrections RefType="ErratumIn"><RefSource>X</RefSource>'
        "</CommentsCorrections></CommentsCorrectionsList>"
        "<GeneSymbolList><GeneSymbol>EGFR</GeneSymbol></GeneSymbolList>"
        '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">EGFR <i>in vivo</i></Keyword></KeywordList>'
    )
    article = (
        '<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>'
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>"
        "<AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
        "<GrantList><Grant><GrantID>R01</GrantID><Agency>NCI</Agency></Grant></GrantList>"
    )
    found = parse(record(article=article, citation=citation))
    assert found.chemicals == (Term("C1", "invented-nib", "0"),)
    assert found.supplementary_mesh == (Term("C2", "Rare disease", "Disease"),)
    assert found.corrections == (Correction("RetractionIn", "J Inv. 2022 May 3;1:2", 7), Correction("ErratumIn", "X"))
    assert found.gene_symbols == ("EGFR",)
    assert found.keywords == (Keyword("EGFR in vivo", "NOTNLM", False),)
    assert found.publication_types == (Term("D016428", "Journal Article"),)
    assert found.data_banks == (DataBank("ClinicalTrials.gov", ("NCT00000001",)),)
    assert found.registry_ids == ("NCT00000001",)
    assert found.grants == ("R01, NCI",)


def test_people_and_collectives() -> None:
    authors = (
        '<AuthorList CompleteYN="N"><Author ValidYN="Y" EqualContrib="Y"><LastName>Núñez</LastName>'
        "<ForeName>Ana</ForeName><Initials>A</Initials><Suffix>Jr</Suffix>"
        '<Identifier Source="ORCID">http://orcid.org/0000000218250097</Identifier>'
        "<AffiliationInfo><Affiliation>One.</Affiliation></AffiliationInfo>"
        "<AffiliationInfo><Affiliation>Two.</Affiliation></AffiliationInfo></Author>"
        '<Author ValidYN="N"><CollectiveName>The X Group</CollectiveName></Author></AuthorList>'
    )
    team = '<InvestigatorList><Investigator ValidYN="Y"><LastName>Li</LastName></Investigator></InvestigatorList>'
    article = parse(record(article=authors, citation=team))
    person, group = article.authors
    assert (person.name, person.suffix, person.orcid) == ("Núñez A", "Jr", "0000-0002-1825-0097")
    assert (person.affiliations, person.equal_contribution, person.valid) == (("One.", "Two."), True, True)
    assert (group.name, group.valid) == ("The X Group", False)
    assert not article.authors_complete
    assert [x.name for x in article.investigators] == ["Li"]


def test_a_translated_title_keeps_its_brackets() -> None:
    article = parse(record(title="[A study.].", article="<VernacularTitle>Une étude.</VernacularTitle>"))
    assert (article.title, article.title_translated, article.vernacular_title) == ("[A study.].", True, "Une étude.")


def test_a_book_chapter() -> None:
    xml = """<PubmedBookArticle><BookDocument><PMID Version="25">26389276</PMID>
    <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
    <Book><Publisher><PublisherName>P</PublisherName></Publisher><BookTitle book="b">Summaries</BookTitle>
    <PubDate><Year>2002</Year></PubDate>
    <AuthorList Type="editors"><Author><LastName>Ed</LastName></Author></AuthorList></Book>
    <ArticleTitle book="b" part="p">Unusual tumours</ArticleTitle><Language>eng</Language>
    <AuthorList Type="authors"><Author><CollectiveName>The Board</CollectiveName></Author></AuthorList>
    <PublicationType UI="D016454">Review</PublicationType>
    <Abstract><AbstractText>What is known.</AbstractText></Abstract>
    <ContributionDate><Year>2018</Year><Month>7</Month><Day>9</Day></ContributionDate></BookDocument>
    <PubmedBookData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">26389276
    </ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>"""
    article = parse(xml)
    assert (article.pmid, article.version, article.book) == (26389276, 25, True)
    assert article.text == "Unusual tumours What is known."
    assert article.journal.title == "Summaries"
    assert [x.name for x in article.authors] == ["The Board"]
    assert article.publication_types == (Term("D016454", "Review"),)
    assert article.electronic_date == "2018-07-09"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (record(""), "no PMID"),
        (record("abc"), "not a PMID"),
        (record(version="x"), "version 'x'"),
        (record(title="a &alpha; b"), "undefined entity"),
        (record(title="<i>open"), "mismatched tag"),
        ("<PubmedArticle></PubmedArticle>", "no MedlineCitation"),
        ("<PubmedBookArticle></PubmedBookArticle>", "no BookDocument"),
    ],
)
def test_a_bad_record_says_why(xml: str, reason: str) -> None:
    with pytest.raises(RecordError, match=reason):
        parse(xml)


def test_bad_records_come_out_in_place_and_cost_only_themselves() -> None:
    stream = io.BytesIO(article_set(record(1), record(""), record(3), deleted=(8, 9)))
    items = list(read_items(stream, "f.xml"))
    assert [position for position, _ in items] == [1, 2, 3, 4, 4]
    assert isinstance(items[0][1], Article)
    assert isinstance(items[2][1], Article)
    assert str(items[1][1]) == "f.xml, record 2: no PMID"
    assert [x for _, x in items[3:]] == [Deletion(8), Deletion(9)]


def test_skipped_records_are_not_parsed() -> None:
    items = list(read_items(io.BytesIO(article_set(record(""), record(2))), "f.xml", skip=1))
    assert [(position, getattr(item, "pmid", None)) for position, item in items] == [(2, 2)]


def test_double_escaped_entities_stay_as_given() -> None:
    assert parse(record(title="a &amp;lt; b")).title == "a &lt; b"
