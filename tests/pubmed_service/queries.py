"""The part of PubMed's query language that a harvester needs: booleans from left to right, ranges, words, tags."""

import re
from dataclasses import dataclass

from tests.pubmed_service.holdings import Holdings

_TOKEN = re.compile(r'\(|\)|"[^"]*"(?:\s*\[[^\]]*\])?|\bpubmed books\s*\[sb\]|\[[^\]]*\]|[^\s()\[\]]+', re.IGNORECASE)
_RANGE = re.compile(r"(\d+(?:/\d+){0,2}):(\d+(?:/\d+){0,2})")
_DATES = {"crdt": "Date - Create", "edat": "Date - Entry", "mhda": "Date - MeSH", "mdat": "Date - Modification"}
_UID = ("uid", "pmid")


class BadQuery(Exception):
    """A query that PubMed answers with an ERROR element."""


@dataclass(slots=True)
class Found:
    """What a query finds, and how it was read."""

    pmids: set[int]
    translation: str
    #: (element name, text), such as ("PhraseNotFound", "xyzzy")
    errors: list[tuple[str, str]]


def find(query: str, holdings: Holdings, *, edat_is_crdt: bool = False) -> Found:
    """Evaluate a query."""
    reader = _Reader(_TOKEN.findall(query), holdings, edat_is_crdt)
    pmids, translation = reader.expression()
    if reader.tokens:
        raise BadQuery("unbalanced parentheses")
    return Found(pmids, translation, reader.errors)


class _Reader:
    def __init__(self, tokens: list[str], holdings: Holdings, edat_is_crdt: bool) -> None:
        self.tokens = tokens
        self.holdings = holdings
        self.edat_is_crdt = edat_is_crdt
        self.errors: list[tuple[str, str]] = []

    def expression(self) -> tuple[set[int], str]:
        """Terms joined from left to right; no operator between two terms means AND."""
        pmids, words = self._term()
        while self.tokens and self.tokens[0] != ")":
            operator = self.tokens.pop(0).upper() if self.tokens[0].upper() in ("AND", "OR", "NOT") else "AND"
            more, text = self._term()
            pmids = {"AND": pmids & more, "OR": pmids | more, "NOT": pmids - more}[operator]
            words = f"{words} {operator} {text}"
        return pmids, words

    def _term(self) -> tuple[set[int], str]:
        if not self.tokens:
            raise BadQuery("a term is missing")
        token = self.tokens.pop(0)
        if token == "(":
            pmids, text = self.expression()
            if not self.tokens:
                raise BadQuery("unbalanced parentheses")
            self.tokens.pop(0)
            return pmids, f"({text})"
        if token == ")":
            raise BadQuery("unbalanced parentheses")
        tag = ""
        if inner := re.fullmatch(r"(.*?)\s*\[([^\]]*)\]", token):
            token, tag = inner[1], inner[2]
        elif self.tokens and self.tokens[0].startswith("["):
            tag = self.tokens.pop(0).strip("[]")
        return self._meaning(token.strip('"'), tag.lower())

    def _meaning(self, text: str, tag: str) -> tuple[set[int], str]:
        match = _RANGE.fullmatch(text)
        if tag in _UID:
            low, high = (int(match[1]), int(match[2])) if match else (int(text), int(text))
            return self.holdings.numbered(low, high), f"{low:08}[UID] : {high:08}[UID]"
        if tag in _DATES:
            first, last = (match[1], match[2]) if match else (text, text)
            name = "crdt" if tag == "edat" and self.edat_is_crdt else tag
            return self.holdings.dated(name, first, last), f"{first}[{_DATES[tag]}] : {last}[{_DATES[tag]}]"
        # an unknown tag is dropped without a word, as PubMed does
        shown = "Title/Abstract" if tag in ("tiab", "title/abstract") else "All Fields"
        if text.lower() in ("all", "all[sb]"):
            return set(self.holdings.records), "all[sb]"
        if tag == "sb" and text.lower() == "pubmed books":
            return set(), "pubmed books[sb]"  # the holdings are articles
        found: set[int] | None = None
        for word in re.findall(r"[a-z0-9]+", text.lower()):
            hits = self.holdings.with_word(word)
            found = hits if found is None else found & hits
        if not found:
            self.errors.append(("PhraseNotFound", text))
        return found or set(), f'"{text}"[{shown}]'
