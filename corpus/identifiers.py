"""Identifiers in one spelling each: parsed, checked and normalised once, at the border."""

import re

#: PMIDs have at most eight digits (NLM's MEDLINE/PubMed data element PMID); 42 million were given by 2026
HIGHEST_PMID = 99_999_999
_PMID = re.compile(r"(?:PMID:?\s*)?([1-9]\d{0,8})", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMCID = re.compile(r"(?:PMC)?(\d{1,9})(?:\.\d+)?", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|DRKS\d{8}|ChiCTR[-A-Za-z]{0,5}\d{8,10}|UMIN\d{9}|jRCT[a-z]?\d{9,10}"
    r"|JapicCTI-\d{6}|CTRI/\d{4}/\d{2,3}/\d{6}|IRCT\d{8,14}N\d{1,2}|PACTR\d{15,16}|KCT\d{7}|TCTR\d{11}"
    r"|(?:EudraCT(?: [Nn]umber)?:?\s*)?20\d{2}-\d{6}-\d{2})\b"
)


class IdentifierError(ValueError):
    """A text that is not an identifier of the wanted kind; carries kind and text."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"not a {kind}: {text!r}")
        self.kind = kind
        self.text = text


def pmid(text: str) -> int:
    """The PMID in "123", "PMID:123" or "PMID 123"; raises IdentifierError."""
    match = _PMID.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("PMID", text)
    return int(match[1])


def doi(text: str) -> str:
    """The DOI in lower case without resolver prefix (DOIs are case-insensitive); raises IdentifierError."""
    match = _DOI.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("DOI", text)
    return match[1].lower()


def pmcid(text: str) -> str:
    """The id as PMC123, whatever version suffix it came with; raises IdentifierError."""
    match = _PMCID.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("PMCID", text)
    return f"PMC{match[1]}"


def study_curie(number: int) -> str:
    """PMID:123."""
    return f"PMID:{number}"


def trial_ids(text: str) -> tuple[str, ...]:
    """Trial registry ids named in a text, in order, each once."""
    found = (match[1].split()[-1].removeprefix("EudraCT").lstrip(": ") for match in _TRIAL.finditer(text))
    return tuple(dict.fromkeys(found))
