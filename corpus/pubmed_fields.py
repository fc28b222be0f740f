"""Elements that PubmedArticle and PubmedBookArticle share -> the values of an Article (pure).

Ids come from direct children only: cited papers carry ArticleIds of their own.
"""

from typing import TypeAlias
from xml.etree.ElementTree import Element

from corpus import identifiers, pubmed_text
from corpus.errors import RecordError
from corpus.records import Correction, DataBank, Journal, Keyword, MeshHeading, Term

Parts: TypeAlias = dict[str, Element]


def parts(element: Element) -> Parts:
    """Children by tag; of a repeated tag the first."""
    found: Parts = {}
    for child in element:
        found.setdefault(child.tag, child)
    return found


def key(element: Element | None) -> tuple[int, int]:
    """(pmid, version) of a PMID element; raises RecordError."""
    if element is None or not (element.text or "").strip():
        raise RecordError("no PMID")
    try:
        pmid = identifiers.pmid(element.text or "")
    except identifiers.IdentifierError as error:
        raise RecordError(str(error)) from None
    version = element.get("Version") or "1"
    if not (version.isascii() and version.isdigit() and 1 <= int(version) <= 999):
        raise RecordError(f"PMID version {version!r} is not a number from 1 to 999")
    return pmid, int(version)


def abstract_parts(found: Parts) -> list[Element]:
    """The parts of the abstract itself, in any number of labelled and unlabelled ones."""
    abstract = found.get("Abstract")
    return list(abstract.findall("AbstractText")) if abstract is not None else []


def copyright_notice(found: Parts) -> str:
    """CopyrightInformation of the abstract."""
    abstract = found.get("Abstract")
    return pubmed_text.plain(abstract.find("CopyrightInformation")) if abstract is not None else ""


def text(parent: Element | None, tag: str) -> str:
    return (parent.findtext(tag) or "").strip() if parent is not None else ""


def texts(parent: Element | None, tag: str) -> tuple[str, ...]:
    if parent is None:
        return ()
    return tuple(text for x in parent.findall(tag) if (text := (x.text or "").strip()))


def journal(element: Element | None, info: Element | None) -> Journal:
    found = parts(element) if element is not None else {}
    issn = found.get("ISSN")
    return Journal(
        title=pubmed_text.plain(found.get("Title")),
        abbreviation=text(info, "MedlineTA") or pubmed_text.plain(found.get("ISOAbbreviation")),
        nlm_id=text(info, "NlmUniqueID"),
        issn=(issn.text or "").strip() if issn is not None else "",
        issn_type=(issn.get("IssnType") or "") if issn is not None else "",
        issn_linking=text(info, "ISSNLinking"),
        country=text(info, "Country"),
    )


def pages(pagination: Element | None) -> str:
    """Pages as NLM prints them ("187-94"), else start and end."""
    ends = [text(pagination, "StartPage"), text(pagination, "EndPage")]
    return text(pagination, "MedlinePgn") or "-".join(x for x in ends if x)


def ids(first: Element | None, *others: Element | None) -> tuple[str, str, str]:
    """(doi, pmcid, pii) of the record itself: direct children only, invalid ELocationIDs left out."""
    found = {"doi": "", "pmc": "", "pii": ""}
    for parent in (first, *others):
        if parent is None:
            continue
        for child in (*parent.findall("ArticleId"), *parent.findall("ELocationID")):
            kind = child.get("IdType") or child.get("EIdType") or ""
            if kind in found and not found[kind] and child.get("ValidYN") != "N":
                found[kind] = _normal_id(kind, child.text or "")
    return found["doi"], found["pmc"], found["pii"]


def _normal_id(kind: str, text: str) -> str:
    try:
        return identifiers.doi(text) if kind == "doi" else identifiers.pmcid(text) if kind == "pmc" else text.strip()
    except identifiers.IdentifierError:
        return ""


def terms(parent: Element | None, tag: str | None = None) -> tuple[Term, ...]:
    if parent is None:
        return ()
    children = parent.findall(tag) if tag else list(parent)
    return tuple(Term(x.get("UI") or "", (x.text or "").strip(), x.get("Type") or "") for x in children)


def chemicals(parent: Element | None) -> tuple[Term, ...]:
    found = []
    for chemical in parent if parent is not None else ():
        name = chemical.find("NameOfSubstance")
        if name is not None:
            found.append(Term(name.get("UI") or "", pubmed_text.plain(name), text(chemical, "RegistryNumber")))
    return tuple(found)


def mesh(parent: Element | None) -> tuple[MeshHeading, ...]:
    """Headings in record order; major if the descriptor or any of its qualifiers is."""
    return tuple(_heading(x) for x in parent.findall("MeshHeading")) if parent is not None else ()


def _heading(heading: Element) -> MeshHeading:
    ui, name, major = "", "", False
    qualifiers = []
    for child in heading:
        starred = child.get("MajorTopicYN") == "Y"
        major = major or starred
        if child.tag == "DescriptorName":
            ui, name = child.get("UI") or "", (child.text or "").strip()
        else:
            qualifiers.append((child.get("UI") or "", (child.text or "").strip(), starred))
    return MeshHeading(ui, name, major, tuple(qualifiers))


def keywords(citation: Element) -> tuple[Keyword, ...]:
    return tuple(
        Keyword(text, group.get("Owner") or "", word.get("MajorTopicYN") == "Y")
        for group in citation.findall("KeywordList")
        for word in group.findall("Keyword")
        if (text := pubmed_text.plain(word))
    )


def data_banks(parent: Element | None) -> tuple[DataBank, ...]:
    return tuple(
        DataBank(text(bank, "DataBankName"), texts(bank.find("AccessionNumberList"), "AccessionNumber"))
        for bank in (parent.findall("DataBank") if parent is not None else ())
    )


def corrections(parent: Element | None) -> tuple[Correction, ...]:
    found = []
    for item in parent.findall("CommentsCorrections") if parent is not None else ():
        pmid = text(item, "PMID")
        number = int(pmid) if pmid.isascii() and pmid.isdigit() else None
        found.append(Correction(item.get("RefType") or "", pubmed_text.plain(item.find("RefSource")), number))
    return tuple(found)


def grants(parent: Element | None) -> tuple[str, ...]:
    found = (
        ", ".join(x for x in (text(grant, "GrantID"), text(grant, "Agency")) if x)
        for grant in (parent.findall("Grant") if parent is not None else ())
    )
    return tuple(x for x in found if x)
