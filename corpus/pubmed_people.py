"""AuthorList and InvestigatorList -> Author (pure)."""

import re
from xml.etree.ElementTree import Element

from corpus.pubmed_text import plain
from corpus.records import Author

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])\s*/?\s*$")


def authors(people: Element | None) -> tuple[Author, ...]:
    """Persons and collectives in record order, those NLM marked invalid included."""
    return tuple(_person(x) for x in people.findall("Author")) if people is not None else ()


def authors_complete(people: Element | None) -> bool:
    """False where the record says that its author list is cut."""
    return people is None or people.get("CompleteYN") != "N"


def investigators(parent: Element | None) -> tuple[Author, ...]:
    """Members of collectives over all InvestigatorLists of a citation."""
    if parent is None:
        return ()
    return tuple(_person(x) for group in parent.findall("InvestigatorList") for x in group)


def _person(element: Element) -> Author:
    last = fore = initials = suffix = collective = orcid = ""
    affiliations: list[str] = []
    for child in element:
        tag = child.tag
        text = plain(child) if len(child) and tag != "AffiliationInfo" else (child.text or "").strip()
        if tag == "LastName":
            last = text
        elif tag == "ForeName":
            fore = text
        elif tag == "Initials":
            initials = text
        elif tag == "AffiliationInfo":
            affiliations += [where for x in child.findall("Affiliation") if (where := plain(x))]
        elif tag == "Identifier" and child.get("Source") == "ORCID":
            orcid = _orcid(text)
        elif tag == "CollectiveName":
            collective = text
        elif tag == "Suffix":
            suffix = text
        elif tag == "Affiliation":
            affiliations.append(text)
    valid, equal = element.get("ValidYN") != "N", element.get("EqualContrib") == "Y"
    return Author(last, fore, initials, suffix, collective, orcid, tuple(affiliations), valid, equal)


def _orcid(text: str) -> str:
    """0000-0002-1825-0097 from any of the spellings in use; "" for anything else."""
    match = _ORCID.search(text)
    return "-".join(match.groups()).upper() if match else ""
