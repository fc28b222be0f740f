"""Backup of the precious stores while others write, restore, and the check that finds damage."""

import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from corpus.ledger import Source
from corpus.store import CorpusStore
from miner.decisions import DecisionStore, Judgement
from tests.corpus.test_store import article
from tests.theragraph.conftest import Run

FIRST = Source("invented")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    with CorpusStore.open(folder / "corpus.db", create=True) as store:
        store.upsert([article(pmid, f"Invented text {pmid}.") for pmid in range(1, 40)], FIRST)
        store.delete([7, 99], Source("pubmed26n1500.xml.gz", 26, 1500))
    with DecisionStore.open(folder / "decisions.db") as decisions:
        decisions.put(Judgement("a" * 32, "right"))
    return folder


def digest(home: Path) -> str:
    with CorpusStore.open(home / "corpus.db") as store:
        assert list(store.problems()) == []
        return store.digest()


def test_a_backup_comes_back_whole(home: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "backup.zip"
    assert run("--home", home, "corpus", "backup", file)[0] == 0
    code, _, err = run("--home", tmp_path / "other", "corpus", "restore", file)
    assert (code, "corpus.db" in err) == (0, True)
    assert digest(tmp_path / "other") == digest(home)
    with DecisionStore.open(tmp_path / "other" / "decisions.db") as decisions:
        assert [x.finding_id for x in decisions.list()] == ["a" * 32]
    assert sorted(x.name for x in (tmp_path / "other").iterdir()) == ["corpus.db", "decisions.db", "lock"]
    assert sorted(x.name for x in tmp_path.iterdir()) == ["backup.zip", "home", "other"], "nothing is left beside it"


def test_a_backup_of_a_store_that_is_written_to_is_one_moment(home: Path, tmp_path: Path, run: Run) -> None:
    stop = Event()

    def write() -> None:
        with CorpusStore.open(home / "corpus.db") as store:
            pmid = 1000
            while not stop.is_set():
                store.upsert([article(pmid + n, "More.") for n in range(20)], FIRST)
                pmid += 20

    writer = Thread(target=write)
    writer.start()
    try:
        codes = [run("--home", home, "corpus", "backup", tmp_path / f"{n}.zip")[0] for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert codes == [0, 0, 0]
    for n in range(3):
        assert run("--home", tmp_path / f"home{n}", "corpus", "restore", tmp_path / f"{n}.zip")[0] == 0
        digest(tmp_path / f"home{n}")
        with CorpusStore.open(tmp_path / f"home{n}" / "corpus.db") as store:
            assert store.status().articles % 20 == 38 % 20, "no half of a batch"


def test_what_is_not_committed_is_not_backed_up(home: Path, tmp_path: Path, run: Run) -> None:
    before = digest(home)
    with CorpusStore.open(home / "corpus.db") as store, store.batch():
        store.upsert([article(500)], FIRST)
        assert run("--home", home, "corpus", "backup", tmp_path / "backup.zip")[0] == 0
    run("--home", tmp_path / "other", "corpus", "restore", tmp_path / "backup.zip")
    assert digest(tmp_path / "other") == before != digest(home)


def test_an_existing_file_stays_without_force(home: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("mine")
    code, _, err = run("--home", home, "corpus", "backup", file)
    assert (code, "--force" in err, file.read_text()) == (2, True, "mine")
    assert run("--home", home, "corpus", "backup", file, "--force")[0] == 0
    assert zipfile.is_zipfile(file)
    assert run("--home", tmp_path / "none", "corpus", "backup", tmp_path / "x.zip")[0] == 2
    assert run("--home", home, "corpus", "backup", tmp_path / "none" / "x.zip")[0] == 2


def test_a_full_disk_leaves_the_older_backup(
    home: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("older")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("theragraph.backup.os.fsync", full)
    code, _, err = run("--home", home, "corpus", "backup", file, "--force")
    assert (code, file.read_text()) == (5, "older")
    assert f"{file} cannot be written (No space left on device)" in err
    assert sorted(x.name for x in tmp_path.iterdir()) == ["backup.zip", "home"]


def test_only_an_empty_home_is_restored_into(home: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "backup.zip"
    run("--home", home, "corpus", "backup", file)
    code, _, err = run("--home", home, "corpus", "restore", file)
    assert (code, "is not empty (corpus.db, decisions.db)" in err) == (2, True)
    other = tmp_path / "other"
    other.mkdir()
    with zipfile.ZipFile(file) as packed:
        packed.extract("decisions.db", other)
    assert run("--home", other, "corpus", "restore", file)[0] == 0, "an interrupted restore goes on"
    assert digest(other) == digest(home)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(data)


def _swap(file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        described = packed.read("theragraph-backup.json")
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("theragraph-backup.json", described)
        packed.writestr("corpus.db", b"another")


def _newer(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("theragraph-backup.json", '{"format": 2, "stores": {}}')


@pytest.mark.parametrize("harm", [_cut, _flip, _swap, _newer])
def test_a_damaged_backup_leaves_nothing(home: Path, tmp_path: Path, run: Run, harm: Callable[[Path], None]) -> None:
    file = tmp_path / "backup.zip"
    run("--home", home, "corpus", "backup", file)
    harm(file)
    code, _, err = run("--home", tmp_path / "other", "corpus", "restore", file)
    assert (code, str(file) in err) == (5, True), err
    assert [x.name for x in (tmp_path / "other").iterdir()] == ["lock"]


def test_what_is_no_backup_is_refused(tmp_path: Path, run: Run) -> None:
    with zipfile.ZipFile(tmp_path / "holiday.zip", "w") as packed:
        packed.writestr("photo.txt", "sea")
    assert run("--home", tmp_path / "other", "corpus", "restore", tmp_path / "holiday.zip")[0] == 2
    assert run("--home", tmp_path / "other", "corpus", "restore", tmp_path / "none.zip")[0] == 2


def test_check_of_a_whole_home(home: Path, run: Run) -> None:
    code, out, err = run("--home", home, "corpus", "check", "--format", "json")
    assert (code, out.strip()) == (0, "[]")
    assert "corpus.db, decisions.db: whole" in err


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE bodies SET body = zeroblob(40) WHERE id = 5001", "PMID 5, version 1: its record cannot be unpacked"),
        ("UPDATE bodies SET body = (SELECT body FROM bodies WHERE id = 6001) WHERE id = 5001", "not what was stored"),
        ("DELETE FROM bodies WHERE id = 5001", "PMID 5, version 1: its record is missing"),
        ("INSERT INTO bodies VALUES (77001, zeroblob(4))", "1 records are stored and not listed"),
        ("DELETE FROM tombstones WHERE pmid = 99", "its digest is not that of its records"),
        ("UPDATE state SET value = '12' WHERE name = 'articles'", "its digest is not that of its records"),
    ],
)
def test_damage_that_sqlite_does_not_see_is_found(home: Path, run: Run, sql: str, said: str) -> None:
    with sqlite3.connect(home / "corpus.db") as connection:
        connection.execute(sql)
    connection.close()
    code, out, err = run("--home", home, "corpus", "check")
    assert (code, said in out) == (5, True), out
    assert "restore a backup" in err


@pytest.mark.parametrize("name", ["corpus.db", "decisions.db"])
def test_a_torn_page_is_found_and_not_backed_up(home: Path, tmp_path: Path, run: Run, name: str) -> None:
    data = bytearray((home / name).read_bytes())
    data[4096 : 2 * 4096] = b"\xff" * 4096
    (home / name).write_bytes(data)
    assert run("--home", home, "corpus", "check")[0] == 5
    code, _, err = run("--home", home, "corpus", "backup", tmp_path / "backup.zip")
    assert (code, name in err) == (5, True)
    assert not (tmp_path / "backup.zip").exists()
