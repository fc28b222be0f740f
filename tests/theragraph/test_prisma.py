"""`prisma` over saved searches of an emulated service, with a small invented home."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.ledger import Source
from corpus.store import CorpusStore
from miner.findings import Design, MinedArticle
from miner.store import FindingStore, MinedRow, MiningKey
from tests.pubmed_service.service import Service
from tests.theragraph.conftest import Run
from tests.theragraph.searches_world import entry, pubmed_of

RETRACTED = '<PublicationTypeList><PublicationType UI="D016441">Retracted Publication</PublicationType>'
RETRACTED += "</PublicationTypeList>"


@pytest.fixture
def pubmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("corpus.entrez._INTERVAL", 0.0)
    entries = [
        entry(101, "Glioma and sarcoma."),
        entry(102, "Glioma, without more.", abstract=""),
        entry(103, "Glioma, retracted.", article=RETRACTED),
        entry(104, "Glioma, read anew."),
        entry(105, "Sarcoma alone."),
        entry(106, "Sarcoma, deleted later."),
    ]
    with pubmed_of(tmp_path / "home", *entries) as service:
        yield service


@pytest.fixture
def home(tmp_path: Path, run: Run, pubmed: Service) -> Path:
    """Two saved searches; of the studies 101 and 104 are mined, the latter before its text changed."""
    home = tmp_path / "home"
    for word in ("glioma", "sarcoma"):
        assert run("--home", home, "harvest", "search", f"{word}[tiab]", "--save", word)[0] == 0
    with CorpusStore.open(home / "corpus.db") as store:
        store.delete([106], Source("pubmed26n1500.xml.gz", 26, 1500))
        texts = {x.pmid: x.text_digest for x in store.articles()}
        store._database.run("UPDATE search_runs SET run_at = '2026-03-0' || id || 'T12:00:00+00:00'")
    with FindingStore.open(home / "findings.db") as findings:
        review = Design("review")
        for pmid, digest in ((101, texts[101]), (104, "another text")):
            mined = replace(MinedArticle(str(pmid), digest), design=review)
            findings.put([MinedRow(MiningKey(pmid, 1, digest, "c", "e", "f"), mined)])
    return home


def test_the_flow_of_two_searches(home: Path, run: Run) -> None:
    exclude = ("--exclude", "no-abstract", "--exclude", "state=retracted", "--exclude", "design=review")
    code, out, err = run("--home", home, "prisma", "glioma", "sarcoma", *exclude, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert [(x["search"], x["query"], x["run_at"][:10], x["records"]) for x in found["identified"]] == [
        ("glioma", "glioma[tiab]", "2026-03-01", 4),
        ("sarcoma", "sarcoma[tiab]", "2026-03-02", 3),
    ]
    assert found["duplicates"] == 1
    assert found["automation"] == {"no-abstract": 1, "state=retracted": 1, "design=review": 1}
    assert found["other_reasons"] == {"deleted by NLM": 1}
    assert found["to_screen"] == 2
    assert set(found["screening"].values()) == {None}
    assert found["changes"] is None
    assert "4 records are not mined" in err


def test_the_boxes_as_a_table(home: Path, run: Run) -> None:
    code, out, _ = run("--home", home, "prisma", "glioma", "--exclude", "language!=eng", "--format", "csv")
    assert (code, out.splitlines()) == (
        0,
        [
            "box,what,records",
            "identification,glioma: glioma[tiab] (2026-03-01),4",
            "before screening,duplicate records removed,0",
            "before screening,removed by automation: language!=eng,0",
            "before screening,left to screen,4",
            "screening,records screened,",
            "screening,records excluded,",
            "screening,reports sought for retrieval,",
            "screening,reports not retrieved,",
            "screening,reports assessed for eligibility,",
            "screening,reports excluded,",
            "included,studies included in review,",
            "included,reports of included studies,",
        ],
    )
    assert "| before screening | left to screen | 4 |" in run("--home", home, "prisma", "glioma", "--format", "md")[1]


def test_what_entered_and_left_since_a_day(home: Path, run: Run, pubmed: Service) -> None:
    _, out, _ = run("--home", home, "prisma", "glioma", "--since", "2026", "--format", "csv")
    assert "changes,no record entered or left,0," in out
    pubmed.holdings.put([entry(107, "Glioma, new.", created="2026-03-20")])
    pubmed.holdings.remove(102)
    run("--home", home, "harvest", "search", "glioma[tiab]", "--save", "glioma")
    code, out, _ = run("--home", home, "prisma", "glioma", "--since", "2026-03", "--format", "json")
    assert code == 0
    assert [(x["search"], x["moved"], x["pmid"], x["why"]) for x in json.loads(out)["changes"]] == [
        ("glioma", "entered", 107, "new in PubMed"),
        ("glioma", "left", 102, "no longer found: revised out of it, or merged"),
    ]
    _, out, _ = run("--home", home, "prisma", "glioma", "--since", "2026-03", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(x["records"], x["pmids"]) for x in rows if x["box"] == "changes"] == [(1, [107]), (1, [102])]


def test_wrong_use(home: Path, run: Run) -> None:
    with CorpusStore.open(home / "corpus.db") as store:
        store.save_search("later", "later")
    for arguments, said in (
        (["gliom"], "did you mean glioma?"),
        (["later"], "no complete run yet"),
        (["glioma", "--exclude", "design=poem"], "use one of meta-analysis"),
        (["glioma", "--since", "spring"], "'spring' is no date"),
    ):
        code, _, err = run("--home", home, "prisma", *arguments)
        assert (code, said in err) == (2, True), err
