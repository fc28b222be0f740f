"""`harvest ids` against the emulated service: what comes, what does not and why, and the list as a scope."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import Source
from corpus.store import CorpusStore
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.service import Service
from tests.theragraph.conftest import Run
from tests.theragraph.searches_world import entry, pubmed_of
from theragraph.chain import saved_searches


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("corpus.entrez._INTERVAL", 0.0)
    monkeypatch.setattr("corpus.entrez._FIRST_PAUSE_S", 0.0)
    return tmp_path / "home"


@pytest.fixture
def pubmed(home: Path) -> Iterator[Service]:
    with pubmed_of(home, *(entry(pmid, f"Invented paper {pmid}.") for pmid in range(101, 106))) as service:
        yield service


def listed(home: Path, text: str) -> Path:
    path = home / "refs.txt"
    path.write_text(text)
    return path


@pytest.mark.usefixtures("pubmed")
def test_a_list_is_taken_in_and_kept_as_a_search(home: Path, run: Run) -> None:
    code, _, err = run("--home", home, "harvest", "ids", listed(home, "101\nPMID: 102\n102\n"), "--save", "mine")
    assert code == 0
    assert "2 new" in err
    assert "1 PMIDs stand in the list more than once" in err
    with CorpusStore.open(home / "corpus.db") as store:
        assert [(x.id, x.name, x.pmids) for x in saved_searches(store)] == [("search:mine", "mine", (101, 102))]
        assert store.searches() == {}, "a refresh has no query to ask"


def test_ids_that_are_held_are_fetched_too(home: Path, run: Run, pubmed: Service) -> None:
    run("--home", home, "harvest", "ids", listed(home, "101\n102\n"))
    pubmed.holdings.put([entry(102, "Invented paper, revised.")])
    code, _, err = run("--home", home, "harvest", "ids", listed(home, "101\n102\n"))
    assert code == 0
    assert "0 new, 1 revised, 0 with new metadata only, 1 unchanged" in err


def test_each_id_that_does_not_come_is_explained(home: Path, run: Run, pubmed: Service) -> None:
    run("--home", home, "harvest", "ids", listed(home, "101\n102\n103"))
    with CorpusStore.open(home / "corpus.db") as store:
        store.delete([101], Source("pubmed26n1500.xml.gz", 26, 1500))
    pubmed.undelivered = {101, 102}
    code, _, err = run("--home", home, "harvest", "ids", listed(home, "101\n102\n103\n999\nten\n"), "--save", "mine")
    assert code == 1
    for said in (
        "PMID 101: deleted by NLM (pubmed26n1500.xml.gz)",
        "PMID 102: held here, and PubMed no longer delivers it",
        "PMID 999: unknown to PubMed",
        "refs.txt, line 5: something else, no PMID: 'ten'",
    ):
        assert said in err
    with CorpusStore.open(home / "corpus.db") as store:
        assert store.get(102) is not None, "silence is no deletion"
        assert saved_searches(store)[0].pmids == (101, 102, 103, 999)
    pubmed.undelivered = set()
    pubmed.holdings.put([entry(999, "Late.")])
    assert run("--home", home, "harvest", "ids", listed(home, "101\n102\n103\n999\n"), "--save", "mine")[0] == 0
    with CorpusStore.open(home / "corpus.db") as store:
        assert store.failures("list mine") == []


def test_wrong_use_makes_nothing(home: Path, run: Run, pubmed: Service) -> None:
    for text, said in (("2019\n2020\n", "look like years"), ("10.1000/x\n", "DOIs"), ("", "no PMID in it")):
        code, _, err = run("--home", home, "harvest", "ids", listed(home, text))
        assert (code, said in err) == (2, True)
    assert run("--home", home, "harvest", "ids", home / "none.txt")[0] == 2
    assert not (home / "corpus.db").exists()
    assert pubmed.requests == []


def test_a_list_and_a_pubmed_search_do_not_replace_each_other(home: Path, run: Run, pubmed: Service) -> None:
    assert run("--home", home, "harvest", "search", "invented", "--save", "mine")[0] == 0
    code, _, err = run("--home", home, "harvest", "ids", listed(home, "101"), "--save", "mine")
    assert (code, "saved PubMed search already" in err) == (2, True)
    assert run("--home", home, "harvest", "ids", listed(home, "101"), "--save", "list")[0] == 0
    code, _, err = run("--home", home, "harvest", "search", "invented", "--save", "list")
    assert (code, "saved list of PMIDs already" in err) == (2, True)


def test_a_service_that_falls_silent_leaves_an_incomplete_list(home: Path, run: Run, pubmed: Service) -> None:
    pubmed.holdings.put([entry(pmid, "Many.") for pmid in range(1000, 1300)])
    pubmed.faults.append(Fault("502", "efetch.fcgi", times=20, after=1))
    lines = "".join(f"{pmid}\n" for pmid in range(1000, 1300))
    code, _, err = run("--home", home, "harvest", "ids", listed(home, lines), "--save", "mine")
    assert (code, "200 new" in err) == (1, True)
    with CorpusStore.open(home / "corpus.db") as store:
        assert saved_searches(store) == [], "only a whole run is a scope"
    pubmed.faults.clear()
    pubmed.faults.append(Fault("502", "efetch.fcgi", times=20))
    assert run("--home", home, "harvest", "ids", listed(home, lines))[0] == 3
