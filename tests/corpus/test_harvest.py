import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.harvest import HarvestReport, Progress, harvest_files
from corpus.ledger import Counts
from corpus.sample import sample_path
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import article_set, record, write_set


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "home" / "corpus.db", create=True) as opened:
        yield opened


def messages(report: HarvestReport) -> list[str]:
    return [x.error for x in report.failures]


def test_the_bundled_sample(store: CorpusStore) -> None:
    report = harvest_files([sample_path()], store)
    status = store.status()
    assert report.complete
    assert report.counts.new == status.versions > status.articles > 300
    before = store.digest()
    again = harvest_files([sample_path()], store)
    assert (again.skipped, again.sources, again.counts) == (1, 0, Counts())
    assert store.digest() == before


def test_files_are_taken_in_nlms_order_with_their_deletions(tmp_path: Path, store: CorpusStore) -> None:
    write_set(tmp_path / "pubmed26n0010.xml", record(1, title="Newer."), record(2))
    write_set(tmp_path / "pubmed26n0009.xml.gz", record(1, title="Older."), record(3), record(4), deleted=(2,))
    write_set(tmp_path / "pubmed26n0011.xml.gz", record(5), deleted=(3, 77))
    seen: list[Progress] = []
    report = harvest_files([tmp_path], store, seen.append)
    assert report.counts == Counts(new=5, revised_text=1, deleted=1)
    assert [x.pmid for x in store.articles()] == [1, 2, 4, 5]
    article = store.get(1)
    assert article is not None
    assert article.title == "Newer."
    assert store.tombstones() == [3, 77]
    assert [x.name for x in seen][:2] == ["pubmed26n0009.xml.gz"] * 2
    assert seen[-1] == Progress("pubmed26n0011.xml.gz", 1, 2, 3)


def test_an_older_file_given_later_does_not_undo_a_newer_one(tmp_path: Path, store: CorpusStore) -> None:
    harvest_files([write_set(tmp_path / "pubmed26n0010.xml", record(1, title="Newer."), deleted=(2,))], store)
    report = harvest_files([write_set(tmp_path / "pubmed26n0009.xml", record(1, title="Older."), record(2))], store)
    assert report.counts == Counts(outdated=2)
    assert report.complete


def test_bad_records_are_listed_and_the_good_ones_kept(tmp_path: Path, store: CorpusStore) -> None:
    path = write_set(tmp_path / "a.xml", record(1), record(""), record(3, title="&nbsp;"), record(4))
    report = harvest_files([path], store)
    assert [x.pmid for x in store.articles()] == [1, 4]
    assert not report.complete
    assert report.usable
    assert messages(report)[0] == f"{path}, record 2: no PMID"
    assert messages(report)[1].startswith(f"{path}, record 3 (PMID 3): not well-formed XML (undefined entity")
    assert [(x.position, x.pmid) for x in store.failures()] == [(2, None), (3, 3)]
    assert store.status().files_incomplete == 1


def test_a_mended_file_clears_its_failures(tmp_path: Path, store: CorpusStore) -> None:
    path = write_set(tmp_path / "a.xml", record(1), record(""))
    harvest_files([path], store)
    write_set(path, record(1), record(2))
    report = harvest_files([path], store)
    assert report.complete
    assert report.counts == Counts(new=1, unchanged=1)
    assert (store.failures(), store.status().files_incomplete) == ([], 0)


def test_a_file_with_failures_is_read_again(tmp_path: Path, store: CorpusStore) -> None:
    path = write_set(tmp_path / "a.xml", record(1), record(""))
    first = harvest_files([path], store)
    second = harvest_files([path], store)
    assert second.skipped == 0
    assert messages(second) == messages(first)


def test_a_cut_file_keeps_its_whole_records(tmp_path: Path, store: CorpusStore) -> None:
    records = [record(pmid, title=f"{pmid} " * 300) for pmid in range(1, 400)]
    packed = gzip.compress(article_set(*records))
    cut = tmp_path / "pubmed26n0001.xml.gz"
    cut.write_bytes(packed[: len(packed) // 2])
    report = harvest_files([cut], store)
    held = store.status().articles
    assert 100 < held < 399
    assert len(report.failures) == 1
    assert report.usable
    assert str(cut) in messages(report)[0]
    assert f"after record {held}" in messages(report)[0]
    cut.write_bytes(packed)
    assert harvest_files([cut], store).complete
    assert store.status().articles == 399


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"hello", "not XML"),
        (b"<html><head><title>404</title></head></html>", "an HTML page titled '404'"),
        (b"<PubmedData/>", "root element PubmedData"),
        (gzip.compress(b""), "the file is empty"),
        (gzip.compress(b"x" * 999)[:15], "damaged or cut off"),
    ],
)
def test_unusable_files_beside_good_ones(tmp_path: Path, store: CorpusStore, data: bytes, reason: str) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(data)
    report = harvest_files([bad, write_set(tmp_path / "good.xml", record(1)), tmp_path / "none.xml"], store)
    assert report.usable
    assert not report.complete
    assert report.counts.new == 1
    assert messages(report)[0] == f"{tmp_path / 'none.xml'}: no such file or folder"
    assert messages(report)[1].startswith(f"{bad}: ")
    assert reason in messages(report)[1]
    assert not harvest_files([bad], store).usable


def test_wrong_encoding_names_the_record(tmp_path: Path, store: CorpusStore) -> None:
    path = tmp_path / "latin.xml"
    path.write_bytes(article_set(record(1), record(2, title="Tum\xf6ur."), record(3)).replace("\xf6".encode(), b"\xf6"))
    report = harvest_files([path], store)
    assert [x.pmid for x in store.articles()] == [1, 3]
    assert "record 2 (PMID 2): not valid UTF-8 (byte 0xF6 at " in messages(report)[0]


KILLED = """
import os, signal, sys
from pathlib import Path
import corpus.harvest
from corpus.store import CorpusStore

corpus.harvest.BATCH = 40
when, batches = sys.argv[1], int(sys.argv[2])
left = [batches]

def die() -> None:
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

class Store(CorpusStore):
    def record_file(self, *args):
        super().record_file(*args)
        if when == "inside":
            die()

store = Store.open(Path(sys.argv[3]), create=True)
corpus.harvest.harvest_files([Path(x) for x in sys.argv[4:]], store, lambda _: when == "between" and die())
"""


@pytest.mark.parametrize("when", ["inside", "between"])
@pytest.mark.parametrize("batches", [1, 4])
def test_a_killed_harvest_is_finished_by_the_same_command(tmp_path: Path, when: str, batches: int) -> None:
    first = tmp_path / "pubmed21n1298.xml.gz"
    shutil.copy(sample_path(), first)
    second = write_set(tmp_path / "pubmed21n1299.xml", record(1), deleted=(34094914,))
    with CorpusStore.open(tmp_path / "whole.db", create=True) as whole:
        harvest_files([first, second], whole)
        expected = whole.digest()
    path = tmp_path / "killed.db"
    command = [sys.executable, "-c", KILLED, when, str(batches), str(path), str(first), str(second)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(command, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    with CorpusStore.open(path) as store:
        assert store.digest() == store.recomputed_digest() != expected
        held = store.status().versions
        assert held == 40 * (batches - (when == "inside"))
        report = harvest_files([first, second], store)
        assert report.complete
        assert report.counts.unchanged == 0
        assert store.digest() == store.recomputed_digest() == expected
