"""A real baseline file, the real daily file, and two made from it: everything is counted, twice is once."""

import gzip
from pathlib import Path

from corpus.corrections import study_state
from corpus.harvest import harvest_files
from corpus.store import CorpusStore
from tests.corpus.update_file import make
from tests.fetch import unlabelled_files

#: which may follow a gzip file
EMPTY_MEMBER = gzip.compress(b"", mtime=0)


def test_three_days_on_a_baseline_file(tmp_path: Path) -> None:
    day, baseline = unlabelled_files()
    made = make(day, tmp_path)
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as store:
        first = harvest_files([baseline], store).counts
        assert (first.records, first.new, first.deleted) == (30_000, 30_000, 0)

        second = harvest_files([day], store).counts
        status = store.status()
        assert (second.records, second.new, second.deleted) == (20_788, 20_788, 0)
        assert (status.articles, status.versions, status.tombstones) == (50_783, 50_788, 20)
        assert not {key.pmid for key in store.text_keys()} & set(store.tombstones())

        since = store.changes()
        third = harvest_files([made.second], store).counts
        events = events_of(store, since)
        assert (third.new, third.revised_text, third.metadata_only, third.deleted) == (0, 100, 105, 50)
        assert events["revised_text"] == made.revised
        assert events["metadata_only"] == made.metadata | made.retracted
        assert events["deleted"] == made.deleted
        assert events["retracted"] == made.retracted
        assert all(study_state(article).state == "retracted" for article in store.articles(made.retracted))
        assert store.status().tombstones == 70

        since = store.changes()
        fourth = harvest_files([made.third], store).counts
        assert (fourth.records, fourth.new) == (20, 20)
        assert events_of(store, since) == {"returned": made.returned}
        assert (store.status().articles, store.status().tombstones) == (50_753, 50)

        digest = store.digest()
        for path in (baseline, day, made.second, made.third):
            assert harvest_files([path], store).counts.changed == 0
            # and under another digest, so that every record is read anew
            copy = tmp_path / "again" / path.name
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes() + EMPTY_MEMBER)
            assert harvest_files([copy], store).counts.changed == 0, path.name
            assert store.digest() == digest
        assert list(store.problems()) == []


def events_of(store: CorpusStore, since: int) -> dict[str, set[int]]:
    """What became of which PMIDs."""
    found: dict[str, set[int]] = {}
    for pmid, what in store.events(since):
        found.setdefault(what, set()).add(pmid)
    return found
