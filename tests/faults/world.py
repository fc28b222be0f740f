"""A corpus in the middle of its life, a night with news, and the command run on it as cron would."""

import contextlib
import gzip
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.entrez import EntrezClient
from corpus.nlm_server import FileSource, MirrorFolder, NlmServer
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import article_set, record
from tests.pubmed_service.holdings import Holdings, Record
from tests.pubmed_service.service import Service, serving
from theragraph.cli import main
from theragraph.session import Session

#: the files of the corpus, and the file of the night with news
DAY, NEWS = "updatefiles/pubmed26n1335.xml.gz", "updatefiles/pubmed26n1336.xml.gz"
TITLE = "Osimertinib in patients with lung adenocarcinoma."
_OLD = "2020-02-02"


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended."""

    code: int
    text: str


def told(pmid: int, title: str = TITLE, *, revised: str = "") -> str:
    """A record as PubMed delivers it; revised today unless said otherwise."""
    return record(pmid, title=title, revised=revised or date.today().isoformat())


def day_file(*records: str, deleted: tuple[int, ...] = ()) -> bytes:
    """A daily file."""
    return gzip.compress(article_set(*records, deleted=deleted), mtime=0)


@dataclass(slots=True)
class World:
    """One home and the service it asks."""

    home: Path
    service: Service

    def command(self, *arguments: object) -> Said:
        """Run theragraph in this process; what it said on both streams."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                main(["--home", str(self.home), *map(str, arguments)])
            except SystemExit as ended:
                return Said(int(ended.code or 0), self.plain(said.getvalue()))
        raise AssertionError("the command did not end")

    def digest(self) -> str:
        """Digest of the article store; "" without one."""
        if not (self.home / "corpus.db").exists():
            return ""
        with CorpusStore.open(self.home / "corpus.db") as store:
            return store.digest()

    def records(self) -> dict[int, str]:
        """Digest of every record that the article store holds."""
        with CorpusStore.open(self.home / "corpus.db") as store:
            return {key.pmid: key.content_hash for key in store.text_keys()}

    def plain(self, text: str) -> str:
        """Without what differs from run to run."""
        text = text.replace(self.service.url, "http://SERVER").replace(str(self.home), "HOME")
        text = re.sub(r"\b(?!0{32})[0-9a-f]{32}\b", "HASH", text)
        return re.sub(r": line \d+, column \d+", "", text)


def news(service: Service) -> None:
    """The same night by both ways: PMID 4 is new, 3 has another title, 2 is deleted."""
    # long revised: only as a record that entered the search is it asked for
    fresh, revised = told(4, revised=_OLD), told(3, "A revised study of the lung and its cancers.")
    service.holdings.put([Record.of(text.strip().encode()) for text in (fresh, revised)])
    service.holdings.remove(2)
    service.publish(NEWS, day_file(fresh, revised, deleted=(2, 77)))


@contextlib.contextmanager
def world(template: Path, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[World]:
    """A copy of the template's home, asking a service that holds what it held."""
    service = Service(Holdings())
    first = [told(pmid, revised=_OLD) for pmid in (1, 2, 3)]
    service.holdings.put(Record.of(text.strip().encode()) for text in first)
    service.publish(DAY, day_file(*first))
    home = folder / "home"
    if template.exists():
        shutil.copytree(template, home)
    with serving(service):
        patch.setenv("THERAGRAPH_NCBI_EUTILS_URL", f"{service.url}/entrez/eutils/")
        patch.setenv("THERAGRAPH_NCBI_FILES_URL", f"{service.url}/pubmed/")
        yield World(home, service)


def without_waiting(patch: pytest.MonkeyPatch) -> None:
    """The clients as they are, but no pause between two requests; what drips is given up soon."""
    patch.setattr("corpus.entrez._REPLY_DEADLINE_S", 0.1)
    patch.setattr("corpus.nlm_server._SPELL_S", 0.1)
    patch.setattr("corpus.nlm_server._FIRST_PAUSE_S", 0.0)
    for module in ("theragraph.chain", "theragraph.refresh"):
        patch.setattr(f"{module}.pubmed_client", _client)
        patch.setattr(f"{module}.nlm_source", _source)


def harvest_only(patch: pytest.MonkeyPatch) -> None:
    """A night that ends behind the harvest; mining and loading have faults of their own."""
    patch.setattr("theragraph.refresh.mine_corpus", lambda *_, **__: None)
    patch.setattr("theragraph.refresh.load_into_graph", lambda *_, **__: None)


def _client(session: Session) -> EntrezClient:
    settings = session.settings
    return EntrezClient(settings.home / "pace", settings.ncbi_eutils_url, sleep=_no_pause)


def _source(session: Session, mirror: Path | None) -> FileSource:
    settings = session.settings
    return MirrorFolder(mirror) if mirror else NlmServer(settings.home / "nlm", settings.ncbi_files_url, _no_pause)


def _no_pause(_: float) -> None:
    pass
