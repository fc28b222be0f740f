"""`corpus searches`: runs of saved searches on an emulated service, and what entered and left between them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.ledger import Source, Watermark
from corpus.records import SearchRun
from corpus.store import CorpusStore
from tests.pubmed_service.service import Service
from tests.theragraph.conftest import Run
from tests.theragraph.searches_world import entry, pubmed_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("corpus.entrez._INTERVAL", 0.0)
    return tmp_path / "home"


@pytest.fixture
def pubmed(home: Path) -> Iterator[Service]:
    with pubmed_of(home, *(entry(pmid, f"Glioma case {pmid}.") for pmid in (101, 102, 103))) as service:
        yield service


def dated(home: Path, *days: str) -> None:
    """Move the runs made so far to these days, in order."""
    with CorpusStore.open(home / "corpus.db") as store:
        for number, day in enumerate(days, 1):
            moved = (f"{day}T02:00:00+00:00", number)
            store._database.run("UPDATE search_runs SET run_at = ? WHERE id = ?", moved)


def history(run: Run, home: Path, *options: str) -> dict[str, Any]:
    code, out, _ = run("--home", home, "corpus", "searches", "glioma", "--format", "json", *options)
    assert code == 0
    return dict(json.loads(out))


def moves(found: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(x["moved"], x["pmid"], x["why"]) for x in found["changes"]]


def three_runs(run: Run, home: Path, pubmed: Service) -> None:
    search = ("--home", home, "harvest", "search", "glioma[tiab]", "--save", "glioma")
    run(*search)
    pubmed.holdings.put(
        [
            entry(104, "Glioma, new.", created="2026-03-01"),
            entry(105, "Glioma, by revision.", created="2019-01-01", revised="2026-03-02"),
            entry(106, "Glioma, late.", created="2019-01-01", revised="2019-02-02"),
            entry(102, "Another tumour.", revised="2026-03-02"),
        ]
    )
    run(*search)
    pubmed.holdings.remove(103)
    run(*search)
    with CorpusStore.open(home / "corpus.db") as store:
        store.delete([103], Source("pubmed26n1500.xml.gz", 26, 1500))
    dated(home, "2026-03-01", "2026-03-08", "2026-03-15")


def test_every_search_with_its_last_run(home: Path, run: Run, pubmed: Service) -> None:
    three_runs(run, home, pubmed)
    with CorpusStore.open(home / "corpus.db") as store:
        store.advance("glioma", Watermark("2026-03-14", "2026-03-14"))
        store.save_search("later", "sarcoma")
    code, out, _ = run("--home", home, "corpus", "searches", "--format", "json")
    first, later = json.loads(out)
    assert code == 0
    assert first == {
        "name": "glioma",
        "query": "glioma[tiab]",
        "runs": 3,
        "last_run": "2026-03-15T02:00:00+00:00",
        "complete": True,
        "count": 4,
        "followed": "2026-03-14",
        "compared": "2026-03-14",
        "translation": '"glioma"[Title/Abstract]',
        "warnings": [],
    }
    assert (later["name"], later["runs"], later["last_run"]) == ("later", 0, None)


def test_what_entered_and_left_and_why(home: Path, run: Run, pubmed: Service) -> None:
    three_runs(run, home, pubmed)
    found = history(run, home)
    assert [(x["count"], x["listed"], x["complete"]) for x in found["run_list"]] == [
        (3, 3, True), (5, 5, True), (4, 4, True)
    ]  # fmt: skip
    assert moves(found) == [
        # 02:00 UTC is the evening before at NLM: created on the day of the run before, after it
        ("entered", 104, "new in PubMed"),
        ("entered", 105, "revised into it"),
        ("entered", 106, "older record, found for the first time"),
        ("left", 102, "no longer found: revised out of it, or merged"),
        ("left", 103, "deleted by NLM (pubmed26n1500.xml.gz)"),
    ]
    _, out, _ = run("--home", home, "corpus", "searches", "glioma", "--format", "csv")
    rows = out.splitlines()
    assert rows[1] == '2026-03-01T02:00:00+00:00,run,,"3 found, complete; 0 entered, 0 left"'
    assert rows[2] == '2026-03-08T02:00:00+00:00,run,,"5 found, complete; 3 entered, 1 left"'
    assert rows[3] == "2026-03-08T02:00:00+00:00,entered,PMID:104,new in PubMed"
    assert len(rows) == 9


def test_only_from_a_day_on(home: Path, run: Run, pubmed: Service) -> None:
    three_runs(run, home, pubmed)
    assert [pmid for _, pmid, _ in moves(history(run, home, "--since", "2026-03-10"))] == [103]
    assert len(moves(history(run, home, "--since", "2026-03"))) == 5
    late = history(run, home, "--since", "2026-04")
    assert (late["changes"], len(late["run_list"])) == ([], 1)


def test_a_changed_query_and_a_changed_reading_are_named(home: Path, run: Run) -> None:
    with CorpusStore.open(home / "corpus.db", create=True) as store:
        store.save_search("glioma", "b")
        for query, reading, pmids in (("a", "a[x]", (1, 2)), ("b", "b[x]", (1, 3)), ("b", "b[y]", (3,))):
            at = f"2026-03-0{len(store.search_runs()) + 1}T02:00:00+00:00"
            store.record_search_run(SearchRun(query, at, reading, (), len(pmids), pmids), "glioma", complete=True)
        store.record_search_run(SearchRun("b", "2026-03-05T02:00:00+00:00", "b[y]", (), 9, (9,)), "glioma")
    found = history(run, home)
    assert moves(found) == [
        ("entered", 3, "found, and could not be taken in"),
        ("left", 2, "the query was changed"),
        ("left", 1, "PubMed reads the query otherwise"),
    ]
    assert len(found["run_list"]) == 4, "an incomplete run is shown and not compared"


def test_a_list_changes_by_its_user(home: Path, run: Run, pubmed: Service) -> None:
    for text in ("101\n102\n", "102\n103\n"):
        (home / "refs.txt").write_text(text)
        run("--home", home, "harvest", "ids", home / "refs.txt", "--save", "glioma")
    found = history(run, home)
    assert found["query"] == "PMIDs of refs.txt"
    assert moves(found) == [("entered", 103, "put on the list"), ("left", 101, "taken off the list")]


def test_wrong_use(home: Path, run: Run, pubmed: Service) -> None:
    run("--home", home, "harvest", "search", "glioma", "--save", "glioma")
    for arguments, said in (
        (["gliomas"], "did you mean glioma?"),
        (["xyz"], "saved are: glioma"),
        (["--since", "2026-03"], "--since needs the name"),
        (["glioma", "--since", "March"], "'March' is no date"),
    ):
        code, _, err = run("--home", home, "corpus", "searches", *arguments)
        assert (code, said in err) == (2, True), err
