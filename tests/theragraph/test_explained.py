"""What one held article gave, what it almost gave, and what was missing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.ledger import Source
from corpus.store import CorpusStore
from miner.findings import Drop
from miner.store import FindingStore, MinedRow, MiningKey
from tests.graph.worlds import Vocabulary, article, finding, mined
from tests.theragraph.conftest import Run
from theragraph.session import Session

SENTENCE = "Alphanib prolonged survival in lung adenocarcinoma."
MISSED = "Betamab worked in cancer."
STUDY = article(3, SENTENCE, MISSED)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with a finding, a missed pair and a dropped mention."""
    monkeypatch.setattr(Session, "concepts", lambda _: Vocabulary())
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as store:
        store.upsert([STUDY, article(4, SENTENCE)], Source("invented"))
    start = STUDY.text.index(MISSED)
    drops = (
        Drop("finding", "no relation read", start, start + len(MISSED), "betamab and cancer"),
        Drop("mention", "common word", start, start + 7, "drug X:1"),
    )
    made = replace(mined(finding(STUDY, SENTENCE)), id="3", text_digest=STUDY.text_digest, drops=drops)
    with FindingStore.open(tmp_path / "findings.db") as store:
        store.put([MinedRow(MiningKey(3, 1, STUDY.text_digest, "c", "e", "f"), made)])
    return tmp_path


def test_an_article_is_explained_sentence_by_sentence(home: Path, run: Run) -> None:
    code, out, _ = run("--home", home, "corpus", "show", "3", "--explain")
    assert code == 0
    assert "efficacy benefit: alphanib, lung adenocarcinoma (supports, asserted, level B, id" in out
    assert f'Almost: 1\n  "{MISSED}"\n    no relation read: betamab and cancer (both are named' in out
    assert "Findings" not in run("--home", home, "corpus", "show", "3")[1]


def test_programs_get_what_annotate_prints(home: Path, run: Run) -> None:
    record = json.loads(run("--home", home, "corpus", "show", "3", "--explain", "--format", "json")[1])
    assert record["mined"]["findings"][0]["relation"] == "benefit"
    assert {drop["gate"]: drop["text"] for drop in record["mined"]["drops"]} == {
        "no relation read": MISSED,
        "common word": "Betamab",
    }
    assert "mined" not in json.loads(run("--home", home, "corpus", "show", "3", "--format", "json")[1])


def test_an_article_must_have_been_mined_as_it_is(home: Path, run: Run) -> None:
    code, out, err = run("--home", home, "corpus", "show", "4", "--explain")
    assert (code, out) == (2, "")
    assert "has not been mined" in err
    with CorpusStore.open(home / "corpus.db") as store:
        store.upsert([replace(STUDY, text=f"{STUDY.text} More.", version=2)], Source("invented"))
    code, _, err = run("--home", home, "corpus", "show", "3", "--explain")
    assert code == 2
    assert "has changed since" in err
