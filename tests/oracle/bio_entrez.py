"""Child process, in Bio.Entrez's own environment: a query's records over the history server, page by page.

This is the way its tutorial goes. Bio.Entrez has no setting for the server, so its urlopen is replaced by one that
sends the same request to the given address. The last line of the output is what it brought.
"""

import json
import sys
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from Bio import Entrez

_THEIRS = "https://eutils.ncbi.nlm.nih.gov"
_PAGE = 500


def records(query: str) -> list[int]:
    """PMIDs of the records delivered, up to the page that PubMed refuses."""
    with Entrez.esearch(db="pubmed", term=query, usehistory="y", retmax=0) as reply:
        found = Entrez.read(reply)
    pmids: list[int] = []
    history = {"webenv": found["WebEnv"], "query_key": found["QueryKey"]}
    for start in range(0, int(found["Count"]), _PAGE):
        try:
            with Entrez.efetch(db="pubmed", retstart=start, retmax=_PAGE, retmode="xml", **history) as reply:
                page = Entrez.read(reply)
        except HTTPError:
            if not pmids:
                raise
            break
        pmids += [int(article["MedlineCitation"]["PMID"]) for article in page["PubmedArticle"]]
    return pmids


def main(url: str, query: str) -> None:
    """Ask the server at url."""

    def redirected(request: Request) -> HTTPResponse:
        if not request.full_url.startswith(_THEIRS):
            raise ValueError(f"{request.full_url} is not of {_THEIRS}")
        moved = Request(request.full_url.replace(_THEIRS, url, 1), request.data, dict(request.header_items()))
        answer: HTTPResponse = urlopen(moved)
        return answer

    Entrez.urlopen = redirected
    Entrez.email = "someone@example.org"
    print(json.dumps(records(query)))


if __name__ == "__main__":
    main(*sys.argv[1:])
