"""Mining what is new, on any number of workers, through kills and changes."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.records import Article, Passage, Term
from miner import pipeline as pipeline_module
from miner.executors import InlineExecutor, local_executor
from miner.pipeline import PipelineSource
from miner.run import CHUNK, MineReport, mine, pipeline_of
from miner.store import FindingStore
from tests.miner.tiny import FailingPipeline, TinyPipeline

SENTENCES = (
    "Osimertinib improved progression-free survival in patients with EGFR T790M-positive lung cancer.",
    "MET amplification caused resistance to gefitinib in non-small cell lung cancer (NSCLC).",
    "Bevacizumab was given for breast cancer. No KRAS mutation was found.",
    "The high cost of osimertinib limits access.",
)


def article(pmid: int, text: str = "", *, types: Sequence[str] = ()) -> Article:
    body = text or " ".join((SENTENCES[pmid % 4], SENTENCES[(pmid + 1) % 4]))
    title = f"Study {pmid} of NSCLC."
    whole = f"{title} {body}"
    passages = (Passage("TITLE", "", 0, len(title)), Passage("", "", len(title) + 1, len(whole)))
    return Article(pmid, 1, title, whole, passages, publication_types=tuple(Term("D1", t) for t in types))


@dataclass(frozen=True, slots=True)
class Key:
    pmid: int
    version: int
    text_digest: str
    content_hash: str


class Corpus:
    """Articles in memory that counts which of them are read."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.held = {a.pmid: a for a in articles}
        self.read: list[int] = []

    def keys(self) -> list[Key]:
        return [Key(a.pmid, a.version, a.text_digest, repr(a)) for a in self.held.values()]

    def fetch(self, pmids: Sequence[int]) -> list[Article]:
        self.read.extend(pmids)
        return [self.held[p] for p in pmids]


def run(corpus: Corpus, store: FindingStore, source: PipelineSource = TinyPipeline()) -> MineReport:  # noqa: B008
    return mine(corpus.keys(), corpus.fetch, store, source, InlineExecutor())


@pytest.fixture
def store(tmp_path: Path) -> FindingStore:
    with FindingStore.open(tmp_path / "findings.db") as opened:
        yield opened


def test_mines_everything_once(store: FindingStore) -> None:
    corpus = Corpus(article(n) for n in range(1, 6))
    report = run(corpus, store)
    assert (report.read, report.unchanged, report.complete) == (5, 0, True)
    assert store.get(1).findings
    assert store.get(3).challenges
    corpus.read.clear()
    again = run(corpus, store)
    assert (again.read, again.related, again.unchanged) == (0, 0, 5)
    assert corpus.read == []


def test_nothing_changes_the_second_time(store: FindingStore) -> None:
    corpus = Corpus(article(n) for n in range(1, 6))
    run(corpus, store)
    state = store.state()
    run(corpus, store)
    assert store.state() == state


def test_only_changed_articles_are_read_again(store: FindingStore) -> None:
    corpus = Corpus(article(n) for n in range(1, 6))
    run(corpus, store)
    before = dict(store.mined_digests())
    corpus.held[3] = article(3, "Gefitinib failed.")
    corpus.held[9] = article(9)
    del corpus.held[5]
    report = run(corpus, store)
    assert (report.read, report.unchanged, report.removed) == (2, 3, 1)
    after = dict(store.mined_digests())
    assert {pmid for pmid in after if after[pmid] != before.get(pmid)} == {3, 9}
    assert 5 not in after


def test_a_changed_record_draws_findings_again_without_reading(store: FindingStore) -> None:
    corpus = Corpus([article(1)])
    run(corpus, store)
    corpus.held[1] = article(1, types=("Randomized Controlled Trial",))
    report = run(corpus, store)
    assert (report.read, report.related) == (0, 1)
    assert store.get(1).design.design == "randomised trial"


def test_resumed_findings_are_those_of_a_fresh_run(tmp_path: Path) -> None:
    old, new = Corpus([article(1)]), Corpus([article(1, types=("Randomized Controlled Trial",))])
    with FindingStore.open(tmp_path / "a.db") as resumed, FindingStore.open(tmp_path / "b.db") as fresh:
        run(old, resumed)
        run(new, resumed)
        run(new, fresh)
        assert resumed.get(1) == fresh.get(1)
        assert resumed.digest() == fresh.digest()


def test_a_changed_finding_rule_does_not_read_again(store: FindingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(article(n) for n in range(1, 4))
    run(corpus, store)
    before = store.digest()
    pipeline_of.cache_clear()
    real = pipeline_module.source_digest
    changed = lambda names: real(names) if "recognise.py" in names else "another rule"  # noqa: E731
    monkeypatch.setattr(pipeline_module, "source_digest", changed)
    report = run(corpus, store)
    pipeline_of.cache_clear()
    assert (report.read, report.related) == (0, 3)
    assert store.digest() == before


def test_a_new_synonym_changes_only_what_it_names(store: FindingStore) -> None:
    corpus = Corpus([*(article(n) for n in range(1, 9)), article(20, "Zorbazine improved survival in breast cancer.")])
    run(corpus, store)
    before = {m.id: {f.id for f in m.findings} for m in store.mined()}
    report = run(corpus, store, TinyPipeline("TGD:Z|drug|substance|zorbamine||zorbazine"))
    assert report.read == 9
    after = {m.id: {f.id for f in m.findings} for m in store.mined()}
    assert {k: v for k, v in after.items() if k != "20"} == {k: v for k, v in before.items() if k != "20"}
    assert any(m.concept_id == "TGD:Z" for m in store.get(20).mentions)


def test_a_bad_document_is_a_row_and_is_tried_again(store: FindingStore) -> None:
    corpus = Corpus([article(1), article(2, "A bomb in the text."), article(3)])
    report = run(corpus, store, FailingPipeline())
    assert not report.complete
    assert [(f.pmid, f.stage, f.message) for f in report.failures] == [
        (2, "recognise", "ValueError: the bomb went off")
    ]
    assert [k.pmid for k in store.held()] == [1, 3]
    assert "PMID 2" in "\n".join(report.lines())
    corpus.held[2] = article(2)
    assert run(corpus, store, FailingPipeline()).complete
    assert store.failures() == ()


def test_a_text_that_fails_now_keeps_no_old_result(store: FindingStore) -> None:
    corpus = Corpus([article(1)])
    run(corpus, store, FailingPipeline())
    corpus.held[1] = article(1, "A bomb.")
    run(corpus, store, FailingPipeline())
    assert store.get(1) is None


def test_any_number_of_workers_writes_the_same(tmp_path: Path) -> None:
    corpus = Corpus(article(n) for n in range(1, CHUNK * 2 + 10))
    with FindingStore.open(tmp_path / "one.db") as one, FindingStore.open(tmp_path / "two.db") as two:
        run(corpus, one)
        with local_executor(2) as executor:
            mine(corpus.keys(), corpus.fetch, two, TinyPipeline(), executor)
        assert list(one.mined()) == list(two.mined())
        assert one.digest() == two.digest()


def test_progress_counts_up(store: FindingStore) -> None:
    corpus = Corpus(article(n) for n in range(1, CHUNK + 5))
    seen: list[tuple[int, int | None]] = []
    told = lambda done, total=None: seen.append((done, total))  # noqa: E731
    mine(corpus.keys(), corpus.fetch, store, TinyPipeline(), InlineExecutor(), progress=told)
    assert seen == [(0, CHUNK + 4), (CHUNK, CHUNK + 4), (CHUNK + 4, CHUNK + 4)]


KILLED = """
import os, signal, sys
from pathlib import Path
from miner.executors import InlineExecutor
from miner.run import mine
from miner.store import FindingStore
from tests.miner.test_run import CHUNK, Corpus, article
from tests.miner.tiny import TinyPipeline

corpus = Corpus(article(n) for n in range(1, CHUNK * 3))

def advance(done, total=None):
    if done >= CHUNK:
        os.kill(os.getpid(), signal.SIGKILL)

with FindingStore.open(Path(sys.argv[1])) as store:
    mine(corpus.keys(), corpus.fetch, store, TinyPipeline(), InlineExecutor(), progress=advance)
"""


def test_a_killed_run_goes_on_to_the_same_digest(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    corpus = Corpus(article(n) for n in range(1, CHUNK * 3))
    with FindingStore.open(path) as store, FindingStore.open(tmp_path / "whole.db") as whole:
        assert len(list(store.held())) == CHUNK
        report = run(corpus, store)
        assert report.unchanged == CHUNK
        run(corpus, whole)
        assert store.digest() == whole.digest()


def test_the_report_counts_speed_only_where_it_means_something() -> None:
    report = MineReport(300, 0, 0, 0, seconds=2.0)
    assert "(150 a second)" in report.lines()[0]
    assert "a second" not in replace(report, read=0).lines()[0]
