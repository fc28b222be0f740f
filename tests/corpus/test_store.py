from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.database import Database
from corpus.errors import StoreError, StoreMissingError, StoreVersionError
from corpus.ledger import Counts, Failure, Source
from corpus.pubmed_xml import parse_record
from corpus.records import Article, SearchRun
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import record

OLD, NEW = Source("pubmed26n1500.xml.gz", 26, 1500), Source("pubmed26n1501.xml.gz", 26, 1501)
PLAIN = Source("mine.xml")
SERVICE = Source("search x", live=True)


def article(
    pmid: int, text: str = "Words.", version: int = 1, revised: str = "2021-06-07", volume: str = ""
) -> Article:
    xml = record(pmid, version=version, title=text, abstract="", revised=revised)
    return replace(parse_record(xml.encode()), volume=volume)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as opened:
        yield opened


def test_what_goes_in_comes_out(store: CorpusStore) -> None:
    assert store.upsert([article(2, "b"), article(1, "a")], OLD) == Counts(new=2)
    assert store.get(1) == article(1, "a")
    assert store.get(3) is None
    assert [x.pmid for x in store.articles()] == [1, 2]
    assert [x.pmid for x in store.articles([2, 9, 2])] == [2]
    assert [(x.pmid, x.text_digest) for x in store.text_keys()] == [
        (1, article(1, "a").text_digest),
        (2, article(2, "b").text_digest),
    ]


def test_counts_tell_text_from_metadata(store: CorpusStore) -> None:
    store.upsert([article(1), article(2), article(3)], OLD)
    counts = store.upsert([article(1), article(2, "Other."), article(3, volume="8")], NEW)
    assert counts == Counts(unchanged=1, revised_text=1, metadata_only=1)


def test_the_same_again_changes_nothing(store: CorpusStore) -> None:
    store.upsert([article(1), article(1)], OLD)
    before = (store.digest(), store.changes())
    assert store.upsert([article(1)], OLD) == Counts(unchanged=1)
    assert (store.digest(), store.changes()) == before


def test_an_older_file_never_overwrites_a_newer_one(store: CorpusStore) -> None:
    store.upsert([article(1, "new")], NEW)
    assert store.upsert([article(1, "old")], OLD) == Counts(outdated=1)
    assert store.get(1) == article(1, "new")


def test_unchanged_records_still_become_newer(store: CorpusStore) -> None:
    store.upsert([article(1, "a")], OLD)
    store.upsert([article(1, "a")], Source("pubmed26n1502.xml", 26, 1502))
    assert store.upsert([article(1, "b")], NEW) == Counts(outdated=1)


def test_files_without_a_number_are_compared_by_date_of_revision(store: CorpusStore) -> None:
    store.upsert([article(1, "june", revised="2021-06-07")], OLD)
    assert store.upsert([article(1, "may", revised="2021-05-01")], PLAIN) == Counts(outdated=1)
    assert store.upsert([article(1, "july", revised="2021-07-01")], PLAIN) == Counts(revised_text=1)
    assert store.upsert([article(1, "june", revised="2021-06-07")], NEW) == Counts(outdated=1)


def test_the_service_knows_best_until_a_later_revision(store: CorpusStore) -> None:
    store.upsert([article(1, "file", revised="2021-06-07")], NEW)
    assert store.upsert([article(1, "live", revised="2021-06-07")], SERVICE).revised_text == 1
    assert store.upsert([article(1, "old", revised="2021-06-01")], NEW).outdated == 1


def test_readers_see_the_highest_version(store: CorpusStore) -> None:
    store.upsert([article(1, "two", 2), article(1, "one", 1), article(5)], OLD)
    assert store.get(1) == article(1, "two", 2)
    assert store.get(1, version=1) == article(1, "one", 1)
    assert [(x.pmid, x.version) for x in store.articles()] == [(1, 2), (5, 1)]
    assert [(x.pmid, x.version) for x in store.text_keys()] == [(1, 2), (5, 1)]
    assert (store.search("two"), store.search("one")) == ([1], [])
    status = store.status()
    assert (status.articles, status.versions) == (2, 3)


def test_deletion_and_return(store: CorpusStore) -> None:
    store.upsert([article(1), article(2)], OLD)
    assert store.delete([1, 99], NEW) == Counts(deleted=1)
    assert store.get(1) is None
    assert store.search("words") == [2]
    assert store.tombstones() == [1, 99]
    assert store.upsert([article(1)], OLD) == Counts(outdated=1)
    assert store.upsert([article(1)], PLAIN) == Counts(outdated=1)
    assert store.upsert([article(1)], Source("pubmed26n1502.xml", 26, 1502)) == Counts(new=1)
    assert store.delete([1], NEW) == Counts()
    assert store.tombstones() == [99]
    assert store.search("words") == [1, 2]


def test_an_older_deletion_spares_a_newer_record(store: CorpusStore) -> None:
    store.upsert([article(1)], NEW)
    assert store.delete([1], OLD) == Counts()
    assert store.get(1) is not None


def test_the_service_brings_a_deleted_record_back(store: CorpusStore) -> None:
    store.delete([1], NEW)
    assert store.upsert([article(1)], SERVICE) == Counts(new=1)
    assert store.delete([1], NEW) == Counts()


def test_full_text_follows_revisions(store: CorpusStore) -> None:
    store.upsert([article(1, "Osimertinib in EGFR-mutant cancer.")], OLD)
    assert store.search("egfr-mutant OSIMERTINIB") == [1]
    store.upsert([article(1, "Gefitinib in cancer.")], NEW)
    assert (store.search("osimertinib"), store.search("gefitinib")) == ([], [1])
    assert store.search("") == []


def test_a_title_weighs_more_than_an_abstract(store: CorpusStore) -> None:
    abstract = "<Abstract><AbstractText>Osimertinib.</AbstractText></Abstract>"
    store.upsert([parse_record(record(1, title="A drug.", abstract=abstract).encode())], OLD)
    store.upsert([parse_record(record(2, title="Osimertinib.", abstract=abstract.replace("Osi", "Ri")).encode())], OLD)
    assert store.search("osimertinib", limit=1) == [2]


def test_changes_since(store: CorpusStore) -> None:
    store.upsert([article(1), article(2)], OLD)
    mark = store.changes()
    store.upsert([article(2, "Other."), article(3)], NEW)
    assert [x.pmid for x in store.articles(since=mark)] == [2, 3]


def test_a_failed_batch_leaves_nothing(store: CorpusStore) -> None:
    def broken() -> Iterator[Article]:
        yield article(1)
        raise KeyError

    def batch() -> None:
        with store.batch():
            store.upsert([article(2)], OLD)
            store.upsert(broken(), OLD)

    with pytest.raises(KeyError):
        batch()
    assert (store.status().articles, store.changes()) == (0, 0)


def test_ledgers(store: CorpusStore) -> None:
    failure = Failure("f.xml", 2, None, "parse", "no PMID", "2026-01-01T00:00:00+00:00")
    store.record_failures([failure, failure])
    assert store.failures() == [failure]
    store.clear_failures("f.xml")
    assert store.failures("f.xml") == []
    store.save_search("mine", "a")
    store.save_search("mine", "b")
    run = SearchRun("b", "2026-01-01T00:00:00+00:00", "b[all]", ("PhraseIgnored: the",), 2, (5, 4))
    number = store.record_search_run(run, "mine")
    assert store.searches() == {"mine": "b"}
    assert store.search_runs("mine") == [run]
    assert store.search_runs(complete_only=True) == []
    store.finish_search_run(number)
    assert store.search_runs(complete_only=True) == [run]
    assert store.last_reading("b") == (run.run_at, "b[all]")


_STEP = st.tuples(
    st.sampled_from(["put", "put", "delete"]), st.integers(1, 3), st.integers(1, 2), st.text("ab", max_size=1)
)
_FILES = st.lists(st.lists(_STEP, max_size=4), min_size=1, max_size=5)


def load(store: CorpusStore, number: int, steps: list[tuple[str, int, int, str]]) -> None:
    """One file: its records, of each version one, then its deletions."""
    source = Source(f"pubmed26n{number:04d}.xml", 26, number)
    puts = {(pmid, version): text for what, pmid, version, text in steps if what == "put"}
    store.upsert([article(pmid, text or "t", version) for (pmid, version), text in puts.items()], source)
    gone = [pmid for what, pmid, _, _ in steps if what == "delete"]
    if gone:
        store.delete(gone, source)


def content(store: CorpusStore) -> tuple[object, ...]:
    found = {word: store.search(word) for word in ("a", "b", "t")}
    return (store.digest(), list(store.articles()), store.tombstones(), {k: sorted(v) for k, v in found.items()})


@settings(max_examples=40, deadline=None)
@given(files=_FILES, data=st.data())
def test_any_order_and_any_repetition_give_the_same_store(
    files: list[list[tuple[str, int, int, str]]], data: st.DataObject
) -> None:
    numbers = range(1, len(files) + 1)
    order = data.draw(st.permutations(numbers))
    again = data.draw(st.lists(st.sampled_from(numbers), max_size=3))
    stores = []
    for numbers_in_order in (list(numbers), [*order, *again]):
        with CorpusStore(Database.open(Path(":memory:"), create=True)) as store:
            for number in numbers_in_order:
                load(store, number, files[number - 1])
            assert store.digest() == store.recomputed_digest()
            stores.append(content(store))
    assert stores[0] == stores[1]


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="run a harvest first"):
        CorpusStore.open(tmp_path / "no.db")
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with CorpusStore.open(path, create=True) as store:
        store._database.run("PRAGMA user_version = 99")
    with pytest.raises(StoreVersionError, match=r"store format 99, this version knows up to \d+; upgrade theragraph"):
        CorpusStore.open(path)


def test_what_is_not_a_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is no database " * 100)
    with pytest.raises(StoreError, match="not an article store"):
        CorpusStore.open(tmp_path / "text.db")
    other = Database.open(tmp_path / "other.db", create=True)
    other.run("PRAGMA application_id = 1")
    other.close()
    with pytest.raises(StoreError, match="of another program"):
        CorpusStore.open(tmp_path / "other.db")


def test_a_full_disk_is_said_and_costs_only_the_batch(store: CorpusStore) -> None:
    store.upsert([article(1)], OLD)
    pages = store._database.rows("PRAGMA page_count")[0][0]
    store._database.run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        store.upsert([article(pmid, "word " * 5000) for pmid in range(10, 300)], OLD)
    assert store.status().articles == 1
