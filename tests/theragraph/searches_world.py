"""A small invented PubMed behind the emulated service, and a home that asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.corpus.pubmed_records import record
from tests.pubmed_service.holdings import Holdings, Record
from tests.pubmed_service.service import Service, serving


def entry(pmid: int, title: str, *, created: str = "2020-03-04", **more: str) -> Record:
    """A record with a create date."""
    year, month, day = created.split("-")
    date = f"<Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>"
    text = record(pmid, title=title, **more)  # type: ignore[arg-type]
    made = f'<History><PubMedPubDate PubStatus="entrez">{date}</PubMedPubDate>'
    return Record.of(text.replace("<History>", made, 1).strip().encode())


@contextmanager
def pubmed_of(home: Path, *entries: Record) -> Iterator[Service]:
    """The service with these records, named in the home's settings."""
    held = Holdings()
    held.put(entries)
    home.mkdir(parents=True, exist_ok=True)
    with serving(Service(held)) as service:
        (home / "theragraph.toml").write_text(f'[ncbi]\neutils_url = "{service.url}/entrez/eutils/"\n')
        yield service
