"""AuthorList and InvestigatorList -> Author (pure)."""

import re
from xml.etree.ElementTree import Element

from corpus import pubmed_text
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
    names: dict[str, str] = {}
    orcid = ""
    affiliations: list[str] = []
    for child in element:
        tag = child.tag
        if tag == "AffiliationInfo":
            affiliations += [text for x in child.findall("Affiliation") if (text := pubmed_text.plain(x))]
        elif tag == "Identifier":
            if child.get("Source") == "ORCID":
                orcid = _orcid(child.text or "")
        elif tag == "Affiliation":
            affiliations.append(pubmed_text.plain(child))
        else:
            names[str(tag)] = pubmed_text.plain(child)
    return Author(
        last_name=names.get("LastName", ""),
        fore_name=names.get("ForeName", ""),
        initials=names.get("Initials", ""),
        suffix=names.get("Suffix", ""),
        collective=names.get("CollectiveName", ""),
        orcid=orcid,
        affiliations=tuple(affiliations),
        valid=element.get("ValidYN") != "N",
        equal_contribution=element.get("EqualContrib") == "Y",
    )


def _orcid(text: str) -> str:
    """0000-0002-1825-0097 from any of the spellings in use; "" for anything else."""
    match = _ORCID.search(text)
    return "-".join(match.groups()).upper() if match else ""
